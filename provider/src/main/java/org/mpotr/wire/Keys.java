package org.mpotr.wire;

/**
 * The keys that a member publishes once an epoch is over (PROTOCOL.md, section 8). Until it is sent
 * it holds secrets; whoever has them can write in the member's name, which is their purpose.
 *
 * @param sid the session id, 32 bytes
 * @param member the member's id, 16 bytes
 * @param signatureScalar e, 32 bytes
 * @param frameMac the key of the tags of its frames, 64 bytes
 */
public record Keys(Bytes sid, Bytes member, Bytes signatureScalar, Bytes frameMac)
    implements Message {

  /** Bytes of the whole message. */
  public static final int BYTES = 2 + HASH_BYTES + 16 + 32 + 64;

  static Keys read(WireReader reader) throws WireException {
    return new Keys(
        reader.bytes(HASH_BYTES, "sid"),
        reader.bytes(16, "member"),
        reader.bytes(32, "signature scalar"),
        reader.bytes(64, "key of the tags"));
  }

  @Override
  public MessageType type() {
    return MessageType.KEYS;
  }

  @Override
  public Bytes encoded() {
    return Bytes.of(
        new WireWriter(BYTES)
            .uint8(VERSION)
            .uint8(type().code())
            .opaque(sid)
            .opaque(member)
            .opaque(signatureScalar)
            .opaque(frameMac)
            .finish());
  }

  /** Session and member; the keys are not shown. */
  @Override
  public String toString() {
    return "Keys[sid=" + sid + ", member=" + member + "]";
  }
}
