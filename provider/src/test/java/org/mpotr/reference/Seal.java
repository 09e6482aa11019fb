package org.mpotr.reference;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The seal of section 4.2: one value, for one purpose and direction, under a key of its own. Part
 * of the second reading of the text.
 */
public final class Seal {
  private final byte[] sid;
  private final byte[] enc;
  private final byte[] mac;

  /** {@code seal(key, purpose, from, to)}. */
  public Seal(byte[] key, String purpose, byte[] sid, byte[] from, byte[] to) {
    byte[] both = Labelled.expand(key, 64, "seal " + purpose, sid, Struct.v(from), Struct.v(to));
    this.sid = sid;
    this.enc = Arrays.copyOf(both, 16);
    this.mac = Arrays.copyOfRange(both, 16, 64);
  }

  /** The key that encrypts, 16 bytes. */
  public byte[] enc() {
    return enc.clone();
  }

  /** The key that authenticates, 48 bytes. */
  public byte[] mac() {
    return mac.clone();
  }

  /** Ciphertext and tag. */
  public byte[] close(byte[] header, byte[] plaintext) {
    byte[] ciphertext = Labelled.aesCtr(enc, new byte[16], plaintext);
    return Struct.join(ciphertext, tag(header, ciphertext));
  }

  /** The plaintext, if the tag holds. */
  byte[] open(byte[] header, byte[] sealed) throws Refused {
    if (sealed.length < 32) {
      throw new Refused("malformed");
    }
    byte[] ciphertext = Arrays.copyOf(sealed, sealed.length - 32);
    byte[] tag = Arrays.copyOfRange(sealed, sealed.length - 32, sealed.length);
    if (!MessageDigest.isEqual(tag, tag(header, ciphertext))) {
      throw new Refused("bad-seal");
    }
    return Labelled.aesCtr(enc, new byte[16], ciphertext);
  }

  private byte[] tag(byte[] header, byte[] ciphertext) {
    byte[] input = Labelled.label("seal tag", sid, Struct.v(header), Struct.v(ciphertext));
    return Arrays.copyOf(Labelled.hmac(mac, input), 32);
  }
}
