package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECParameterSpec;

/** A private key that is what it is told to be, valid or not, as a foreign provider may have it. */
public class PlainPrivateKey implements ECPrivateKey {

  private static final long serialVersionUID = 1;

  private final BigInteger number;
  private final transient ECParameterSpec params;

  /** A key of a number and a curve. */
  public PlainPrivateKey(BigInteger number, ECParameterSpec params) {
    this.number = number;
    this.params = params;
  }

  /** A key on P-256, if the number is in range. */
  public static PlainPrivateKey onP256(BigInteger number) {
    return new PlainPrivateKey(number, EcKeys.PARAMETERS);
  }

  /** A key on P-256 that does not show its number. */
  public static PlainPrivateKey hidden() {
    return new PlainPrivateKey(null, EcKeys.PARAMETERS) {

      private static final long serialVersionUID = 1;

      @Override
      public BigInteger getS() {
        throw new UnsupportedOperationException("this key stays where it is");
      }
    };
  }

  @Override
  public BigInteger getS() {
    return number;
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
