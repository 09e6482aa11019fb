package org.mpotr.vectors;

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.identity.SubjectPublicKey;

/**
 * ECDH with the peer's key as a point, as SubjectPublicKeyInfo in DER or PEM, or as a JSON Web Key.
 */
final class EcdhVectors implements VectorKind {

  @Override
  public boolean takes(Vector vector) {
    return vector.type().toLowerCase(Locale.ROOT).startsWith("ecdh")
        && vector.has("public", "private", "shared");
  }

  @Override
  public Optional<String> notForUs(Vector vector) {
    String curve = vector.text("curve");
    return Numbers.isP256(curve)
        ? Optional.empty()
        : Optional.of("mpOTR has no ECDH on " + (curve.isEmpty() ? "an unnamed curve" : curve));
  }

  @Override
  public Answer ask(Vector vector) throws GeneralSecurityException {
    BigInteger d = privateKey(vector);
    if (d.signum() == 0 || d.compareTo(Numbers.ORDER) >= 0) {
      return PointVectors.isPrivate(d) ? Answer.DIFFERENT : Answer.REFUSED;
    }
    PublicPoint peer;
    try {
      peer = publicKey(vector);
    } catch (InvalidKeyException refusal) {
      return Answer.REFUSED;
    }
    try (SecretScalar scalar = Numbers.scalar(d)) {
      return Answer.compare(vector.bytes("shared"), P256.engine().agree(scalar, peer));
    }
  }

  static PublicPoint publicKey(Vector vector) throws InvalidKeyException {
    return switch (encoding(vector)) {
      case "ecpoint" -> PublicPoint.decode(vector.bytes("public"));
      case "asn" -> SubjectPublicKey.decode(vector.bytes("public"));
      case "pem" -> SubjectPublicKey.decode(Pem.only(vector.text("public"), "PUBLIC KEY"));
      case "webcrypto" -> jwk(vector.object("public"));
      default -> throw new IllegalArgumentException("unknown encoding " + encoding(vector));
    };
  }

  static BigInteger privateKey(Vector vector) throws GeneralSecurityException {
    return switch (encoding(vector)) {
      case "pem" -> {
        byte[] pkcs8 = Pem.only(vector.text("private"), "PRIVATE KEY");
        KeyFactory factory = KeyFactory.getInstance("EC");
        yield ((ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))).getS();
      }
      case "webcrypto" -> {
        String d = Vector.string(vector.object("private").get("d"));
        yield new BigInteger(1, Base64.getUrlDecoder().decode(d));
      }
      default -> new BigInteger(1, HexFormat.of().parseHex(vector.text("private")));
    };
  }

  private static String encoding(Vector vector) {
    String encoding = vector.text("encoding");
    if (!encoding.isEmpty()) {
      return encoding;
    }
    String type = vector.type().toLowerCase(Locale.ROOT);
    for (String each : new String[] {"ecpoint", "pem", "webcrypto"}) {
      if (type.contains(each)) {
        return each;
      }
    }
    return "asn";
  }

  /**
   * A JSON Web Key (RFC 7518, 6.2.1), which mpOTR itself never reads: only the point is put to it.
   */
  private static PublicPoint jwk(JsonObject key) throws InvalidKeyException {
    if (!Vector.string(key.get("kty")).equals("EC")
        || !Vector.string(key.get("crv")).equals("P-256")) {
      throw new InvalidKeyException("not an EC key on P-256");
    }
    byte[] encoded = new byte[P256.POINT_BYTES];
    encoded[0] = 4;
    coordinate(key, "x", encoded, 1);
    coordinate(key, "y", encoded, 1 + P256.SCALAR_BYTES);
    return PublicPoint.decode(encoded);
  }

  private static void coordinate(JsonObject key, String name, byte[] target, int offset)
      throws InvalidKeyException {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(Vector.string(key.get(name)));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("a coordinate is not base64url", e);
    }
    if (bytes.length != P256.SCALAR_BYTES) {
      throw new InvalidKeyException("a coordinate is not 32 bytes");
    }
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }
}
