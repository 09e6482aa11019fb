package org.mpotr.vectors;

import java.util.Optional;
import org.mpotr.crypto.AesCtr;
import org.mpotr.crypto.Hkdf;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.Sha512;

/** The hash, the MAC, the key derivation and the cipher of the suite. */
final class SymmetricVectors {

  private SymmetricVectors() {}

  /** SHA-512. */
  static final class Hash implements VectorKind {

    @Override
    public boolean takes(Vector vector) {
      return vector.plainAlgorithm().equals("SHA512") && vector.has("Out");
    }

    @Override
    public Answer ask(Vector vector) {
      return Answer.compare(vector.bytes("Out"), Sha512.hash(vector.bytes("In")));
    }
  }

  /** HMAC-SHA-512, whole and truncated. */
  static final class Mac implements VectorKind {

    @Override
    public boolean takes(Vector vector) {
      return vector.plainAlgorithm().equals("HMACSHA512")
          && (vector.has("key", "tag") || vector.has("Key", "Out"));
    }

    @Override
    public Optional<String> notForUs(Vector vector) {
      return tagBytes(vector) < HmacSha512.SHORTEST_TAG_BYTES
          ? Optional.of("mpOTR has no tags below 16 bytes")
          : Optional.empty();
    }

    @Override
    public Answer ask(Vector vector) {
      boolean grouped = vector.has("tag");
      byte[] data = vector.bytes(grouped ? "msg" : "In");
      byte[] tag = vector.bytes(grouped ? "tag" : "Out");
      try (HmacSha512 mac = new HmacSha512(vector.bytes(grouped ? "key" : "Key"))) {
        return Answer.verdict(mac.verify(tag, tagBytes(vector), data));
      }
    }

    private static int tagBytes(Vector vector) {
      return vector.has("tag") && !vector.text("tagSize").isEmpty()
          ? vector.integer("tagSize") / Byte.SIZE
          : vector.text(vector.has("tag") ? "tag" : "Out").length() / 2;
    }
  }

  /** HKDF-SHA-512, extraction and expansion in one. */
  static final class Derivation implements VectorKind {

    @Override
    public boolean takes(Vector vector) {
      return vector.plainAlgorithm().equals("HKDFSHA512")
          && (vector.has("ikm", "okm") || vector.has("Secret", "Output"));
    }

    @Override
    public Answer ask(Vector vector) {
      return vector.has("okm")
          ? derive(vector, "salt", "ikm", "info", "okm", vector.integer("size"))
          : derive(vector, "Salt", "Secret", "Label", "Output", vector.text("Output").length() / 2);
    }

    private static Answer derive(
        Vector vector, String salt, String secret, String info, String output, int length) {
      byte[] key = Hkdf.extract(vector.bytes(salt), vector.bytes(secret));
      byte[] derived;
      try {
        derived = Hkdf.expand(key, vector.bytes(info), length);
      } catch (IllegalArgumentException refusal) {
        return Answer.REFUSED;
      }
      return Answer.compare(vector.bytes(output), derived);
    }
  }

  /** AES-128-CTR, both ways. */
  static final class Cipher implements VectorKind {

    @Override
    public boolean takes(Vector vector) {
      String algorithm = vector.plainAlgorithm();
      return algorithm.startsWith("AES")
          && algorithm.contains("CTR")
          && vector.has("key", "iv", "ct")
          && (vector.has("pt") || vector.has("msg"));
    }

    @Override
    public Optional<String> notForUs(Vector vector) {
      if (vector.bytes("key").length != AesCtr.KEY_BYTES) {
        return Optional.of("mpOTR uses AES with keys of 128 bits only");
      }
      return vector.bytes("iv").length == AesCtr.IV_BYTES
          ? Optional.empty()
          : Optional.of("mpOTR has no counter blocks of other than 16 bytes");
    }

    @Override
    public Answer ask(Vector vector) {
      byte[] plaintext = vector.bytes(vector.has("pt") ? "pt" : "msg");
      try (AesCtr cipher = new AesCtr(vector.bytes("key"))) {
        byte[] iv = vector.bytes("iv");
        Answer there = Answer.compare(vector.bytes("ct"), cipher.process(iv, plaintext));
        return there == Answer.AS_THE_VECTOR
            ? Answer.compare(plaintext, cipher.process(iv, vector.bytes("ct")))
            : there;
      }
    }
  }
}
