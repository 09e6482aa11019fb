package org.mpotr;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.FrameSigningKey;
import org.mpotr.epoch.FrameVerificationKey;
import org.mpotr.framing.FrameDigest;

/**
 * {@code Signature} "mpOTR" (PROTOCOL.md, section 6.6): the signature of a frame, detached, over
 * {@code header ‖ iv ‖ ciphertext}. 64 bytes {@code r ‖ s}, low-S made and demanded.
 */
final class FrameSignature extends SignatureSpi {

  private FrameSigningKey signingKey;
  private PublicPoint verificationPoint;
  private FrameDigest digest;

  @Override
  protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
    if (!(key instanceof FrameSigningKey own)) {
      throw new InvalidKeyException("Signature mpOTR signs with GroupKey.signingKey()");
    }
    if (own.isDestroyed()) {
      throw new InvalidKeyException("the keys of this epoch have been erased");
    }
    signingKey = own;
    verificationPoint = null;
    digest = new FrameDigest(own.sid());
  }

  @Override
  protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
    if (!(key instanceof FrameVerificationKey member)) {
      throw new InvalidKeyException(
          "Signature mpOTR verifies with GroupKey.verificationKey(index)");
    }
    signingKey = null;
    verificationPoint = member.point();
    digest = new FrameDigest(member.sid());
  }

  @Override
  protected void engineUpdate(byte input) {
    digest.update(new byte[] {input}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    digest.update(input, offset, length);
  }

  @Override
  protected byte[] engineSign() throws SignatureException {
    byte[] hash = digest.finish();
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    SecureRandom random = appRandom == null ? new SecureRandom() : appRandom;
    random.nextBytes(hedge);
    try {
      return P256.engine().sign(signingKey.scalar(SecretAccess.GRANTED), hash, hedge);
    } catch (IllegalStateException e) {
      throw new SignatureException("the keys of this epoch have been erased", e);
    } finally {
      Arrays.fill(hedge, (byte) 0);
    }
  }

  @Override
  protected boolean engineVerify(byte[] signature) {
    byte[] hash = digest.finish();
    return P256.isLowS(signature) && P256.engine().verify(verificationPoint, hash, signature);
  }

  @Override
  protected void engineSetParameter(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("Signature mpOTR has no parameters");
    }
  }

  /** Null: there are none. */
  @Override
  protected AlgorithmParameters engineGetParameters() {
    return null;
  }

  @Override
  @Deprecated
  protected void engineSetParameter(String parameter, Object value) {
    throw new InvalidParameterException("Signature mpOTR has no parameters");
  }

  @Override
  @Deprecated
  protected Object engineGetParameter(String parameter) {
    throw new InvalidParameterException("Signature mpOTR has no parameters");
  }
}
