package org.mpotr.vectors;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * Points in coordinates: multiples of the generator, agreements of CAVP, and public keys to be
 * validated.
 */
final class PointVectors implements VectorKind {

  @Override
  public boolean takes(Vector vector) {
    return vector.type().isEmpty()
        && vector.has("x", "y")
        && (vector.has("n")
            || vector.has("d", "peerX", "peerY", "z")
            || vector.plainAlgorithm().contains("PUBLICKEYVALIDATION"));
  }

  @Override
  public Optional<String> notForUs(Vector vector) {
    return vector.has("n") && vector.number("n").compareTo(Numbers.ORDER) > 0
        ? Optional.of("numbers above the order are no private keys")
        : FlatCurve.notForUs(vector);
  }

  @Override
  public Answer ask(Vector vector) throws InvalidKeyException {
    BigInteger x = vector.number("x");
    BigInteger y = vector.number("y");
    if (vector.has("n")) {
      return multiple(vector.number("n"), x, y);
    }
    return vector.has("d") ? agreement(vector, x, y) : validation(x, y);
  }

  private static Answer multiple(BigInteger n, BigInteger x, BigInteger y) {
    boolean infinity = x.signum() == 0 && y.signum() == 0;
    if (infinity) {
      // Infinity is no public point and its scalar no private one: to refuse it is the answer.
      return isPrivate(n) ? Answer.DIFFERENT : Answer.AS_THE_VECTOR;
    }
    try (SecretScalar scalar = Numbers.scalar(n)) {
      return isPoint(P256.engine().publicPoint(scalar), x, y);
    }
  }

  /** Whether the library takes a number for a private one. */
  static boolean isPrivate(BigInteger number) {
    try (SecretScalar scalar = Numbers.scalar(number)) {
      return !scalar.isDestroyed();
    } catch (IllegalArgumentException refusal) {
      return false;
    }
  }

  private static Answer agreement(Vector vector, BigInteger x, BigInteger y)
      throws InvalidKeyException {
    PublicPoint peer = Numbers.point(vector.number("peerX"), vector.number("peerY"));
    try (SecretScalar d = Numbers.scalar(vector.number("d"))) {
      Answer own = isPoint(P256.engine().publicPoint(d), x, y);
      return own == Answer.AS_THE_VECTOR
          ? Answer.compare(vector.bytes("z"), P256.engine().agree(d, peer))
          : own;
    }
  }

  private static Answer validation(BigInteger x, BigInteger y) {
    try {
      return isPoint(Numbers.point(x, y), x, y);
    } catch (InvalidKeyException refusal) {
      return Answer.REFUSED;
    }
  }

  private static Answer isPoint(PublicPoint point, BigInteger x, BigInteger y) {
    return point.x().equals(x) && point.y().equals(y) ? Answer.AS_THE_VECTOR : Answer.DIFFERENT;
  }
}
