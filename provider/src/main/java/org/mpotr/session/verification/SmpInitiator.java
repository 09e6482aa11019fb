package org.mpotr.session.verification;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.session.verification.CommitmentProof.Commitment;

/**
 * Who asks in the socialist millionaires' protocol (PROTOCOL.md, section 10): {@link #ask}, {@link
 * #compare}, {@link #conclude}, in this order. Of the other's secret it learns whether it is the
 * same, and nothing else. Not thread-safe.
 */
public final class SmpInitiator implements Destroyable {

  private final SmpPair pair;
  private final SecureRandom random;
  private final byte[] knowledge;
  private final SecretScalar secret;
  private final SecretScalar a2;
  private final SecretScalar a3;
  private PublicPoint otherG3;
  private PublicPoint differenceP;
  private PublicPoint differenceQ;

  /**
   * A run that begins.
   *
   * @param knowledge what the two people know; it stays the caller's to clear
   */
  public SmpInitiator(SmpPair pair, byte[] knowledge, SecureRandom random) {
    this.pair = pair;
    this.random = random;
    this.knowledge = knowledge.clone();
    this.secret = pair.bind(knowledge);
    this.a2 = SecretScalar.random(random);
    this.a3 = SecretScalar.random(random);
  }

  /**
   * The first message.
   *
   * @param question at most {@link SmpMessage#MAX_QUESTION} bytes of UTF-8
   */
  public SmpMessage.Ask ask(String question) {
    PublicPoint g2 = P256.engine().publicPoint(a2);
    PublicPoint g3 = P256.engine().publicPoint(a3);
    return new SmpMessage.Ask(
        pair.run(),
        question,
        g2,
        KnowledgeProof.of(pair.proof(1), a2, g2, random),
        g3,
        KnowledgeProof.of(pair.proof(2), a3, g3, random));
  }

  /** Gives way to a run of the other side, and answers it with what this one was about. */
  public SmpMessage.Answer answerInstead(SmpResponder responder) {
    return responder.answer(knowledge);
  }

  /**
   * The third message, for the second.
   *
   * @throws SmpFailedException when that one breaks the protocol
   */
  public SmpMessage.Compare compare(SmpMessage.Answer answer) throws SmpFailedException {
    P256 engine = P256.engine();
    if (!answer.proof2().proves(pair.proof(3), answer.g2())
        || !answer.proof3().proves(pair.proof(4), answer.g3())) {
      throw new SmpFailedException("the responder does not know its exponents");
    }
    PublicPoint g2 = engine.multiply(a2, answer.g2());
    PublicPoint g3 = engine.multiply(a3, answer.g3());
    if (!answer.commitment().holds(g2, g3, pair.proof(5))) {
      throw new SmpFailedException("the responder does not know what it committed to");
    }
    Commitment commitment = Commitment.to(secret, g2, g3, pair.proof(6), random);
    otherG3 = answer.g3();
    differenceP = difference(commitment.p(), answer.commitment().p());
    differenceQ = difference(commitment.q(), answer.commitment().q());
    PublicPoint result = engine.multiply(a3, differenceQ);
    PublicPoint own = engine.publicPoint(a3);
    return new SmpMessage.Compare(
        pair.run(),
        commitment,
        result,
        KnowledgeProof.of(pair.proof(7), a3, own, differenceQ, result, random));
  }

  /** a − b, which is infinity only where the other side has copied. */
  static PublicPoint difference(PublicPoint a, PublicPoint b) throws SmpFailedException {
    Optional<PublicPoint> difference = a.minus(b);
    return difference.orElseThrow(() -> new SmpFailedException("equal commitments"));
  }

  /**
   * Whether both know the same, by the fourth message.
   *
   * @throws SmpFailedException when that one breaks the protocol
   */
  public boolean conclude(SmpMessage.Conclude last) throws SmpFailedException {
    if (!last.proof().proves(pair.proof(8), otherG3, differenceQ, last.result())) {
      throw new SmpFailedException("the responder does not know its result");
    }
    return P256.engine().multiply(a3, last.result()).equals(differenceP);
  }

  @Override
  public void destroy() {
    Arrays.fill(knowledge, (byte) 0);
    secret.destroy();
    a2.destroy();
    a3.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return secret.isDestroyed();
  }
}
