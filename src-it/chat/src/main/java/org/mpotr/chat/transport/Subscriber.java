package org.mpotr.chat.transport;

/** Who gets the messages of a channel; called in one thread at a time. */
public interface Subscriber {

  /**
   * A message came; reading pauses until this returns.
   *
   * @param source a hint where it comes from, or nothing
   */
  void received(byte[] message, String source);

  /** So many others seem to be there: a hint to be shown, and nothing else. */
  default void present(int others) {}

  /**
   * The connection is up, or down and tried again.
   *
   * @param reason for people
   */
  default void connection(boolean isUp, String reason) {}
}
