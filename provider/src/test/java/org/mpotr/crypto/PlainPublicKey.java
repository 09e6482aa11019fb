package org.mpotr.crypto;

import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** A public key that is what it is told to be, valid or not, as a foreign provider may have it. */
public record PlainPublicKey(ECPoint point, ECParameterSpec params) implements ECPublicKey {

  /** On P-256, or at least said to be. */
  public static PlainPublicKey onP256(ECPoint point) {
    return new PlainPublicKey(point, EcKeys.PARAMETERS);
  }

  @Override
  public ECPoint getW() {
    return point;
  }

  @Override
  public ECParameterSpec getParams() {
    return params;
  }

  @Override
  public String getAlgorithm() {
    return "EC";
  }

  @Override
  public String getFormat() {
    return null;
  }

  @Override
  public byte[] getEncoded() {
    return null;
  }
}
