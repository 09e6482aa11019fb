package org.mpotr.chat.transport;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mpotr.wire.Armour;
import org.mpotr.wire.WireException;

/** Calls a subscriber, in one thread of its own, which lives while there is something to do. */
final class Handover {

  private static final System.Logger LOG = System.getLogger(Handover.class.getName());
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
  private volatile String lastId = "";

  Handover(Subscriber subscriber) {
    this.subscriber = subscriber;
    thread.allowCoreThreadTimeOut(true);
  }

  /** Hands over, then runs what is next; whoever calls waits for that before calling again. */
  void events(List<Event> events, Runnable next) {
    execute(
        () -> {
          for (Event event : events) {
            try {
              event(event);
            } catch (RuntimeException e) {
              // The kind only; and whoever fails at one message still gets the next.
              LOG.log(
                  System.Logger.Level.WARNING, "a subscriber failed: " + e.getClass().getName());
            }
          }
          next.run();
        });
  }

  private void event(Event event) {
    if (thread.isShutdown()) {
      return;
    }
    if (event instanceof Event.Message message) {
      message(message);
    } else if (event instanceof Event.Present present) {
      subscriber.present(Math.max(0, present.listeners() - 1));
    } else {
      subscriber.connection(true, "the relay no longer has some of the messages");
    }
  }

  private void message(Event.Message message) {
    byte[] decoded;
    try {
      decoded = Armour.decode(message.text());
    } catch (WireException e) {
      // Anybody can post anything to a channel. It is none of ours.
      lastId = message.id();
      return;
    }
    subscriber.received(decoded, "");
    lastId = message.id();
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

  /** The place of the last message that was handed over, or empty. */
  String lastId() {
    return lastId;
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
