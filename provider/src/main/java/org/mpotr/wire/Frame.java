package org.mpotr.wire;

import org.mpotr.error.ErrorCode;

/**
 * A frame, sealed as it travels (PROTOCOL.md, section 6): its header, and where its parts begin.
 *
 * @param sidHint the first 8 bytes of the session id
 * @param sender the sender's place in the roster, from 0
 * @param encoded the whole frame
 */
public record Frame(Bytes sidHint, int sender, Bytes encoded) implements Message {

  /** Bytes of the session id that the header shows. */
  public static final int HINT_BYTES = 8;

  /** Bytes of the header: version, type, hint and sender. */
  public static final int HEADER_BYTES = 2 + HINT_BYTES + 2;

  /** Bytes of the initial counter block of AES-CTR. */
  public static final int IV_BYTES = 16;

  /** Bytes of the tag. */
  public static final int TAG_BYTES = 16;

  /** Bytes that a frame adds to its ciphertext. */
  public static final int OVERHEAD_BYTES = HEADER_BYTES + IV_BYTES + SIGNATURE_BYTES + TAG_BYTES;

  /** Where the ciphertext begins. */
  public static final int CIPHERTEXT_OFFSET = HEADER_BYTES + IV_BYTES;

  /** The least that is encrypted: kind, seq, no parents, no content. */
  public static final int MIN_INNER_BYTES = 1 + 8 + 1 + 1;

  /**
   * What a frame shows in the clear.
   *
   * @param sidHint the first 8 bytes of the session id
   * @param sender the sender's place in the roster, from 0
   */
  public record Header(Bytes sidHint, int sender) {

    /**
     * Reads the header of a frame and nothing behind it.
     *
     * @throws WireException when these bytes cannot be a frame
     */
    public static Header read(byte[] frame) throws WireException {
      WireReader reader = new WireReader(frame);
      if (reader.uint8("version") != VERSION) {
        throw new WireException(ErrorCode.UNSUPPORTED_VERSION, "only version 1 is spoken here");
      }
      if (reader.uint8("type") != MessageType.FRAME.code()) {
        throw WireException.malformed("the message is not a frame");
      }
      Bytes sidHint = reader.bytes(HINT_BYTES, "sid hint");
      int sender = reader.uint16("sender");
      if (sender >= MAX_MEMBERS) {
        throw WireException.malformed("sender is out of range");
      }
      if (frame.length < OVERHEAD_BYTES + MIN_INNER_BYTES || frame.length > MAX_BYTES) {
        throw WireException.malformed("the frame is too short or too long");
      }
      return new Header(sidHint, sender);
    }
  }

  static Frame read(byte[] whole, WireReader reader) throws WireException {
    Header header = Header.read(whole);
    reader.opaque(reader.remaining(), "frame");
    return new Frame(header.sidHint(), header.sender(), Bytes.of(whole));
  }

  /** Writes the header of a frame. */
  public static byte[] header(Bytes sid, int sender) {
    return new WireWriter()
        .uint8(VERSION)
        .uint8(MessageType.FRAME.code())
        .opaque(Bytes.leading(sid.shared(), HINT_BYTES))
        .uint16(sender)
        .finish();
  }

  @Override
  public MessageType type() {
    return MessageType.FRAME;
  }
}
