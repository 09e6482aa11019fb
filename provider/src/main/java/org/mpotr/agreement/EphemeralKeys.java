package org.mpotr.agreement;

import java.security.SecureRandom;
import java.util.Arrays;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.WireWriter;

/**
 * What a member makes afresh for each attempt at an epoch: n, x, e, r and the key of its
 * introduction (PROTOCOL.md, sections 4.3 and 4.4).
 */
final class EphemeralKeys implements AutoCloseable {

  static final int CONTRIBUTION_BYTES = 16;
  static final int INTRO_KEY_BYTES = 16;

  private final SecretScalar agreementScalar;
  private final SecretScalar signatureScalar;
  private final byte[] contribution = new byte[CONTRIBUTION_BYTES];
  private final byte[] introKey = new byte[INTRO_KEY_BYTES];
  private final Hello hello;
  private final SecureRandom random;
  private boolean signatureScalarHandedOver;

  EphemeralKeys(SecureRandom random) {
    this.random = random;
    byte[] nonce = new byte[Message.HASH_BYTES];
    random.nextBytes(nonce);
    agreementScalar = SecretScalar.random(random);
    signatureScalar = SecretScalar.random(random);
    random.nextBytes(contribution);
    random.nextBytes(introKey);
    P256 p256 = P256.engine();
    hello =
        new Hello(
            Bytes.of(nonce),
            Bytes.of(p256.publicPoint(agreementScalar).encoded()),
            Bytes.of(p256.publicPoint(signatureScalar).encoded()));
  }

  Hello hello() {
    return hello;
  }

  SecretScalar agreementScalar() {
    return agreementScalar;
  }

  /** r itself, not a copy. */
  byte[] contribution() {
    return contribution;
  }

  /** The key of the introduction itself, not a copy. */
  byte[] introKey() {
    return introKey;
  }

  /** e, which from now on is the receiver's to destroy. */
  SecretScalar handOverSignatureScalar() {
    signatureScalarHandedOver = true;
    return signatureScalar;
  }

  /** The signature of a message of this attempt. */
  Bytes sign(SignedMessage message) {
    return sign(digest(message));
  }

  /** The signature over a hash. */
  Bytes sign(byte[] digest) {
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    random.nextBytes(hedge);
    try {
      return Bytes.of(P256.engine().sign(signatureScalar, digest, hedge));
    } finally {
      Arrays.fill(hedge, (byte) 0);
    }
  }

  /** Whether a message was signed by the holder of this E. */
  static boolean verify(PublicPoint signatureKey, SignedMessage message) {
    byte[] signature = message.signature().toArray();
    return P256.isLowS(signature) && P256.engine().verify(signatureKey, digest(message), signature);
  }

  static byte[] digest(SignedMessage message) {
    return Labelled.hash(
        WireWriter.labelled("set-up signature", message.header().sid()).vector(message.unsigned()));
  }

  @Override
  public void close() {
    agreementScalar.destroy();
    if (!signatureScalarHandedOver) {
      signatureScalar.destroy();
    }
    Arrays.fill(contribution, (byte) 0);
    Arrays.fill(introKey, (byte) 0);
  }
}
