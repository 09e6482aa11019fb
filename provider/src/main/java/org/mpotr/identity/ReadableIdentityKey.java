package org.mpotr.identity;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.List;
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
    if (key.getParams() == null || !IdentityKeys.isP256(key.getParams())) {
      throw new InvalidKeyException("an identity key is on P-256, not on another curve");
    }
    return of(key.getS());
  }

  /** From PKCS #8, for keys that show their encoding but not their number; the array is cleared. */
  static ReadableIdentityKey of(byte[] pkcs8) throws InvalidKeyException {
    try {
      return of(PrivateKeyEncoding.decode(pkcs8));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static ReadableIdentityKey of(BigInteger s) throws InvalidKeyException {
    byte[] digits = s.toByteArray();
    byte[] fixed = new byte[P256.SCALAR_BYTES];
    try {
      int excess = Math.max(0, digits.length - fixed.length);
      if (s.signum() <= 0 || excess > 1 || (excess == 1 && digits[0] != 0)) {
        throw new InvalidKeyException("the identity key is out of range");
      }
      int count = digits.length - excess;
      System.arraycopy(digits, excess, fixed, fixed.length - count, count);
      return new ReadableIdentityKey(SecretScalar.of(fixed));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the identity key is out of range", e);
    } finally {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(fixed, (byte) 0);
    }
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
