package org.mpotr.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.p256.OwnP256;

/**
 * The arithmetic of suite 0x0001 on the curve P-256: everything the protocol asks of elliptic
 * curves, and nothing else, so that the arithmetic can be exchanged without touching the protocol
 * (PROTOCOL.md, section 1).
 *
 * <p>Implementations are stateless to their caller and safe for use by many threads. Whatever
 * depends on a {@link SecretScalar} takes a time that does not depend on its value; verification
 * works on public values only.
 */
public interface P256 {

  /** Bytes of a coordinate, of a scalar and of a shared secret. */
  int SCALAR_BYTES = 32;

  /** Bytes of an uncompressed SEC 1 point, {@code 04 ‖ x ‖ y}. */
  int POINT_BYTES = 65;

  /** Bytes of a signature, {@code r ‖ s}, both 32 bytes, big-endian (IEEE P1363). */
  int SIGNATURE_BYTES = 64;

  /** Bytes of fresh randomness that hedge one signature. */
  int HEDGE_BYTES = 32;

  /**
   * The engine that the whole library uses. The system property {@code org.mpotr.p256}, read once,
   * chooses it: an engine of this library by its name, or an installed security provider by its.
   *
   * @throws java.security.ProviderException when the property names neither
   */
  static P256 engine() {
    return Engines.selected();
  }

  /** The name of this engine, as the setting that selects it spells it. */
  String name();

  /**
   * Whether {@link #sign} takes its nonces as it says. An engine of another provider makes nonces
   * of its own instead: its signatures are neither those of RFC 6979 nor hedged by the caller.
   */
  default boolean followsRfc6979() {
    return true;
  }

  /**
   * The public point {@code d·G}.
   *
   * @throws IllegalStateException when the scalar has been destroyed
   */
  PublicPoint publicPoint(SecretScalar d);

  /**
   * ECDH (SP 800-56A, 5.7.1.2; cofactor 1).
   *
   * @return the x-coordinate of {@code d·q}, 32 bytes, big-endian, to be cleared by the caller;
   *     never infinity, since {@code q} has the prime order and {@code d} is not zero
   * @throws IllegalStateException when the scalar has been destroyed
   */
  byte[] agree(SecretScalar d, PublicPoint q);

  /**
   * One secret with many points, for which an engine may share work.
   *
   * @return {@link #agree(SecretScalar, PublicPoint)} of each point, in order
   * @throws IllegalStateException when the scalar has been destroyed
   */
  default List<byte[]> agree(SecretScalar d, List<PublicPoint> points) {
    List<byte[]> secrets = new ArrayList<>(points.size());
    try {
      for (PublicPoint q : points) {
        secrets.add(agree(d, q));
      }
      return secrets;
    } catch (RuntimeException e) {
      secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
      throw e;
    }
  }

  /**
   * The point {@code k·q}, never infinity: for protocols that need more of a product than its
   * x-coordinate. Engines of other providers leave it to this library's own.
   *
   * @throws IllegalStateException when the scalar has been destroyed
   */
  default PublicPoint multiply(SecretScalar k, PublicPoint q) {
    return new OwnP256(0).multiply(k, q);
  }

  /**
   * The point {@code j·G + k·q}.
   *
   * @param j drawn at random, so that the sum is not infinity but with a chance of 2⁻²⁵⁵
   * @throws IllegalStateException when a scalar has been destroyed
   */
  default PublicPoint sum(SecretScalar j, SecretScalar k, PublicPoint q) {
    return new OwnP256(0).sum(j, k, q);
  }

  /**
   * ECDSA (FIPS 186-5, 6.4.1) over a hash, with the nonce of RFC 6979 under HMAC-SHA-256; {@code
   * hedge} is the additional input of its section 3.6, so that neither a broken generator nor a
   * fault repeats a nonce.
   *
   * @param digest the hash of the message, 32 to 64 bytes, of which ECDSA takes the leading 256
   *     bits
   * @param hedge 32 random bytes, or an empty array for the deterministic signature of RFC 6979
   * @return 64 bytes {@code r ‖ s} with {@code s} in the lower half of its range
   * @throws IllegalArgumentException when the digest or the hedge has another length
   * @throws IllegalStateException when the scalar has been destroyed
   */
  byte[] sign(SecretScalar d, byte[] digest, byte[] hedge);

  /**
   * ECDSA verification (FIPS 186-5, 6.4.2) of a signature with either {@code s}; who wants low-S
   * asks {@link #isLowS(byte[])} too.
   *
   * @param digest the hash of the message, 32 to 64 bytes
   * @param signature {@code r ‖ s}; any other length than 64 bytes is a wrong signature
   * @throws IllegalArgumentException when the digest has another length
   */
  boolean verify(PublicPoint q, byte[] digest, byte[] signature);

  /** One signature to be verified, a part of a batch. */
  record Claim(PublicPoint signer, byte[] digest, byte[] signature) {}

  /**
   * Verifies many signatures, for which an engine may share work.
   *
   * @return {@link #verify(PublicPoint, byte[], byte[])} of each claim, in order: exact, never only
   *     for the whole
   */
  default boolean[] verify(List<Claim> claims) {
    boolean[] verdicts = new boolean[claims.size()];
    for (int i = 0; i < verdicts.length; i++) {
      Claim claim = claims.get(i);
      verdicts[i] = verify(claim.signer(), claim.digest(), claim.signature());
    }
    return verdicts;
  }

  /**
   * Whether {@code s} of a 64-byte signature is at most (n − 1)/2, which makes the signature the
   * only one of its pair that mpOTR accepts (PROTOCOL.md, section 1). Works on public values.
   */
  static boolean isLowS(byte[] signature) {
    return signature.length == SIGNATURE_BYTES && Curve.isLowS(signature);
  }
}
