package org.mpotr.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * {@code seal(key, purpose, from, to)}: authenticated encryption of one short value, once
 * (PROTOCOL.md, section 4.2). AES-128-CTR from a zero counter block, then HMAC-SHA-512 over header
 * and ciphertext, cut to 32 bytes; both keys are derived for exactly this purpose and direction,
 * which is what makes the zero block safe.
 */
public final class Seal {

  /** Bytes that sealing adds. */
  public static final int TAG_BYTES = 32;

  private static final int MAC_KEY_BYTES = 48;
  private static final byte[] ZERO_BLOCK = new byte[AesCtr.IV_BYTES];

  private final byte[] key;
  private final Bytes sid;
  private final String purpose;
  private final Bytes from;
  private final Bytes to;

  /**
   * A seal for one value.
   *
   * @param key a pseudorandom key of 64 bytes, which stays the caller's to clear
   * @param purpose what is sealed; with the directions it must be unique under this key
   * @param from the member id of the sealer
   * @param to the member id of the opener, or nothing where it is meant for all who hold the key
   */
  public Seal(byte[] key, Bytes sid, String purpose, Bytes from, Bytes to) {
    this.key = key;
    this.sid = sid;
    this.purpose = purpose;
    this.from = from;
    this.to = to;
  }

  /** The ciphertext of {@code plaintext}, as long as it, and the tag. */
  public Bytes seal(Bytes header, byte[] plaintext) {
    byte[] keys = deriveKeys();
    try {
      byte[] ciphertext = encrypt(keys, plaintext);
      return Bytes.of(
          new WireWriter().opaque(ciphertext).opaque(tag(keys, header, ciphertext)).finish());
    } finally {
      Arrays.fill(keys, (byte) 0);
    }
  }

  /**
   * The plaintext of what was sealed with the same key, purpose, directions and header, to be
   * cleared by the caller; nothing when it was not.
   */
  public Optional<byte[]> open(Bytes header, Bytes sealed) {
    if (sealed.length() < TAG_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = sealed.toArray();
    byte[] ciphertext = Arrays.copyOf(bytes, bytes.length - TAG_BYTES);
    byte[] received = Arrays.copyOfRange(bytes, ciphertext.length, bytes.length);
    byte[] keys = deriveKeys();
    try {
      if (!MessageDigest.isEqual(received, tag(keys, header, ciphertext))) {
        return Optional.empty();
      }
      return Optional.of(encrypt(keys, ciphertext));
    } finally {
      Arrays.fill(keys, (byte) 0);
    }
  }

  private byte[] deriveKeys() {
    WireWriter info = WireWriter.labelled("seal " + purpose, sid).vector(from).vector(to);
    return Labelled.expand(key, info, AesCtr.KEY_BYTES + MAC_KEY_BYTES);
  }

  private static byte[] encrypt(byte[] keys, byte[] input) {
    byte[] key = Arrays.copyOf(keys, AesCtr.KEY_BYTES);
    try (AesCtr cipher = new AesCtr(key)) {
      byte[] output = new byte[input.length];
      cipher.process(ZERO_BLOCK, input, 0, input.length, output, 0);
      return output;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] tag(byte[] keys, Bytes header, byte[] ciphertext) {
    byte[] macKey = Arrays.copyOfRange(keys, AesCtr.KEY_BYTES, keys.length);
    WireWriter input = WireWriter.labelled("seal tag", sid).vector(header).vector(ciphertext);
    try (HmacSha512 mac = new HmacSha512(macKey)) {
      return Arrays.copyOf(mac.mac(input.finish()), TAG_BYTES);
    } finally {
      Arrays.fill(macKey, (byte) 0);
    }
  }
}
