package org.mpotr.chat.member;

/**
 * Broadcast of armoured messages in one channel, at least once, in any order, by somebody who is
 * not trusted with anything else (PROTOCOL.md, section 13).
 */
public interface Transport extends AutoCloseable {

  /**
   * Sends a message to everybody in the channel, oneself included.
   *
   * @throws TransportException when nobody knows whether it was sent
   */
  void publish(String message) throws TransportException;

  /** Starts to hand over the channel's messages, from its first one on; called once. */
  void subscribe(Subscriber subscriber);

  /** Stops both. */
  @Override
  void close();
}
