package org.mpotr.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.wire.Bytes;

/**
 * What the application says: it goes out at once, or waits while somebody who would read it is
 * about to leave (PROTOCOL.md, section 8). Not thread-safe.
 */
final class Outbox {

  private record Pending(long number, FrameKind kind, byte[] content) {}

  private final Context context;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long numbers;

  Outbox(Context context) {
    this.context = context;
  }

  /**
   * Says something now.
   *
   * @throws IllegalStateException when the epoch has no room for more
   */
  long send(Epoch epoch, FrameKind kind, byte[] content) throws FrameTooLongException {
    epoch.requireFits(kind, content.length);
    if (!epoch.hasRoom()) {
      throw new IllegalStateException("send: this epoch has no room for more");
    }
    say(epoch, ++numbers, kind, content);
    return numbers;
  }

  private void say(Epoch epoch, long number, FrameKind kind, byte[] content)
      throws FrameTooLongException {
    Bytes id = epoch.say(kind, content);
    context.emit(new Event.Sent(number, epoch.sid(), id));
  }

  /** Keeps something for the epoch that follows. */
  long keep(Epoch epoch, FrameKind kind, byte[] content) throws FrameTooLongException {
    if (pending.size() >= Channel.MAX_PENDING) {
      throw new IllegalStateException("send: too much waits for the next epoch");
    }
    epoch.requireFits(kind, content.length);
    pending.add(new Pending(++numbers, kind, content.clone()));
    return numbers;
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Says what waited, as far as there is room. */
  void flush(Epoch epoch) {
    while (!pending.isEmpty() && epoch.hasRoom()) {
      Pending message = pending.remove();
      try {
        say(epoch, message.number(), message.kind(), message.content());
      } catch (FrameTooLongException e) {
        // The limits of the new epoch are smaller.
        context.emit(new Event.NotSent(message.number()));
      } finally {
        Arrays.fill(message.content(), (byte) 0);
      }
    }
  }

  /** Gives up what waits: there is no group any more that it was for. */
  void drop() {
    for (Pending message : pending) {
      Arrays.fill(message.content(), (byte) 0);
      context.emit(new Event.NotSent(message.number()));
    }
    pending.clear();
  }
}
