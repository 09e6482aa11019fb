package org.mpotr.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Round 2 of a set-up (PROTOCOL.md, section 4.4): who the sender is, sealed for those who prove to
 * hold the ephemeral key they announced, and the commitment to a contribution.
 *
 * @param introKeyHash the hash of the key under which the body is sealed, 32 bytes
 * @param sealedBody nickname, identity and, in mode signature, the identity signature: {@value
 *     #BODY_BYTES} or {@value #SIGNED_BODY_BYTES} bytes with the tag
 * @param sealedKeys the key of the body for each other member, in roster order, {@value
 *     #SEALED_KEY_BYTES} bytes each
 * @param commitment the hash of the contribution, 32 bytes
 */
public record Introduction(
    SetupHeader header,
    Bytes introKeyHash,
    Bytes sealedBody,
    List<Bytes> sealedKeys,
    Bytes commitment,
    Bytes signature)
    implements SignedMessage {

  /** Bytes of a sealed body without an identity signature. */
  public static final int BODY_BYTES = 159 + Message.HASH_BYTES;

  /** Bytes of a sealed body with an identity signature. */
  public static final int SIGNED_BODY_BYTES = 224 + Message.HASH_BYTES;

  /** Bytes of a sealed key: 16 of the key, one flag, and the tag. */
  public static final int SEALED_KEY_BYTES = 16 + 1 + Message.HASH_BYTES;

  /** Checks nothing but the copy of the list. */
  public Introduction {
    sealedKeys = List.copyOf(sealedKeys);
  }

  static Introduction read(WireReader reader) throws WireException {
    SetupHeader header = SetupHeader.read(MessageType.INTRODUCTION, reader);
    Bytes introKeyHash = reader.bytes(HASH_BYTES, "hash of the intro key");
    Bytes sealedBody = Bytes.of(reader.vector(BODY_BYTES, SIGNED_BODY_BYTES, "body"));
    if (sealedBody.length() != BODY_BYTES && sealedBody.length() != SIGNED_BODY_BYTES) {
      throw WireException.malformed("body has neither of its two lengths");
    }
    WireReader keys =
        reader.nested(SEALED_KEY_BYTES, (MAX_MEMBERS - 1) * SEALED_KEY_BYTES, "sealed keys");
    List<Bytes> sealedKeys = new ArrayList<>();
    while (keys.hasMore()) {
      sealedKeys.add(keys.bytes(SEALED_KEY_BYTES, "sealed key"));
    }
    return new Introduction(
        header,
        introKeyHash,
        sealedBody,
        sealedKeys,
        reader.bytes(HASH_BYTES, "commitment"),
        reader.bytes(SIGNATURE_BYTES, "signature"));
  }

  /** The same with another signature. */
  public Introduction signed(Bytes newSignature) {
    return new Introduction(header, introKeyHash, sealedBody, sealedKeys, commitment, newSignature);
  }

  @Override
  public Bytes unsigned() {
    WireWriter writer = header.write().opaque(introKeyHash).vector(sealedBody);
    writer.prefix(sealedKeys.size() * SEALED_KEY_BYTES);
    for (Bytes sealedKey : sealedKeys) {
      writer.opaque(sealedKey);
    }
    return Bytes.of(writer.opaque(commitment).finish());
  }
}
