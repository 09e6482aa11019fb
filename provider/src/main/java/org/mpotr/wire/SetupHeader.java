package org.mpotr.wire;

/**
 * What every message of a set-up after its HELLOs starts with, and what the seals in it cover as
 * associated data (PROTOCOL.md, section 4.2).
 *
 * @param type introduction, share or attest
 * @param sid the session id, 32 bytes
 * @param sender the sender's place in the roster, from 0
 */
public record SetupHeader(MessageType type, Bytes sid, int sender) {

  /** Bytes of the header. */
  public static final int BYTES = 2 + Message.HASH_BYTES + 2;

  static SetupHeader read(MessageType type, WireReader reader) throws WireException {
    Bytes sid = reader.bytes(Message.HASH_BYTES, "sid");
    int sender = reader.uint16("sender");
    if (sender >= Message.MAX_MEMBERS) {
      throw WireException.malformed("sender is out of range");
    }
    return new SetupHeader(type, sid, sender);
  }

  /** Version, type, sid and sender: 36 bytes. */
  public Bytes encoded() {
    return Bytes.of(write().finish());
  }

  WireWriter write() {
    return new WireWriter().uint8(Message.VERSION).uint8(type.code()).opaque(sid).uint16(sender);
  }
}
