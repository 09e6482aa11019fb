package org.mpotr.wire;

/**
 * The receipt for the keys of a closed epoch (PROTOCOL.md, section 8). Nothing waits for it and
 * nothing proves it.
 *
 * @param sid the session id, 32 bytes
 * @param member the id of the member whose keys were seen, 16 bytes
 * @param hash of its KEYS message, 32 bytes
 */
public record KeysSeen(Bytes sid, Bytes member, Bytes hash) implements Message {

  static KeysSeen read(WireReader reader) throws WireException {
    return new KeysSeen(
        reader.bytes(HASH_BYTES, "sid"),
        reader.bytes(16, "member"),
        reader.bytes(HASH_BYTES, "hash"));
  }

  @Override
  public MessageType type() {
    return MessageType.KEYS_SEEN;
  }

  @Override
  public Bytes encoded() {
    return Bytes.of(
        new WireWriter()
            .uint8(VERSION)
            .uint8(type().code())
            .opaque(sid)
            .opaque(member)
            .opaque(hash)
            .finish());
  }
}
