package org.mpotr.vectors;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * ECDSA as the standards print it, in numbers: signatures to verify under a public key; signatures
 * made with a nonce that is given, which are verified and whose r must come from it; and those of
 * RFC 6979, which must be made again where the hash is SHA-256. A high s of a standard is compared
 * with the s that mpOTR makes of it, n − s.
 */
final class NumberedEcdsaVectors implements VectorKind {

  @Override
  public boolean takes(Vector vector) {
    return vector.type().isEmpty()
        && vector.plainAlgorithm().contains("ECDSA")
        && vector.has("msg", "r", "s")
        && (vector.has("d") || vector.has("qx", "qy"));
  }

  @Override
  public Optional<String> notForUs(Vector vector) {
    Optional<String> otherCurve = FlatCurve.notForUs(vector);
    return otherCurve.isPresent() ? otherCurve : Numbers.hashNotForUs(hashName(vector));
  }

  @Override
  public Answer ask(Vector vector) throws GeneralSecurityException {
    byte[] digest = Numbers.hash(hashName(vector), vector.bytes("msg"));
    BigInteger r = vector.number("r");
    BigInteger s = vector.number("s");
    byte[] signature = Numbers.signature(r, s);
    if (vector.has("qx", "qy")) {
      return verify(vector, digest, signature);
    }
    try (SecretScalar d = Numbers.scalar(vector.number("d"))) {
      PublicPoint signer = P256.engine().publicPoint(d);
      if (!P256.engine().verify(signer, digest, signature)) {
        return Answer.REFUSED;
      }
      if (vector.has("k")) {
        return ofNonce(vector.number("k"), r);
      }
      if (digest.length != 32 || !vector.plainAlgorithm().contains("DETERMINISTIC")) {
        return Answer.AS_THE_VECTOR;
      }
      byte[] low = Numbers.signature(r, s.min(Numbers.ORDER.subtract(s)));
      return Answer.compare(low, P256.engine().sign(d, digest, new byte[0]));
    }
  }

  private static Answer verify(Vector vector, byte[] digest, byte[] signature) {
    try {
      PublicPoint signer = Numbers.point(vector.number("qx"), vector.number("qy"));
      return Answer.verdict(P256.engine().verify(signer, digest, signature));
    } catch (InvalidKeyException refusal) {
      return Answer.REFUSED;
    }
  }

  private static Answer ofNonce(BigInteger k, BigInteger r) {
    try (SecretScalar nonce = Numbers.scalar(k)) {
      BigInteger x = P256.engine().publicPoint(nonce).x();
      return x.mod(Numbers.ORDER).equals(r) ? Answer.AS_THE_VECTOR : Answer.DIFFERENT;
    }
  }

  /** The hash of the test, or of the algorithm "SHA512withECDSA". */
  static String hashName(Vector vector) {
    String name = vector.text("hash");
    if (!name.isEmpty()) {
      return name;
    }
    String algorithm = vector.plainAlgorithm();
    int end = algorithm.indexOf("WITHECDSA");
    return end < 0 ? algorithm : algorithm.substring(0, end).replace("SHA", "SHA-");
  }
}
