package org.mpotr.chat.transport;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What waits to be published, in its order. When there is no more room, the oldest is dropped. */
final class Outbox {

  /**
   * A message that waits.
   *
   * @param number its place in the order
   */
  record Parcel(long number, Buffer text) {}

  private final int maxMessages;
  private final long maxBytes;
  private final TreeMap<Long, Buffer> waiting = new TreeMap<>();
  private long numbered;
  private long bytes;
  private int underWay;

  Outbox(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  synchronized void add(Buffer text) {
    put(new Parcel(numbered++, text));
  }

  /** The next message, which is under way from now on. */
  synchronized Optional<Parcel> take() {
    Map.Entry<Long, Buffer> next = waiting.pollFirstEntry();
    if (next == null) {
      return Optional.empty();
    }
    bytes -= next.getValue().length();
    underWay++;
    return Optional.of(new Parcel(next.getKey(), next.getValue()));
  }

  /** It did not arrive, or nobody knows, and is to be taken again in its place. */
  synchronized void putBack(Parcel parcel) {
    put(parcel);
    done();
  }

  /** It need not be sent any more. */
  synchronized void done() {
    underWay--;
    notifyAll();
  }

  /** Waits until nothing waits any more, or the time is over. */
  synchronized void awaitEmpty(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (left > 0 && (underWay > 0 || !waiting.isEmpty())) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  private void put(Parcel parcel) {
    waiting.put(parcel.number(), parcel.text());
    bytes += parcel.text().length();
    while (waiting.size() > maxMessages || bytes > maxBytes) {
      bytes -= waiting.pollFirstEntry().getValue().length();
    }
  }
}
