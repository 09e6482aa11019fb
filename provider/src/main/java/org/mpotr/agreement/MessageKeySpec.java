package org.mpotr.agreement;

import java.security.spec.EncodedKeySpec;

/**
 * The bytes of a message, for {@code KeyFactory} "mpOTR" to make a key of (PROTOCOL.md, section
 * 4.9).
 */
public final class MessageKeySpec extends EncodedKeySpec {

  /** The message of these bytes, which are copied and checked only by the key factory. */
  public MessageKeySpec(byte[] encodedMessage) {
    super(encodedMessage, "mpOTR");
  }

  @Override
  public String getFormat() {
    return MessageKey.FORMAT;
  }
}
