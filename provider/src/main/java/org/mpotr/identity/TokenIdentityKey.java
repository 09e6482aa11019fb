package org.mpotr.identity;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final PrivateKey key;

  TokenIdentityKey(PrivateKey key) {
    this.key = key;
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
