package org.mpotr.crypto;

/** An engine with one fault, for tests of what finds it. */
final class BrokenP256 implements P256 {

  /** What it does wrong. */
  enum Fault {
    PUBLIC_POINT,
    AGREE,
    SIGN,
    HEDGE_IGNORED,
    VERIFY_ACCEPTS_ALL,
    VERIFY_REFUSES_ALL;

    boolean breaksAgreement() {
      return this == PUBLIC_POINT || this == AGREE;
    }
  }

  private final P256 engine;
  private final Fault fault;

  BrokenP256(P256 engine, Fault fault) {
    this.engine = engine;
    this.fault = fault;
  }

  @Override
  public String name() {
    return "broken";
  }

  @Override
  public PublicPoint publicPoint(SecretScalar d) {
    byte[] other = new byte[SCALAR_BYTES];
    other[0] = 1;
    return engine.publicPoint(fault == Fault.PUBLIC_POINT ? SecretScalar.of(other) : d);
  }

  @Override
  public byte[] agree(SecretScalar d, PublicPoint q) {
    return flippedIf(Fault.AGREE, engine.agree(d, q));
  }

  @Override
  public byte[] sign(SecretScalar d, byte[] digest, byte[] hedge) {
    byte[] used = fault == Fault.HEDGE_IGNORED ? new byte[0] : hedge;
    return flippedIf(Fault.SIGN, engine.sign(d, digest, used));
  }

  @Override
  public boolean verify(PublicPoint q, byte[] digest, byte[] signature) {
    return switch (fault) {
      case VERIFY_ACCEPTS_ALL -> true;
      case VERIFY_REFUSES_ALL -> false;
      default -> engine.verify(q, digest, signature);
    };
  }

  private byte[] flippedIf(Fault planted, byte[] answer) {
    if (fault == planted) {
      answer[answer.length - 1] ^= 1;
    }
    return answer;
  }
}
