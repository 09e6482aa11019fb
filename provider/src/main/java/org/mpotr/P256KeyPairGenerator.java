package org.mpotr;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Locale;
import java.util.Set;
import org.mpotr.crypto.EcKeys;
import org.mpotr.identity.IdentityKeys;

/**
 * {@code KeyPairGenerator} "mpOTR" of the provider "mpOTR", the key pair of an identity
 * (PROTOCOL.md, section 3.1), and "EC" of "mpOTR-P256": a standard EC key pair on P-256 that every
 * key store takes. Any other curve or size is refused, at which the platform goes on to the next
 * provider if none was named.
 */
final class P256KeyPairGenerator extends KeyPairGeneratorSpi {

  private static final int KEY_BITS = 256;
  private static final Set<String> NAMES =
      Set.of(
          "secp256r1",
          "p-256",
          "prime256v1",
          "x9.62 prime256v1",
          "nist p-256",
          "1.2.840.10045.3.1.7");

  private SecureRandom random = new SecureRandom();

  @Override
  public void initialize(int keySize, SecureRandom source) {
    if (keySize != KEY_BITS) {
      throw new InvalidParameterException("a key pair on P-256 has 256 bits, not " + keySize);
    }
    random = source == null ? new SecureRandom() : source;
  }

  @Override
  public void initialize(AlgorithmParameterSpec params, SecureRandom source)
      throws InvalidAlgorithmParameterException {
    if (!isP256(params)) {
      throw new InvalidAlgorithmParameterException("key pairs are made on secp256r1 only");
    }
    random = source == null ? new SecureRandom() : source;
  }

  private static boolean isP256(AlgorithmParameterSpec params) {
    if (params instanceof ECGenParameterSpec curve) {
      return NAMES.contains(curve.getName().toLowerCase(Locale.ROOT));
    }
    return params instanceof ECParameterSpec curve && EcKeys.isP256(curve);
  }

  @Override
  public KeyPair generateKeyPair() {
    return IdentityKeys.generate(random);
  }
}
