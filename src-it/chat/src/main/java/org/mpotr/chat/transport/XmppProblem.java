package org.mpotr.chat.transport;

import java.io.IOException;

/** A connection cannot go on, in words for people. */
final class XmppProblem extends IOException {

  private static final long serialVersionUID = 1;

  XmppProblem(String message) {
    super(message);
  }
}
