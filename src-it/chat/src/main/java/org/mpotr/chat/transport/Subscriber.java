package org.mpotr.chat.transport;

/** Who gets the messages of a channel. Called in one thread at a time. */
public interface Subscriber {

  /**
   * A message came. While this does not return, reading pauses.
   *
   * @param source a hint where it came from, or empty
   */
  void received(byte[] message, String source);

  /** How many others seem to be there: a hint only, shown and never relied upon. */
  default void present(int others) {}

  /**
   * The connection has changed.
   *
   * @param reason in words for people
   */
  default void connection(boolean isUp, String reason) {}
}
