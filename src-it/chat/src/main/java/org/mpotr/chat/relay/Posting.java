package org.mpotr.chat.relay;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** The body of a request on its way in: bounded in size, time, and together with all others. */
final class Posting {

  /** What becomes of a body. */
  interface Outcome {

    /** It is there. */
    void complete(Buffer body);

    /** It is not a message, or does not come. */
    void refused(Buffer part, RelayRefusal refusal);
  }

  /** How much of all bodies is in memory. */
  static final class Room {

    private final long bound;
    private long taken;

    Room(long bound) {
      this.bound = bound;
    }
  }

  /** Whoever sends so many times too much does not get to read why it is refused. */
  private static final int FAR_TOO_LONG = 3;

  private final HttpServerRequest request;
  private final int longest;
  private final Room room;
  private final Outcome outcome;
  private Buffer body = Buffer.buffer();
  private long received;
  private boolean isDecided;

  Posting(HttpServerRequest request, int longest, Room room, Outcome outcome) {
    this.request = request;
    this.longest = longest;
    this.room = room;
    this.outcome = outcome;
  }

  void read(Vertx vertx, Duration patience) {
    long timer =
        vertx.setTimer(
            patience.toMillis(),
            t -> {
              refuse(new RelayRefusal(RelayRefusal.TIMEOUT, "the message takes too long"));
              request.connection().close();
            });
    request.handler(this::add);
    request.endHandler(
        v -> {
          vertx.cancelTimer(timer);
          if (!isDecided) {
            decide();
            check();
          }
        });
    request.exceptionHandler(
        e -> {
          vertx.cancelTimer(timer);
          decide();
        });
  }

  private void add(Buffer chunk) {
    received += chunk.length();
    if (received > (long) longest * FAR_TOO_LONG) {
      request.connection().close();
    }
    if (isDecided) {
      return;
    }
    if (received > longest) {
      refuse(new RelayRefusal(RelayRefusal.TOO_LARGE, "the message is too long"));
    } else if (room.taken + chunk.length() > room.bound) {
      refuse(RelayRefusal.tooMany("too many messages at once"));
    } else {
      room.taken += chunk.length();
      body.appendBuffer(chunk);
    }
  }

  /**
   * Printable ASCII, which is all that the relay asks of a message: it needs line breaks to tell
   * messages apart, and looks no further.
   */
  private void check() {
    boolean isPrintable = body.length() > 0;
    for (int i = 0; i < body.length(); i++) {
      isPrintable &= body.getByte(i) >= ' ' && body.getByte(i) <= '~';
    }
    if (isPrintable) {
      outcome.complete(body);
    } else {
      outcome.refused(
          body, new RelayRefusal(RelayRefusal.BAD_REQUEST, "a message is printable ASCII"));
    }
  }

  private void refuse(RelayRefusal refusal) {
    if (!isDecided) {
      decide();
      outcome.refused(body, refusal);
      body = Buffer.buffer();
    }
  }

  private void decide() {
    if (!isDecided) {
      isDecided = true;
      room.taken -= body.length();
    }
  }
}
