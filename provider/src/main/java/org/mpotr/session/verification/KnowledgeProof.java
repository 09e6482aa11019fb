package org.mpotr.session.verification;

import java.security.SecureRandom;
import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * A proof that somebody knows a with A = a·G (PROTOCOL.md, section 10), and where there is a second
 * base B that R = a·B for the same a (C. P. Schnorr, 1991; D. Chaum and T. P. Pedersen, 1992). All
 * that is proved goes into the challenge. It tells nothing of a, and anybody can make one up for a
 * challenge of its own choice.
 *
 * @param challenge c, the hash of the statement and the commitments r·G and r·B
 * @param response d = r − a·c
 */
record KnowledgeProof(SecretScalar challenge, SecretScalar response) {

  /** Proves that A = a·G. */
  static KnowledgeProof of(SmpLabel label, SecretScalar a, PublicPoint point, SecureRandom random) {
    P256 engine = P256.engine();
    try (SecretScalar nonce = SecretScalar.random(random)) {
      SecretScalar challenge = label.challenge(point, engine.publicPoint(nonce));
      return new KnowledgeProof(challenge, nonce.minusProduct(a, challenge));
    }
  }

  /** Proves that A = a·G and R = a·B. */
  static KnowledgeProof of(
      SmpLabel label,
      SecretScalar a,
      PublicPoint point,
      PublicPoint base,
      PublicPoint result,
      SecureRandom random) {
    P256 engine = P256.engine();
    try (SecretScalar nonce = SecretScalar.random(random)) {
      SecretScalar challenge =
          label.challenge(
              point, base, result, engine.publicPoint(nonce), engine.multiply(nonce, base));
      return new KnowledgeProof(challenge, nonce.minusProduct(a, challenge));
    }
  }

  /** Whether somebody knew a with A = a·G. */
  boolean proves(SmpLabel label, PublicPoint point) {
    return commitment(point)
        .filter(first -> SmpLabel.same(challenge, label.challenge(point, first)))
        .isPresent();
  }

  /** Whether somebody knew a with A = a·G and R = a·B. */
  boolean proves(SmpLabel label, PublicPoint point, PublicPoint base, PublicPoint result) {
    P256 engine = P256.engine();
    Optional<PublicPoint> first = commitment(point);
    Optional<PublicPoint> second =
        engine.multiply(response, base).plus(engine.multiply(challenge, result));
    return first.isPresent()
        && second.isPresent()
        && SmpLabel.same(
            challenge, label.challenge(point, base, result, first.get(), second.get()));
  }

  private Optional<PublicPoint> commitment(PublicPoint point) {
    P256 engine = P256.engine();
    return engine.publicPoint(response).plus(engine.multiply(challenge, point));
  }

  void encode(WireWriter writer) {
    SmpMessage.write(writer, challenge);
    SmpMessage.write(writer, response);
  }

  static KnowledgeProof decode(WireReader reader) throws WireException {
    return new KnowledgeProof(SmpMessage.scalar(reader), SmpMessage.scalar(reader));
  }
}
