package org.mpotr.chat.relay;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Server-sent events to one listener. Nothing is kept for it: it is handed the channel's messages
 * as fast as it takes them, and cut off when it takes none for too long.
 */
final class EventStream implements Listener {

  /** How much is on its way to the listener before it gets more, at least one message. */
  private static final int WINDOW_BYTES = 1 << 16;

  private static final Buffer GONE =
      Buffer.buffer("event: gone\ndata: some messages are no longer here\n\n");
  private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

  private final Channel channel;
  private final HttpServerResponse response;
  private final Metrics metrics;
  private final RelayObserver observer;
  private final Duration slowest;
  private final Duration silence;
  private final Promise<Void> finished = Promise.promise();
  private long next;
  private boolean isGone;
  private int present;
  private int shown;
  private long unsent;
  private long progress;
  private boolean isWriting;
  private boolean isEnding;
  private boolean isFinishing;
  private boolean hasEnded;

  EventStream(
      Channel channel,
      HttpServerResponse response,
      Metrics metrics,
      RelayObserver observer,
      RelayLimits.Patience patience) {
    this.channel = channel;
    this.response = response;
    this.metrics = metrics;
    this.observer = observer;
    this.slowest = patience.slowReader();
    this.silence = patience.heartbeat();
  }

  /**
   * Starts with the messages from a place on; {@code left} is run once when the listener is gone.
   */
  void start(Optional<Position> from, Runnable left) {
    isGone = from.map(channel::isGone).orElse(false);
    next = from.map(channel::start).orElse(channel.first());
    response.closeHandler(v -> ended());
    finished.future().onComplete(v -> left.run());
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("X-Accel-Buffering", "no");
    response.writeHead();
    write(HEARTBEAT);
    wake();
  }

  @Override
  public void wake() {
    // A write that is done at once wakes the listener from within.
    if (isWriting || hasEnded) {
      return;
    }
    isWriting = true;
    while (!hasEnded && unsent < WINDOW_BYTES && writeOne()) {
      // One after the other, until the listener has enough or everything.
    }
    isWriting = false;
    if (isFinishing && !isEnding && !hasEnded && unsent < WINDOW_BYTES) {
      isEnding = true;
      response.end().onComplete(v -> ended());
    }
  }

  private boolean writeOne() {
    if (isGone || next < channel.first()) {
      isGone = false;
      next = Math.max(next, channel.first());
      write(GONE);
      return true;
    }
    if (present != shown) {
      shown = present;
      write(Buffer.buffer("event: present\ndata: " + present + "\n\n"));
      return true;
    }
    Optional<Message> message = channel.at(next);
    message.ifPresent(
        m -> {
          next++;
          metrics.delivered();
          write(m.event());
        });
    return message.isPresent();
  }

  /** The write queue of the response counts messages, which may be large: this counts bytes. */
  private void write(Buffer text) {
    if (unsent == 0) {
      progress = System.nanoTime();
    }
    unsent += text.length();
    response
        .write(text)
        .onComplete(
            result -> {
              unsent -= text.length();
              progress = System.nanoTime();
              wake();
            });
    if (observer != RelayObserver.NONE) {
      observer.sent(text.toString(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void cutOffIfSlow() {
    if (!hasEnded && unsent > 0 && System.nanoTime() - progress > slowest.toNanos()) {
      metrics.cutOff();
      ended();
      response.reset();
    }
  }

  private void ended() {
    if (!hasEnded) {
      hasEnded = true;
      finished.complete();
    }
  }

  @Override
  public void present(int listeners) {
    present = listeners;
    wake();
  }

  @Override
  public void heartbeat() {
    boolean isSilent = unsent == 0 && System.nanoTime() - progress >= silence.toNanos();
    if (isSilent && !hasEnded && !isEnding) {
      write(HEARTBEAT);
    }
  }

  @Override
  public Future<Void> finish() {
    isFinishing = true;
    wake();
    return finished.future();
  }
}
