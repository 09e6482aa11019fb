package org.mpotr.wire;

import org.mpotr.error.ErrorCode;

/**
 * Bytes that are refused before anything is done with them: {@link ErrorCode#MALFORMED}, {@link
 * ErrorCode#UNSUPPORTED_VERSION} or {@link ErrorCode#UNSUPPORTED_SUITE} (PROTOCOL.md, section 2).
 * Its message names the field and never quotes the input.
 */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  /** A refusal with its code and the field or rule concerned. */
  public WireException(ErrorCode code, String what) {
    super(code + ": " + what);
    this.code = code;
  }

  /** Bytes that are not in their one encoding. */
  public static WireException malformed(String what) {
    return new WireException(ErrorCode.MALFORMED, what);
  }

  /** Why the bytes were refused. */
  public ErrorCode code() {
    return code;
  }
}
