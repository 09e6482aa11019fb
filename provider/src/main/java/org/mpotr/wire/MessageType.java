package org.mpotr.wire;

/** The second byte of every message (PROTOCOL.md, section 2.2). */
public enum MessageType {
  /** The proposal of a set-up, section 9. */
  START(1),
  /** Round 1 of a set-up, section 4. */
  HELLO(2),
  /** Round 2 of a set-up, section 4. */
  INTRODUCTION(3),
  /** Round 3 of a set-up, section 4. */
  SHARE(4),
  /** Round 4 of a set-up, section 4. */
  ATTEST(5),
  /** Everything that members say under the key of an epoch, section 6. */
  FRAME(6),
  /** The end of a set-up that failed, section 12. */
  ABORT(7),
  /** The keys of a closed epoch, section 8. */
  KEYS(8),
  /** The receipt for the keys of a closed epoch, section 8. */
  KEYS_SEEN(9);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  /** The byte on the wire. */
  public int code() {
    return code;
  }

  static MessageType of(int code) throws WireException {
    for (MessageType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw WireException.malformed("the message has an unknown type");
  }
}
