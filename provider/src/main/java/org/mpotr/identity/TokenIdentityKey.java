package org.mpotr.identity;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;

/**
 * An identity key that stays where it is: each use goes through the provider that holds it. A token
 * that fails may throw anything; here it is a refusal, since the set-up cannot go on either way.
 */
final class TokenIdentityKey implements IdentityKey {

  private static final PublicPoint BASE_POINT = basePoint();

  private final PrivateKey key;

  TokenIdentityKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * By an agreement with the base point, which gives the x-coordinate of the key's own public
   * point: the key never shows its scalar.
   */
  @Override
  public boolean isOf(PublicPoint publicIdentity) throws InvalidKeyException {
    byte[] x = agree(List.of(BASE_POINT)).get(0);
    byte[] encoded = publicIdentity.encoded();
    return Arrays.equals(x, 0, x.length, encoded, 1, 1 + P256.SCALAR_BYTES);
  }

  private static PublicPoint basePoint() {
    try {
      return PublicPoint.decode(
          HexFormat.of()
              .parseHex(
                  "04"
                      + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                      + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
    } catch (InvalidKeyException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public List<byte[]> agree(List<PublicPoint> points) throws InvalidKeyException {
    List<byte[]> secrets = new ArrayList<>(points.size());
    try {
      // Without a provider's name: the platform picks the one that takes this key object.
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      for (PublicPoint point : points) {
        agreement.init(key);
        agreement.doPhase(IdentityKeys.publicKey(point), true);
        secrets.add(requireLength(agreement.generateSecret()));
      }
      return secrets;
    } catch (GeneralSecurityException | RuntimeException e) {
      secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
      throw IdentityKey.refused("agree; mode signature may serve", e);
    }
  }

  @Override
  public byte[] sign(byte[] message, SecureRandom random) throws InvalidKeyException {
    try {
      Signature signature = Signature.getInstance("SHA512withECDSA");
      signature.initSign(key, random);
      signature.update(message);
      return EcdsaDer.toLowS(EcdsaDer.decode(signature.sign()));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw IdentityKey.refused("sign", e);
    }
  }

  @Override
  public void destroy() {
    // Nothing was copied out of the token.
  }

  @Override
  public boolean isDestroyed() {
    return false;
  }

  private static byte[] requireLength(byte[] secret) throws InvalidKeyException {
    if (secret.length != P256.SCALAR_BYTES) {
      Arrays.fill(secret, (byte) 0);
      throw new InvalidKeyException("the shared secret is not 32 bytes");
    }
    return secret;
  }
}
