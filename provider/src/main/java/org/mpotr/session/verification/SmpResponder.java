package org.mpotr.session.verification;

import java.security.SecureRandom;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.session.verification.CommitmentProof.Commitment;

/**
 * Who answers in the socialist millionaires' protocol (PROTOCOL.md, section 10): {@link #answer},
 * {@link #conclude}, in this order. Of the other's secret it learns whether it is the same, and
 * nothing else. Not thread-safe.
 */
public final class SmpResponder implements Destroyable {

  /** The last message, and what came out of the run. */
  public record Conclusion(SmpMessage.Conclude message, boolean isSame) {}

  private final SmpPair pair;
  private final SmpMessage.Ask ask;
  private final SecureRandom random;
  private final SecretScalar b3;
  private PublicPoint g2;
  private PublicPoint g3;
  private Commitment own;

  /**
   * A run that the other side began.
   *
   * @throws SmpFailedException when its message breaks the protocol
   */
  public SmpResponder(SmpPair pair, SmpMessage.Ask ask, SecureRandom random)
      throws SmpFailedException {
    if (!ask.proof2().proves(pair.proof(1), ask.g2())
        || !ask.proof3().proves(pair.proof(2), ask.g3())) {
      throw new SmpFailedException("the initiator does not know its exponents");
    }
    this.pair = pair;
    this.ask = ask;
    this.random = random;
    this.b3 = SecretScalar.random(random);
  }

  /**
   * The second message.
   *
   * @param knowledge what the two people know; it stays the caller's to clear
   */
  public SmpMessage.Answer answer(byte[] knowledge) {
    P256 engine = P256.engine();
    try (SecretScalar secret = pair.bind(knowledge);
        SecretScalar b2 = SecretScalar.random(random)) {
      PublicPoint ownG2 = engine.publicPoint(b2);
      PublicPoint ownG3 = engine.publicPoint(b3);
      g2 = engine.multiply(b2, ask.g2());
      g3 = engine.multiply(b3, ask.g3());
      own = Commitment.to(secret, g2, g3, pair.proof(5), random);
      return new SmpMessage.Answer(
          pair.run(),
          ownG2,
          KnowledgeProof.of(pair.proof(3), b2, ownG2, random),
          ownG3,
          KnowledgeProof.of(pair.proof(4), b3, ownG3, random),
          own);
    }
  }

  /**
   * The fourth message, for the third, and whether both know the same.
   *
   * @throws SmpFailedException when the third message breaks the protocol
   */
  public Conclusion conclude(SmpMessage.Compare compare) throws SmpFailedException {
    P256 engine = P256.engine();
    if (!compare.commitment().holds(g2, g3, pair.proof(6))) {
      throw new SmpFailedException("the initiator does not know what it committed to");
    }
    PublicPoint differenceP = SmpInitiator.difference(compare.commitment().p(), own.p());
    PublicPoint differenceQ = SmpInitiator.difference(compare.commitment().q(), own.q());
    if (!compare.proof().proves(pair.proof(7), ask.g3(), differenceQ, compare.result())) {
      throw new SmpFailedException("the initiator does not know its result");
    }
    PublicPoint result = engine.multiply(b3, differenceQ);
    KnowledgeProof proof =
        KnowledgeProof.of(pair.proof(8), b3, engine.publicPoint(b3), differenceQ, result, random);
    return new Conclusion(
        new SmpMessage.Conclude(pair.run(), result, proof),
        engine.multiply(b3, compare.result()).equals(differenceP));
  }

  @Override
  public void destroy() {
    b3.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return b3.isDestroyed();
  }
}
