package org.mpotr.session.files;

import org.mpotr.error.ErrorCode;

/**
 * Why a file, or a part of one, cannot be sent or is not accepted (PROTOCOL.md, sections 11 and
 * 12). Its message names the rule and never quotes content or names.
 */
public final class FileException extends Exception {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  FileException(ErrorCode code, String what) {
    super(code + ": " + what);
    this.code = code;
  }

  FileException(ErrorCode code, String what, Throwable cause) {
    super(code + ": " + what, cause);
    this.code = code;
  }

  /**
   * {@link ErrorCode#MALFORMED}, {@link ErrorCode#VERIFICATION_FAILED}, {@link ErrorCode#GAP},
   * {@link ErrorCode#CONFLICT}, {@link ErrorCode#RATE_LIMITED}, {@link ErrorCode#EXPIRED}, {@link
   * ErrorCode#CLOSED}, {@link ErrorCode#UNKNOWN_EPOCH} or {@link ErrorCode#STORAGE}.
   */
  public ErrorCode code() {
    return code;
  }
}
