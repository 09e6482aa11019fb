package org.mpotr.chat.transport;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls a subscriber, in one thread of its own, which lives while there is something to do. What
 * the subscriber throws keeps nobody from the next call.
 */
final class Delivery {

  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread created = new Thread(task, "transport");
            created.setDaemon(true);
            return created;
          });

  private final Subscriber subscriber;
  private boolean isUp;
  private String lastReason = "";

  Delivery(Subscriber subscriber) {
    this.subscriber = subscriber;
    thread.allowCoreThreadTimeOut(true);
  }

  /** Runs something in the thread, in its turn; not once it is closed. */
  void run(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed: nobody wants to hear of it any more.
    }
  }

  /** In the thread: a message, unless it is closed. */
  void received(byte[] message, String source) {
    guarded(() -> subscriber.received(message, source));
  }

  /** In the thread: so many others seem to be there. */
  void present(int others) {
    guarded(() -> subscriber.present(others));
  }

  /** In the thread: something is wrong, but not with the connection. */
  void complain(String reason) {
    guarded(() -> subscriber.connection(isUp, reason));
  }

  /** The connection is up or down, and why; said once, in its turn. */
  void connection(boolean nowUp, String reason) {
    run(
        () -> {
          if (nowUp != isUp || !reason.equals(lastReason)) {
            isUp = nowUp;
            lastReason = reason;
            guarded(() -> subscriber.connection(nowUp, reason));
          }
        });
  }

  private void guarded(Runnable call) {
    try {
      if (!thread.isShutdown()) {
        call.run();
      }
    } catch (RuntimeException e) {
      // The kind only: the message may be of what was said.
      LOG.log(System.Logger.Level.WARNING, "a subscriber failed: " + e.getClass().getName());
    }
  }

  void close() {
    thread.shutdown();
  }
}
