package org.mpotr.identity;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.PublicPoint;

/**
 * The private half of an identity, as far as the protocol needs it: it agrees (mode triple-dh) or
 * signs (mode signature). A key whose scalar can be read is used by the library's own arithmetic;
 * any other, in a token or a hardware module, through the provider it came from (PROTOCOL.md,
 * section 3.1).
 */
public sealed interface IdentityKey extends Destroyable
    permits ReadableIdentityKey, SimulatedIdentityKey, TokenIdentityKey {

  /**
   * The identity of a private key of any provider.
   *
   * @throws InvalidKeyException when it is not an EC key on P-256
   */
  static IdentityKey of(PrivateKey key) throws InvalidKeyException {
    if (key instanceof ECPrivateKey ec && ec.getS() != null) {
      return ReadableIdentityKey.of(ec);
    }
    byte[] encoded = key.getEncoded();
    if (encoded != null) {
      return ReadableIdentityKey.of(encoded);
    }
    if (!"EC".equals(key.getAlgorithm())) {
      throw new InvalidKeyException("an identity key is an EC key on P-256");
    }
    return new TokenIdentityKey(key);
  }

  /**
   * Whether this and a public key are the two halves of one identity.
   *
   * @throws InvalidKeyException when the key's provider does not let it be found out
   */
  boolean isOf(PublicPoint publicIdentity) throws InvalidKeyException;

  /**
   * ECDH with each of the points: 32 bytes each, to be cleared by the caller.
   *
   * @throws InvalidKeyException when the key's provider does not let it agree
   */
  List<byte[]> agree(List<PublicPoint> points) throws InvalidKeyException;

  /**
   * ECDSA with SHA-512 over a message: 64 bytes {@code r ‖ s}, low-S.
   *
   * @throws InvalidKeyException when the key's provider does not let it sign
   */
  byte[] sign(byte[] message, SecureRandom random) throws InvalidKeyException;

  /** Clears what was copied out of the private key; the key itself stays its owner's. */
  @Override
  void destroy();

  /** The refusal of a provider, in words that say what to do. */
  static InvalidKeyException refused(String what, Exception cause) {
    return new InvalidKeyException(
        "the identity key's provider does not let it " + what + ": " + cause.getMessage(), cause);
  }
}
