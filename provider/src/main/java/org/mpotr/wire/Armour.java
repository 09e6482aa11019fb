package org.mpotr.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text armour for transports that carry only text: {@code ?mpOTR:}, the message in base64 (RFC
 * 4648, section 4, with padding and without line breaks), and a full stop (PROTOCOL.md, section
 * 2.3).
 */
public final class Armour {

  /** What an armoured message starts with. */
  public static final String PREFIX = "?mpOTR:";

  /** What an armoured message ends with. */
  public static final String SUFFIX = ".";

  private Armour() {}

  /** The armoured form of a message, ASCII, {@code 8 + 4·⌈n/3⌉} characters for {@code n} bytes. */
  public static String encode(byte[] message) {
    return PREFIX + Base64.getEncoder().encodeToString(message) + SUFFIX;
  }

  /** Whether a text claims to be an armoured message. */
  public static boolean isArmoured(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * The message of an armoured text, of at most {@value Message#MAX_BYTES} bytes.
   *
   * @throws WireException when the text is not exactly what {@link #encode} makes of some message
   */
  public static byte[] decode(String text) throws WireException {
    int from = PREFIX.length();
    int to = text.length() - SUFFIX.length();
    if (!isArmoured(text) || to < from || !text.endsWith(SUFFIX)) {
      throw WireException.malformed("the armour lacks its start or end");
    }
    if (to - from > (Message.MAX_BYTES + 2) / 3 * 4) {
      throw WireException.malformed("the armoured message is too long");
    }
    String body = text.substring(from, to);
    byte[] message;
    try {
      message = Base64.getDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw WireException.malformed("the armour is not base64");
    }
    // The decoder takes missing padding and stray low bits; there is only one right form.
    if (!Base64.getEncoder().encodeToString(message).equals(body)) {
      throw WireException.malformed("the armour is not canonical");
    }
    return message;
  }
}
