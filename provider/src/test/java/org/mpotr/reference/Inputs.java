package org.mpotr.reference;

import java.math.BigInteger;

/**
 * What a member brings to an attempt, all randomness included, in the order of section 4.9. Part of
 * the second reading of the text.
 */
public record Inputs(
    String nickname,
    Identity identity,
    byte[] n,
    BigInteger x,
    BigInteger e,
    byte[] r,
    byte[] introKey,
    byte[] identityHedge,
    byte[] introductionHedge,
    byte[] shareHedge,
    byte[] attestHedge) {

  /**
   * The bytes that a member draws for them, one after the other; with an identity signature or
   * without.
   */
  public byte[] drawn(boolean signed) {
    return new Struct()
        .raw(n, Curve.number(x), Curve.number(e), r, introKey)
        .raw(signed ? identityHedge : new byte[0])
        .raw(introductionHedge, shareHedge, attestHedge)
        .bytes();
  }

  /** The same under another nickname. */
  public Inputs called(String other) {
    return new Inputs(
        other,
        identity,
        n,
        x,
        e,
        r,
        introKey,
        identityHedge,
        introductionHedge,
        shareHedge,
        attestHedge);
  }
}
