package org.mpotr;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.mpotr.identity.IdentityKeys;

/**
 * {@code KeyPairGenerator} "mpOTR": the key pair of an identity, a standard EC key pair on P-256
 * that every key store takes (PROTOCOL.md, section 3.1).
 */
final class IdentityKeyPairGenerator extends KeyPairGeneratorSpi {

  private static final int KEY_BITS = 256;
  private static final Set<String> NAMES =
      Set.of("secp256r1", "P-256", "prime256v1", "NIST P-256", "1.2.840.10045.3.1.7");

  private SecureRandom random = new SecureRandom();

  @Override
  public void initialize(int keySize, SecureRandom source) {
    if (keySize != KEY_BITS) {
      throw new InvalidParameterException("an identity key has 256 bits");
    }
    random = source == null ? new SecureRandom() : source;
  }

  @Override
  public void initialize(AlgorithmParameterSpec params, SecureRandom source)
      throws InvalidAlgorithmParameterException {
    if (!(params instanceof ECGenParameterSpec curve) || !NAMES.contains(curve.getName())) {
      throw new InvalidAlgorithmParameterException("an identity key is on secp256r1");
    }
    random = source == null ? new SecureRandom() : source;
  }

  @Override
  public KeyPair generateKeyPair() {
    return IdentityKeys.generate(random);
  }
}
