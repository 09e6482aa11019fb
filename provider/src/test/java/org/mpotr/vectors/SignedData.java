package org.mpotr.vectors;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.identity.SubjectPublicKey;

/**
 * A text with the PEM blocks PUBLIC KEY, ALGORITHM, DATA and SIGNATURE: the DER of a key, of a
 * signature algorithm, a message, and a BIT STRING with the signature. The words before the first
 * block say whether something was altered; if so the signature must be refused, otherwise it must
 * hold.
 *
 * @param blocks the blocks by label
 * @param altered whether the description tells of an alteration
 */
record SignedData(Map<String, byte[]> blocks, boolean altered) {

  private static final List<String> LABELS =
      List.of("PUBLIC KEY", "ALGORITHM", "DATA", "SIGNATURE");

  /** {@code ecdsa-with-SHA512} and its like (RFC 5758, 3.2) with what is their hash. */
  private static final Map<String, String> HASHES =
      Map.of(
          "300a06082a8648ce3d040302", "SHA-256",
          "300a06082a8648ce3d040303", "SHA-384",
          "300a06082a8648ce3d040304", "SHA-512");

  private static final String NAMED_CURVE_P256 = "06082a8648ce3d030107";
  private static final Pattern ALTERATION =
      Pattern.compile(
          "\\b(except|however|but|rather|instead|should fail|problem|tampered|mutated|wrong|invalid"
              + "|mismatch\\w*|incorrect\\w*|corrupt\\w*|modified|changed)\\b",
          Pattern.CASE_INSENSITIVE);

  /** The signed data in a text, if it is one. */
  static Optional<SignedData> in(String text) {
    Map<String, byte[]> blocks =
        Pem.blocks(text).stream()
            .collect(Collectors.toMap(Pem.Block::label, Pem.Block::content, (one, two) -> two));
    if (!blocks.keySet().containsAll(LABELS)) {
      return Optional.empty();
    }
    String description = text.substring(0, text.indexOf("-----BEGIN"));
    return Optional.of(new SignedData(blocks, ALTERATION.matcher(description).find()));
  }

  Expectation expectation() {
    return altered ? Expectation.INVALID : Expectation.VALID;
  }

  /**
   * Unaltered data must be ECDSA on P-256 to say anything about mpOTR. Of altered data either half
   * will do, the key or the algorithm, since what does not fit together must be refused.
   */
  Optional<String> notForUs() {
    boolean key = hex("PUBLIC KEY").contains(NAMED_CURVE_P256);
    boolean algorithm = HASHES.containsKey(hex("ALGORITHM"));
    boolean ours = altered ? key || algorithm : key && algorithm;
    return ours
        ? Optional.empty()
        : Optional.of("signed data of an algorithm that is not ECDSA on P-256");
  }

  Answer ask() throws GeneralSecurityException {
    // mpOTR takes no algorithm from what it verifies: any other than its own counts as refused.
    String hash = HASHES.get(hex("ALGORITHM"));
    if (hash == null) {
      return Answer.REFUSED;
    }
    try {
      PublicPoint signer = SubjectPublicKey.decode(blocks.get("PUBLIC KEY"));
      byte[] signature = EcdsaDer.decode(bitString(blocks.get("SIGNATURE")));
      byte[] digest = Numbers.hash(hash, blocks.get("DATA"));
      return Answer.verdict(P256.engine().verify(signer, digest, signature));
    } catch (InvalidKeyException | SignatureException refusal) {
      return Answer.REFUSED;
    }
  }

  /** The content of a BIT STRING of whole bytes with a short length, as certificates hold it. */
  private static byte[] bitString(byte[] der) throws SignatureException {
    if (der.length < 3 || der[0] != 3 || der[1] != der.length - 2 || der[2] != 0) {
      throw new SignatureException("not a BIT STRING of whole bytes");
    }
    return Arrays.copyOfRange(der, 3, der.length);
  }

  private String hex(String label) {
    return HexFormat.of().formatHex(blocks.get(label));
  }
}
