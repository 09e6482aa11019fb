package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;

/**
 * P-256 by BouncyCastle's lightweight classes, without its provider, which takes most of a second
 * to load.
 *
 * <p>Secret scalars meet only multipliers whose sequence of operations is fixed and that read their
 * whole table at each look-up. The arithmetic below them still allocates and may branch on values,
 * which is as far as BouncyCastle goes; the numbers it makes of a secret cannot be cleared.
 */
final class BouncyCastleP256 implements P256 {

  private static final ECCurve CURVE = new SecP256R1Curve();
  private static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CURVE, CURVE.createPoint(Curve.GX, Curve.GY), Curve.N, BigInteger.ONE);

  @Override
  public String name() {
    return "bc";
  }

  @Override
  public PublicPoint publicPoint(SecretScalar d) {
    try {
      // Decoding checks in full, infinity included, and so catches a fault before the point goes
      // out.
      ECPoint product = new FixedPointCombMultiplier().multiply(DOMAIN.getG(), d.toNumber());
      return PublicPoint.decode(product.getEncoded(false));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the arithmetic of P-256 gave a wrong point", e);
    }
  }

  @Override
  public byte[] agree(SecretScalar d, PublicPoint q) {
    // The multiplier itself checks that the product is on the curve.
    ECPoint point = CURVE.createPoint(q.x(), q.y());
    ECPoint product = ECAlgorithms.multiplySecret(point, d.toNumber()).normalize();
    if (product.isInfinity()) {
      throw new IllegalStateException("the arithmetic of P-256 gave infinity");
    }
    return product.getAffineXCoord().getEncoded();
  }

  @Override
  public byte[] sign(SecretScalar d, byte[] digest, byte[] hedge) {
    EcdsaInputs.requireDigest(digest);
    EcdsaInputs.requireHedge(hedge);
    ECDSASigner signer = new ECDSASigner(new Nonces(hedge));
    signer.init(true, new ECPrivateKeyParameters(d.toNumber(), DOMAIN));
    BigInteger[] pair = signer.generateSignature(digest);
    byte[] signature = new byte[SIGNATURE_BYTES];
    Curve.putScalar(pair[0], signature, 0);
    Curve.putScalar(pair[1], signature, SCALAR_BYTES);
    if (!Curve.isLowS(signature)) {
      Curve.putScalar(Curve.N.subtract(pair[1]), signature, SCALAR_BYTES);
    }
    return signature;
  }

  @Override
  public boolean verify(PublicPoint q, byte[] digest, byte[] signature) {
    EcdsaInputs.requireDigest(digest);
    if (!EcdsaInputs.isWellFormed(signature)) {
      return false;
    }
    BigInteger r = new BigInteger(1, signature, 0, SCALAR_BYTES);
    BigInteger s = new BigInteger(1, signature, SCALAR_BYTES, SCALAR_BYTES);
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, q.prepared(ECPublicKeyParameters.class, BouncyCastleP256::publicKey));
    return verifier.verifySignature(digest, r, s);
  }

  /** The key object with which BouncyCastle keeps its table of multiples for verification. */
  private static ECPublicKeyParameters publicKey(PublicPoint q) {
    return new ECPublicKeyParameters(CURVE.createPoint(q.x(), q.y()), DOMAIN);
  }

  /**
   * The nonces of RFC 6979 under HMAC-SHA-256, with the hedge as additional input (section 3.6).
   */
  private static final class Nonces extends HMacDSAKCalculator {

    private final byte[] hedge;

    Nonces(byte[] hedge) {
      super(new SHA256Digest());
      this.hedge = hedge;
    }

    @Override
    protected void initAdditionalInput0(HMac mac) {
      mac.update(hedge, 0, hedge.length);
    }

    @Override
    protected void initAdditionalInput1(HMac mac) {
      mac.update(hedge, 0, hedge.length);
    }
  }
}
