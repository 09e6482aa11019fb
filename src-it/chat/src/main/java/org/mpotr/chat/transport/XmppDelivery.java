package org.mpotr.chat.transport;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Calls a subscriber in one thread of its own; when it lags behind, who delivers waits. */
final class XmppDelivery {

  private static final long IDLE_SECONDS = 10;
  private static final int ROOM_BYTES = 8 << 20;
  private static final int OVERHEAD_BYTES = 256;

  private final Semaphore room = new Semaphore(ROOM_BYTES, true);
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread created = new Thread(task, "xmpp delivery");
            created.setDaemon(true);
            return created;
          });
  private final Subscriber subscriber;
  private boolean isUp;
  private String lastReason = "";

  XmppDelivery(Subscriber subscriber) {
    this.subscriber = subscriber;
    thread.allowCoreThreadTimeOut(true);
  }

  void message(byte[] message, String source) throws InterruptedException {
    int size = message.length + OVERHEAD_BYTES;
    room.acquire(size);
    execute(
        () -> {
          try {
            if (!thread.isShutdown()) {
              subscriber.received(message, source);
            }
          } finally {
            room.release(size);
          }
        });
  }

  void present(int others) {
    execute(() -> subscriber.present(others));
  }

  /** The connection is up or down, and why; said once. */
  void connection(boolean nowUp, String reason) {
    execute(
        () -> {
          if (nowUp != isUp || !reason.equals(lastReason)) {
            isUp = nowUp;
            lastReason = reason;
            subscriber.connection(nowUp, reason);
          }
        });
  }

  /** Something is wrong, but not with the connection. */
  void complaint(String reason) {
    execute(() -> subscriber.connection(isUp, reason));
  }

  /** Whether somebody waits for the subscriber. */
  boolean isFull() {
    return room.hasQueuedThreads();
  }

  void close() {
    thread.shutdown();
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed: nobody wants to hear of it any more.
    }
  }
}
