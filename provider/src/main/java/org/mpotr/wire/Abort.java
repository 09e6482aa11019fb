package org.mpotr.wire;

/**
 * The notice that a set-up has failed for its sender (PROTOCOL.md, section 12). It says no more
 * than which kind of check, and can shorten a timeout and do nothing else.
 *
 * @param check 1 set-up failed, 2 timeout, 3 not admitted
 */
public record Abort(SetupHeader header, int check, Bytes signature) implements SignedMessage {

  /** A check of section 4 failed. */
  public static final int FAILED = 1;

  /** Messages were missing for too long. */
  public static final int TIMEOUT = 2;

  /** The sender's policy does not admit somebody. */
  public static final int NOT_ADMITTED = 3;

  static Abort read(WireReader reader) throws WireException {
    SetupHeader header = SetupHeader.read(MessageType.ABORT, reader);
    int check = reader.uint8("check");
    if (check < FAILED || check > NOT_ADMITTED) {
      throw WireException.malformed("check is unknown");
    }
    return new Abort(header, check, reader.bytes(SIGNATURE_BYTES, "signature"));
  }

  /** The same with another signature. */
  public Abort signed(Bytes newSignature) {
    return new Abort(header, check, newSignature);
  }

  @Override
  public Bytes unsigned() {
    return Bytes.of(header.write().uint8(check).finish());
  }
}
