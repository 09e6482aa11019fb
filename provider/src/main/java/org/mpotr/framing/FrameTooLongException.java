package org.mpotr.framing;

import javax.crypto.IllegalBlockSizeException;

/**
 * Content whose frame would be longer than the session's frame limit allows (PROTOCOL.md, section
 * 4.1).
 */
public final class FrameTooLongException extends IllegalBlockSizeException {

  private static final long serialVersionUID = 1;

  FrameTooLongException(int limit) {
    super("the frame would be longer than the " + limit + " bytes that the session allows");
  }
}
