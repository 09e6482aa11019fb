package org.mpotr.vectors;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;

/**
 * The parameters of a named curve, as far as they can be seen from outside: generator, order, field
 * and equation.
 */
final class CurveVectors implements VectorKind {

  @Override
  public boolean takes(Vector vector) {
    return vector.has("name", "p", "n", "a", "b", "gx", "gy", "h");
  }

  @Override
  public Optional<String> notForUs(Vector vector) {
    return Numbers.isP256(vector.text("name"))
        ? Optional.empty()
        : Optional.of("parameters of curves that mpOTR does not use");
  }

  @Override
  public Answer ask(Vector vector) throws InvalidKeyException {
    BigInteger p = vector.number("p");
    BigInteger n = vector.number("n");
    BigInteger x = vector.number("gx");
    BigInteger y = vector.number("gy");
    // a and b: the generator is on the curve that they describe; p: n − 1 gives its negative.
    BigInteger right = x.pow(3).add(vector.number("a").multiply(x)).add(vector.number("b"));
    boolean same =
        y.pow(2).subtract(right).mod(p).signum() == 0
            && multiple(BigInteger.ONE, x, y)
            && multiple(n.subtract(BigInteger.ONE), x, p.subtract(y))
            && !PointVectors.isPrivate(n)
            && vector.integer("h") == 1;
    return same ? Answer.AS_THE_VECTOR : Answer.DIFFERENT;
  }

  private static boolean multiple(BigInteger d, BigInteger x, BigInteger y)
      throws InvalidKeyException {
    try (SecretScalar scalar = Numbers.scalar(d)) {
      return P256.engine().publicPoint(scalar).equals(Numbers.point(x, y));
    }
  }
}
