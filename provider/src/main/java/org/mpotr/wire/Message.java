package org.mpotr.wire;

import org.mpotr.error.ErrorCode;

/**
 * A message of the protocol, version 1, structurally sound and within its bounds (PROTOCOL.md,
 * section 2.2). What needs arithmetic or keys to be judged, points and signatures among it, is not
 * judged here.
 */
public sealed interface Message permits Start, Hello, SignedMessage, Frame, Keys, KeysSeen {

  /** The version of the protocol, the first byte of every message. */
  int VERSION = 1;

  /** The largest message of any type, in bytes. */
  int MAX_BYTES = 1 << 20;

  /** The largest group. */
  int MAX_MEMBERS = 256;

  /** Bytes of a session id, of every other hash that travels, and of the tag of a seal. */
  int HASH_BYTES = 32;

  /** Bytes of an uncompressed point. */
  int POINT_BYTES = 65;

  /** Bytes of a signature. */
  int SIGNATURE_BYTES = 64;

  /** The type of this message. */
  MessageType type();

  /** The one encoding of this message. */
  Bytes encoded();

  /**
   * The message that these bytes encode, whole.
   *
   * @throws WireException {@link ErrorCode#MALFORMED}, {@link ErrorCode#UNSUPPORTED_VERSION} or
   *     {@link ErrorCode#UNSUPPORTED_SUITE}; never another exception, whatever the bytes
   */
  static Message decode(byte[] encoded) throws WireException {
    if (encoded.length > MAX_BYTES) {
      throw WireException.malformed("the message is too long");
    }
    WireReader reader = new WireReader(encoded);
    if (reader.uint8("version") != VERSION) {
      throw new WireException(ErrorCode.UNSUPPORTED_VERSION, "only version 1 is spoken here");
    }
    Message message =
        switch (MessageType.of(reader.uint8("type"))) {
          case HELLO -> Hello.read(reader);
          case INTRODUCTION -> Introduction.read(reader);
          case SHARE -> Share.read(reader);
          case ATTEST -> Attest.read(reader);
          case START -> Start.read(reader);
          case ABORT -> Abort.read(reader);
          case KEYS -> Keys.read(reader);
          case KEYS_SEEN -> KeysSeen.read(reader);
          case FRAME -> Frame.read(encoded, reader);
        };
    reader.finish("the message");
    return message;
  }
}
