package org.mpotr;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * {@code KeyAgreement} "ECDH" of "mpOTR-P256" (SP 800-56A, 5.7.1.2): the x-coordinate of the shared
 * point, 32 bytes, big-endian. One phase with the peer's public key; after the secret is given, the
 * object waits for the next peer, as after {@code init}. Peers whose key objects are used again are
 * remembered, which makes every agreement with them but the first faster.
 */
final class P256KeyAgreement extends KeyAgreementSpi {

  /**
   * What a secret may be called: that of TLS, as every JDK has it, and the raw one of newer JDKs.
   */
  private static final Set<String> SECRETS = Set.of("tlspremastersecret", "generic");

  private static final KnownPoints PEERS = new KnownPoints();

  private SecretScalar own;
  private PublicPoint peer;

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    if (!(key instanceof ECPrivateKey ec)) {
      throw new InvalidKeyException("ECDH takes an ECPrivateKey on P-256");
    }
    SecretScalar scalar = EcKeys.scalar(ec);
    if (own != null) {
      own.destroy();
    }
    own = scalar;
    peer = null;
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("ECDH takes no parameters");
    }
    engineInit(key, random);
  }

  @Override
  protected Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
    if (own == null) {
      throw new IllegalStateException("the key agreement has not been initialized");
    }
    if (peer != null) {
      throw new IllegalStateException("ECDH has one phase, which is done");
    }
    if (!lastPhase) {
      throw new IllegalStateException("ECDH has one phase, which is the last");
    }
    if (!(key instanceof ECPublicKey ec)) {
      throw new InvalidKeyException("ECDH agrees with an ECPublicKey on P-256");
    }
    peer = PEERS.of(ec);
    return null;
  }

  @Override
  protected byte[] engineGenerateSecret() {
    requirePhase();
    byte[] secret = P256.engine().agree(own, peer);
    peer = null;
    return secret;
  }

  @Override
  protected int engineGenerateSecret(byte[] target, int offset) throws ShortBufferException {
    requirePhase();
    if (offset < 0 || target.length - offset < P256.SCALAR_BYTES) {
      throw new ShortBufferException("a shared secret takes 32 bytes from the offset on");
    }
    byte[] secret = engineGenerateSecret();
    System.arraycopy(secret, 0, target, offset, secret.length);
    Arrays.fill(secret, (byte) 0);
    return secret.length;
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
    if (algorithm == null || !SECRETS.contains(algorithm.toLowerCase(Locale.ROOT))) {
      throw new NoSuchAlgorithmException(
          "ECDH gives the key \"TlsPremasterSecret\" or \"Generic\", or bytes");
    }
    byte[] secret = engineGenerateSecret();
    try {
      return new SecretKeySpec(secret, algorithm);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private void requirePhase() {
    if (own == null || peer == null) {
      throw new IllegalStateException("the key agreement waits for the peer's public key");
    }
  }
}
