package org.mpotr.session.verification;

import java.util.Arrays;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/** Whom the content of a private frame is for: its first byte says it (PROTOCOL.md, section 10). */
public enum PrivateKind {
  /** For the application, as another member's application said it. */
  APPLICATION(0),
  /** A message of the socialist millionaires' protocol. */
  SMP(1);

  private final int code;

  PrivateKind(int code) {
    this.code = code;
  }

  /** What is sealed: the kind and the content. To be cleared by the caller. */
  public byte[] with(byte[] content) {
    return new WireWriter(content.length + 1).uint8(code).opaque(content).finish();
  }

  /**
   * The kind of what was opened.
   *
   * @throws WireException when there is no such kind
   */
  public static PrivateKind of(byte[] opened) throws WireException {
    int code = new WireReader(opened).uint8("kind of private content");
    for (PrivateKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw WireException.malformed("an unknown kind of private content");
  }

  /** The content of what was opened, without its kind. */
  public static byte[] contentOf(byte[] opened) {
    return Arrays.copyOfRange(opened, 1, opened.length);
  }
}
