package org.mpotr.identity;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.BouncyCastle;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.crypto.Sha512;

/** An identity key whose scalar can be read. */
final class ReadableIdentityKey implements IdentityKey {

  private final SecretScalar scalar;

  private ReadableIdentityKey(SecretScalar scalar) {
    this.scalar = scalar;
  }

  static ReadableIdentityKey of(ECPrivateKey key) throws InvalidKeyException {
    return new ReadableIdentityKey(EcKeys.scalar(key));
  }

  /** From PKCS #8, for keys that show their encoding but not their number; the array is cleared. */
  static ReadableIdentityKey of(byte[] pkcs8) throws InvalidKeyException {
    try {
      BouncyCastle.BCPROV.require();
      return new ReadableIdentityKey(EcKeys.scalar(PrivateKeyDecoding.decode(pkcs8)));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  @Override
  public boolean isOf(PublicPoint publicIdentity) {
    return P256.engine().publicPoint(scalar).equals(publicIdentity);
  }

  @Override
  public List<byte[]> agree(List<PublicPoint> points) {
    return P256.engine().agree(scalar, points);
  }

  @Override
  public byte[] sign(byte[] message, SecureRandom random) {
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    random.nextBytes(hedge);
    try {
      return P256.engine().sign(scalar, Sha512.hash(message), hedge);
    } finally {
      Arrays.fill(hedge, (byte) 0);
    }
  }

  @Override
  public void destroy() {
    scalar.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return scalar.isDestroyed();
  }
}
