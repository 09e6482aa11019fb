package org.mpotr;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.HashFunction;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * {@code Signature} of "mpOTR-P256": ECDSA (FIPS 186-5, 6.4) on P-256, as DER (RFC 3279, 2.2.3; 8
 * to 72 bytes) or as {@code r ‖ s} (IEEE P1363; 64 bytes). Signatures made are low-S; either s is
 * accepted.
 *
 * <p>A signature to verify that is not the one DER encoding of two positive integers of at most 32
 * bytes is a SignatureException; any other that does not hold, and any {@code r ‖ s} of another
 * length than 64 bytes, is {@code false}.
 */
final class P256Signature extends SignatureSpi {

  /** Bytes of a signature. */
  enum Form {
    /** {@code Ecdsa-Sig-Value}. */
    DER,
    /** {@code r ‖ s}. */
    P1363
  }

  private static final KnownPoints SIGNERS = new KnownPoints();

  private static final class DefaultRandom {
    static final SecureRandom SHARED = new SecureRandom();
  }

  private final MessageDigest digest;
  private final Form form;

  private PublicPoint signer;
  private SecretScalar scalar;
  private ECParameterSpec parameters;

  P256Signature(HashFunction hash, Form form) {
    this.digest = hash.start();
    this.form = form;
  }

  @Override
  protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
    if (!(key instanceof ECPublicKey ec)) {
      throw new InvalidKeyException("ECDSA verifies with an ECPublicKey on P-256");
    }
    become(SIGNERS.of(ec), null);
  }

  @Override
  protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
    if (!(key instanceof ECPrivateKey ec)) {
      throw new InvalidKeyException("ECDSA signs with an ECPrivateKey on P-256");
    }
    become(null, EcKeys.scalar(ec));
  }

  private void become(PublicPoint verifying, SecretScalar signing) {
    if (scalar != null) {
      scalar.destroy();
    }
    signer = verifying;
    scalar = signing;
    digest.reset();
  }

  @Override
  protected void engineUpdate(byte input) {
    digest.update(input);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    digest.update(input, offset, length);
  }

  @Override
  protected void engineUpdate(ByteBuffer input) {
    digest.update(input);
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    byte[] hash = digest.digest();
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    SecureRandom random = appRandom == null ? DefaultRandom.SHARED : appRandom;
    random.nextBytes(hedge);
    try {
      byte[] signature = P256.engine().sign(scalar, hash, hedge);
      return form == Form.DER ? EcdsaDer.encode(signature) : signature;
    } finally {
      Arrays.fill(hedge, (byte) 0);
    }
  }

  @Override
  protected boolean engineVerify(byte[] signature) throws SignatureException {
    byte[] hash = digest.digest();
    byte[] plain = form == Form.DER ? EcdsaDer.decode(signature) : signature;
    return P256.engine().verify(signer, hash, plain);
  }

  /** Takes the curve that it always has, for callers that pass on what a certificate names. */
  @Override
  protected void engineSetParameter(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException {
    if (params == null) {
      return;
    }
    if (!(params instanceof ECParameterSpec curve) || !EcKeys.isP256(curve)) {
      throw new InvalidAlgorithmParameterException("ECDSA here has no parameter but P-256");
    }
    parameters = curve;
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    if (parameters == null) {
      return null;
    }
    try {
      AlgorithmParameters answer = AlgorithmParameters.getInstance("EC");
      answer.init(parameters);
      return answer;
    } catch (GeneralSecurityException e) {
      throw new ProviderException("no installed provider has the parameters of EC keys", e);
    }
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String parameter, Object value) {
    throw new InvalidParameterException("ECDSA has no named parameters");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String parameter) {
    throw new InvalidParameterException("ECDSA has no named parameters");
  }
}
