package org.mpotr.crypto;

/** The demands of {@link P256} on what is signed and verified, the same for every engine. */
final class EcdsaInputs {

  private EcdsaInputs() {}

  /** Demands the hash of a message, 32 to 64 bytes. */
  static void requireDigest(byte[] digest) {
    if (digest.length < P256.SCALAR_BYTES || digest.length > Sha512.HASH_BYTES) {
      throw new IllegalArgumentException("a digest has 32 to 64 bytes, not " + digest.length);
    }
  }

  /** Demands 32 random bytes or none. */
  static void requireHedge(byte[] hedge) {
    if (hedge.length != 0 && hedge.length != P256.HEDGE_BYTES) {
      throw new IllegalArgumentException("a signature is hedged by 32 bytes or none");
    }
  }

  /** Whether a signature has 64 bytes and r and s are both from 1 to n − 1. */
  static boolean isWellFormed(byte[] signature) {
    return signature.length == P256.SIGNATURE_BYTES
        && Curve.isScalar(signature, 0)
        && Curve.isScalar(signature, P256.SCALAR_BYTES);
  }
}
