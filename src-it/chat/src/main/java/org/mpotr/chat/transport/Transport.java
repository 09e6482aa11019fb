package org.mpotr.chat.transport;

/**
 * Broadcast of messages in one channel, at least once, in any order, by somebody who is not trusted
 * with anything else (PROTOCOL.md, section 13). Safe for use by many threads.
 */
public interface Transport extends AutoCloseable {

  /**
   * Puts a message into the queue to everybody in the channel, oneself included; does not block.
   * When too much waits the oldest is dropped: members repeat what matters.
   */
  void publish(byte[] message);

  /**
   * Starts to hand over the channel's messages, once; connects again by itself until it is closed.
   */
  void subscribe(Subscriber subscriber);

  /** Sends what waits, for a bounded time, and stops. */
  @Override
  void close();
}
