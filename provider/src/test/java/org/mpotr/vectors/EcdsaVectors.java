package org.mpotr.vectors;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.identity.SubjectPublicKey;

/**
 * ECDSA signatures to verify, in DER or as {@code r ‖ s}, under a key given in several encodings.
 */
final class EcdsaVectors implements VectorKind {

  @Override
  public boolean takes(Vector vector) {
    return vector.type().toLowerCase(Locale.ROOT).startsWith("ecdsa")
        && vector.has("msg", "sig")
        && !keyField(vector).isEmpty();
  }

  @Override
  public Optional<String> notForUs(Vector vector) {
    String curve = Vector.string(vector.object(keyField(vector)).get("curve"));
    return Numbers.isP256(curve)
        ? Numbers.hashNotForUs(vector.text("sha"))
        : Optional.of("mpOTR has no ECDSA on " + curve);
  }

  @Override
  public Answer ask(Vector vector) throws GeneralSecurityException {
    try {
      byte[] digest = Numbers.hash(vector.text("sha"), vector.bytes("msg"));
      byte[] signature = vector.bytes("sig");
      if (!vector.type().toLowerCase(Locale.ROOT).contains("p1363")) {
        signature = EcdsaDer.decode(signature);
      }
      return Answer.verdict(P256.engine().verify(publicKey(vector), digest, signature));
    } catch (SignatureException | InvalidKeyException refusal) {
      return Answer.REFUSED;
    }
  }

  /** The key by way of SubjectPublicKeyInfo, which must lead to the same point as the bare one. */
  static PublicPoint publicKey(Vector vector) throws InvalidKeyException {
    String field = keyField(vector);
    String uncompressed = Vector.string(vector.object(field).get("uncompressed"));
    PublicPoint point = PublicPoint.decode(HexFormat.of().parseHex(uncompressed));
    byte[] encoded = vector.bytes(field + "Der");
    if (encoded.length > 0 && !SubjectPublicKey.decode(encoded).equals(point)) {
      throw new IllegalStateException("the two encodings of the key give different points");
    }
    return point;
  }

  /** Files of the first generation have "key" where later ones have "publicKey". */
  private static String keyField(Vector vector) {
    for (String name : new String[] {"publicKey", "key"}) {
      if (vector.object(name).has("uncompressed")) {
        return name;
      }
    }
    return "";
  }
}
