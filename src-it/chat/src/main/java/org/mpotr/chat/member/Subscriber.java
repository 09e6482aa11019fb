package org.mpotr.chat.member;

/** Who gets the messages of a channel, one call after the other. */
public interface Subscriber {

  /** A message came. The next one waits until this call returns. */
  void received(String message) throws InterruptedException;

  /** No more will come. */
  void disconnected(TransportException reason);
}
