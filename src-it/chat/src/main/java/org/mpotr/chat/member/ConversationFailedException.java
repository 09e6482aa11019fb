package org.mpotr.chat.member;

import org.mpotr.error.ErrorCode;

/** A conversation that cannot begin or go on, in words for people. */
public final class ConversationFailedException extends Exception {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  ConversationFailedException(ErrorCode code, String message) {
    super(code + ": " + message);
    this.code = code;
  }

  /** What kind of failure it is. */
  public ErrorCode code() {
    return code;
  }
}
