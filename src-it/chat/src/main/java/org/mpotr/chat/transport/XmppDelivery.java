package org.mpotr.chat.transport;

import java.util.concurrent.Semaphore;

/** Hands over what a room sends; when the subscriber lags behind, who delivers waits. */
final class XmppDelivery {

  private static final int ROOM_BYTES = 8 << 20;
  private static final int OVERHEAD_BYTES = 256;

  private final Semaphore room = new Semaphore(ROOM_BYTES, true);
  private final Delivery delivery;

  XmppDelivery(Subscriber subscriber) {
    this.delivery = new Delivery(subscriber);
  }

  void message(byte[] message, String source) throws InterruptedException {
    int size = message.length + OVERHEAD_BYTES;
    room.acquire(size);
    delivery.run(
        () -> {
          delivery.received(message, source);
          room.release(size);
        });
  }

  void present(int others) {
    delivery.run(() -> delivery.present(others));
  }

  /** The connection is up or down, and why; said once. */
  void connection(boolean nowUp, String reason) {
    delivery.connection(nowUp, reason);
  }

  /** Something is wrong, but not with the connection. */
  void complaint(String reason) {
    delivery.run(() -> delivery.complain(reason));
  }

  /** Whether somebody waits for the subscriber. */
  boolean isFull() {
    return room.hasQueuedThreads();
  }

  void close() {
    delivery.close();
  }
}
