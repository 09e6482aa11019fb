package org.mpotr.chat.member;

import java.io.IOException;

/** The transport cannot be reached, or does not do what it should. */
public final class TransportException extends IOException {

  private static final long serialVersionUID = 1;

  /** A failure in words for people. */
  public TransportException(String message) {
    super(message);
  }

  /** A failure with what it came from. */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
