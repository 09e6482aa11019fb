package org.mpotr.identity;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * Identity keys as the Java platform sees them: standard EC keys on P-256 (PROTOCOL.md, section
 * 3.1).
 */
public final class IdentityKeys {

  private IdentityKeys() {}

  /**
   * The point of a public key of any provider.
   *
   * @throws InvalidKeyException when it is not a valid key on P-256
   */
  public static PublicPoint publicPoint(PublicKey key) throws InvalidKeyException {
    if (key instanceof ECPublicKey ec && ec.getW() != null && ec.getParams() != null) {
      return EcKeys.publicPoint(ec);
    }
    byte[] encoded = key == null ? null : key.getEncoded();
    if (encoded == null) {
      throw new InvalidKeyException("an identity key is an EC public key on P-256");
    }
    return SubjectPublicKey.decode(encoded);
  }

  /**
   * The standard public key of a point, made by the platform's own key factory.
   *
   * @throws ProviderException when no installed provider makes such keys
   */
  public static PublicKey publicKey(PublicPoint point) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new X509EncodedKeySpec(SubjectPublicKey.encode(point)));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw noneMakesKeys(e);
    }
  }

  /**
   * A fresh identity: a standard EC key pair, made by this library's arithmetic and given to the
   * platform's own key factory.
   *
   * @throws ProviderException when no installed provider makes such keys
   */
  public static KeyPair generate(SecureRandom random) {
    byte[] pkcs8 = new byte[0];
    try (SecretScalar scalar = SecretScalar.random(random)) {
      PublicPoint point = P256.engine().publicPoint(scalar);
      pkcs8 = PrivateKeyEncoding.encode(scalar, point);
      PrivateKey privateKey =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new KeyPair(publicKey(point), privateKey);
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw noneMakesKeys(e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static ProviderException noneMakesKeys(GeneralSecurityException cause) {
    return new ProviderException(
        "mpOTR needs EC keys on P-256, which no installed security provider makes", cause);
  }
}
