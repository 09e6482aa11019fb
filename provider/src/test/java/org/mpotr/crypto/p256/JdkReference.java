package org.mpotr.crypto.p256;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;
import org.mpotr.crypto.PublicPoint;

/**
 * P-256 of the JDK's own provider, SunEC, as a second engine to compare with.
 *
 * <p>It is not asked where it is known to answer wrongly: JDK 17 refuses right signatures whose R
 * has an x-coordinate of n or above, and up to JDK 25 it takes {@code r ‖ s} of other lengths than
 * 64 bytes. Those edges are compared with BouncyCastle alone.
 */
final class JdkReference {

  private static final String PROVIDER = "SunEC";
  private static final ECParameterSpec P256 = parameters();

  private JdkReference() {}

  private static ECParameterSpec parameters() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", PROVIDER);
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static PublicKey publicKey(PublicPoint point) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC", PROVIDER)
        .generatePublic(new ECPublicKeySpec(new ECPoint(point.x(), point.y()), P256));
  }

  private static PrivateKey privateKey(BigInteger d) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC", PROVIDER).generatePrivate(new ECPrivateKeySpec(d, P256));
  }

  /** A key pair of the JDK's making: the scalar. */
  static BigInteger scalar(KeyPair pair) {
    return ((ECPrivateKey) pair.getPrivate()).getS();
  }

  /** A key pair of the JDK's making: the point, {@code 04 ‖ x ‖ y}. */
  static byte[] encoded(KeyPair pair) {
    ECPoint w = ((ECPublicKey) pair.getPublic()).getW();
    byte[] encoded = new byte[65];
    encoded[0] = 4;
    System.arraycopy(Reference.bytes(w.getAffineX()), 0, encoded, 1, 32);
    System.arraycopy(Reference.bytes(w.getAffineY()), 0, encoded, 33, 32);
    return encoded;
  }

  static KeyPairGenerator generator() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator;
  }

  static byte[] agree(BigInteger d, PublicPoint q) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", PROVIDER);
    agreement.init(privateKey(d));
    agreement.doPhase(publicKey(q), true);
    return agreement.generateSecret();
  }

  /** Signs a hash of at most 64 bytes, with a nonce of the JDK's drawing. */
  static byte[] sign(BigInteger d, byte[] digest) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("NONEwithECDSAinP1363Format", PROVIDER);
    signer.initSign(privateKey(d));
    signer.update(digest);
    return signer.sign();
  }

  static boolean verify(PublicPoint q, byte[] digest, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("NONEwithECDSAinP1363Format", PROVIDER);
    verifier.initVerify(publicKey(q));
    verifier.update(digest);
    return verifier.verify(signature);
  }
}
