package org.mpotr.chat.transport;

import java.io.IOException;

/** The relay sends what no relay sends. The message never repeats it. */
final class BadRelayException extends IOException {

  private static final long serialVersionUID = 1;

  BadRelayException(String message) {
    super(message);
  }
}
