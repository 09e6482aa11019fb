package org.mpotr.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The INTRODUCTION of section 4.4, as it is read. Part of the second reading of the text. */
record Introduction(
    byte[] header, byte[] introKeyHash, byte[] body, List<byte[]> keys, byte[] commitment) {

  /** What a body says. */
  record Body(byte[] nickname, byte[] identity, byte[] identitySignature) {
    static Body read(byte[] plaintext) throws Refused {
      Fields fields = new Fields(plaintext);
      int length = fields.u8();
      byte[] padded = fields.raw(64);
      byte[] identity = fields.vector();
      byte[] signature = fields.vector();
      fields.end();
      if (length < 1 || length > 64 || identity.length != 91) {
        throw new Refused("malformed");
      }
      byte[] nickname = Arrays.copyOf(padded, length);
      if (!Arrays.equals(padded, Arrays.copyOf(nickname, 64))) {
        throw new Refused("malformed");
      }
      return new Body(nickname, identity, signature);
    }

    byte[] encoded() {
      return new Struct()
          .u8(nickname.length)
          .raw(Arrays.copyOf(nickname, 64))
          .vector(identity)
          .vector(identitySignature)
          .bytes();
    }
  }

  static Introduction read(byte[] message) throws Refused {
    Fields fields = Roster.body(3, message);
    byte[] hash = fields.raw(32);
    byte[] body = fields.vector();
    List<byte[]> keys = elements(fields.vector(), 49);
    byte[] commitment = fields.raw(32);
    fields.raw(64);
    fields.end();
    return new Introduction(Arrays.copyOf(message, 36), hash, body, keys, commitment);
  }

  /** The elements of a vector whose elements all have one size. */
  static List<byte[]> elements(byte[] vector, int size) throws Refused {
    if (vector.length % size != 0) {
      throw new Refused("malformed");
    }
    List<byte[]> elements = new ArrayList<>();
    for (int at = 0; at < vector.length; at += size) {
      elements.add(Arrays.copyOfRange(vector, at, at + size));
    }
    return elements;
  }

  /** The key of the body. */
  static Seal bodySeal(byte[] sid, byte[] m, byte[] introKey) {
    byte[] key = Labelled.extract(sid, "intro body", sid, m, introKey);
    return new Seal(key, "introduction", sid, m, new byte[0]);
  }

  /** What an identity signature is over. */
  static byte[] identityHash(byte[] sid, Roster.Place place, byte[] identity) {
    return Labelled.hash("identity signature", sid, place.m(), Struct.v(identity), place.e());
  }
}
