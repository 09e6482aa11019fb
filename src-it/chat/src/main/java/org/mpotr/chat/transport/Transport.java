package org.mpotr.chat.transport;

/** Broadcast of messages in one channel, at least once, in any order (PROTOCOL.md, section 13). */
public interface Transport extends AutoCloseable {

  /**
   * Puts a message into the queue to everybody in the channel, oneself included; does not block. A
   * full queue drops its oldest: the session engine repeats what matters.
   *
   * @param message of at most one MiB; it is copied
   * @throws IllegalArgumentException when the message is longer
   */
  void publish(byte[] message);

  /** Starts to hand over the channel's messages; called once. Reconnects by itself until closed. */
  void subscribe(Subscriber subscriber);

  /** Sends what waits, for a bounded time, then stops. */
  @Override
  void close();
}
