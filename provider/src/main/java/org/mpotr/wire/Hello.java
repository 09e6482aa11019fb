package org.mpotr.wire;

import org.mpotr.error.ErrorCode;

/**
 * Round 1 of a set-up (PROTOCOL.md, section 4.3): who takes part, by keys made for this attempt
 * alone. It names nobody.
 *
 * @param nonce n, 32 bytes
 * @param agreementKey X, 65 bytes
 * @param signatureKey E, 65 bytes
 */
public record Hello(Bytes nonce, Bytes agreementKey, Bytes signatureKey) implements Message {

  /** The only suite of version 1 that is defined so far. */
  public static final int SUITE = 0x0001;

  /** Bytes of the whole message. */
  public static final int BYTES = 2 + 2 + HASH_BYTES + 2 * POINT_BYTES;

  static Hello read(WireReader reader) throws WireException {
    if (reader.uint16("suite") != SUITE) {
      throw new WireException(ErrorCode.UNSUPPORTED_SUITE, "only suite 0x0001 is run here");
    }
    return new Hello(
        reader.bytes(HASH_BYTES, "nonce"),
        reader.bytes(POINT_BYTES, "agreement key"),
        reader.bytes(POINT_BYTES, "signature key"));
  }

  @Override
  public MessageType type() {
    return MessageType.HELLO;
  }

  @Override
  public Bytes encoded() {
    return Bytes.of(
        new WireWriter()
            .uint8(VERSION)
            .uint8(type().code())
            .uint16(SUITE)
            .opaque(nonce)
            .opaque(agreementKey)
            .opaque(signatureKey)
            .finish());
  }
}
