package org.mpotr.chat.demo;

/** Something in the demonstration did not come about. */
public final class DemoFailedException extends Exception {

  private static final long serialVersionUID = 1;

  DemoFailedException(String what) {
    super(what);
  }
}
