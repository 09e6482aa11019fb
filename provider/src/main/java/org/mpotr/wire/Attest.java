package org.mpotr.wire;

/**
 * Round 4 of a set-up (PROTOCOL.md, section 4.6): what the sender believes everybody holds in
 * common.
 *
 * @param transcript T3, 32 bytes
 * @param parametersHash the hash of the parameters, 32 bytes
 * @param confirmation the MAC under the key that only the members hold, over the roster too, 32
 *     bytes
 */
public record Attest(
    SetupHeader header, Bytes transcript, Bytes parametersHash, Bytes confirmation, Bytes signature)
    implements SignedMessage {

  /** Bytes of the whole message. */
  public static final int BYTES = SetupHeader.BYTES + 3 * HASH_BYTES + SIGNATURE_BYTES;

  static Attest read(WireReader reader) throws WireException {
    return new Attest(
        SetupHeader.read(MessageType.ATTEST, reader),
        reader.bytes(HASH_BYTES, "transcript"),
        reader.bytes(HASH_BYTES, "hash of the parameters"),
        reader.bytes(HASH_BYTES, "confirmation"),
        reader.bytes(SIGNATURE_BYTES, "signature"));
  }

  /** The same with another signature. */
  public Attest signed(Bytes newSignature) {
    return new Attest(header, transcript, parametersHash, confirmation, newSignature);
  }

  @Override
  public Bytes unsigned() {
    return Bytes.of(
        header.write().opaque(transcript).opaque(parametersHash).opaque(confirmation).finish());
  }
}
