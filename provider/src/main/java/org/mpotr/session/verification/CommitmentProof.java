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
 * A proof that somebody knows r and x with P = r·G₃ and Q = r·G + x·G₂: that what it committed
 * itself to is a secret at all (PROTOCOL.md, section 10).
 *
 * @param challenge c, the hash of the statement and the commitments s·G₃ and s·G + t·G₂
 * @param first s − r·c
 * @param second t − x·c
 */
record CommitmentProof(SecretScalar challenge, SecretScalar first, SecretScalar second) {

  /** The commitment to a secret, with its proof and the r that opens it. */
  record Commitment(PublicPoint p, PublicPoint q, CommitmentProof proof) {

    /** Commits to x. */
    static Commitment to(
        SecretScalar x, PublicPoint g2, PublicPoint g3, SmpLabel label, SecureRandom random) {
      P256 engine = P256.engine();
      try (SecretScalar r = SecretScalar.random(random)) {
        PublicPoint p = engine.multiply(r, g3);
        PublicPoint q = engine.sum(r, x, g2);
        return new Commitment(p, q, of(label, r, x, g2, g3, p, q, random));
      }
    }

    /** Whether its maker knew what it committed to. */
    boolean holds(PublicPoint g2, PublicPoint g3, SmpLabel label) {
      return proof.proves(label, g2, g3, p, q);
    }

    void encode(WireWriter writer) {
      SmpMessage.write(writer, p);
      SmpMessage.write(writer, q);
      SmpMessage.write(writer, proof.challenge);
      SmpMessage.write(writer, proof.first);
      SmpMessage.write(writer, proof.second);
    }

    static Commitment decode(WireReader reader) throws WireException {
      PublicPoint p = SmpMessage.point(reader);
      PublicPoint q = SmpMessage.point(reader);
      return new Commitment(
          p,
          q,
          new CommitmentProof(
              SmpMessage.scalar(reader), SmpMessage.scalar(reader), SmpMessage.scalar(reader)));
    }
  }

  private static CommitmentProof of(
      SmpLabel label,
      SecretScalar r,
      SecretScalar x,
      PublicPoint g2,
      PublicPoint g3,
      PublicPoint p,
      PublicPoint q,
      SecureRandom random) {
    P256 engine = P256.engine();
    try (SecretScalar s = SecretScalar.random(random);
        SecretScalar t = SecretScalar.random(random)) {
      SecretScalar challenge =
          label.challenge(g2, g3, p, q, engine.multiply(s, g3), engine.sum(s, t, g2));
      return new CommitmentProof(
          challenge, s.minusProduct(r, challenge), t.minusProduct(x, challenge));
    }
  }

  private boolean proves(
      SmpLabel label, PublicPoint g2, PublicPoint g3, PublicPoint p, PublicPoint q) {
    P256 engine = P256.engine();
    Optional<PublicPoint> ofP = engine.multiply(first, g3).plus(engine.multiply(challenge, p));
    Optional<PublicPoint> ofQ =
        engine
            .publicPoint(first)
            .plus(engine.multiply(second, g2))
            .flatMap(sum -> sum.plus(engine.multiply(challenge, q)));
    return ofP.isPresent()
        && ofQ.isPresent()
        && SmpLabel.same(challenge, label.challenge(g2, g3, p, q, ofP.get(), ofQ.get()));
  }
}
