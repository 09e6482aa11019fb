package org.mpotr.chat.relay;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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

  private static final Buffer GONE =
      Buffer.buffer("event: gone\ndata: some messages are no longer here\n\n");
  private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

  private final Vertx vertx;
  private final Channel channel;
  private final HttpServerResponse response;
  private final Metrics metrics;
  private final RelayObserver observer;
  private final Duration slowest;
  private final Promise<Void> finished = Promise.promise();
  private long next;
  private boolean isGone;
  private int present;
  private int shown;
  private boolean isFull;
  private long cutOff;
  private boolean isFinishing;
  private boolean hasEnded;

  EventStream(
      Vertx vertx,
      Channel channel,
      HttpServerResponse response,
      Metrics metrics,
      RelayObserver observer,
      Duration slowest) {
    this.vertx = vertx;
    this.channel = channel;
    this.response = response;
    this.metrics = metrics;
    this.observer = observer;
    this.slowest = slowest;
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
    heartbeat();
    wake();
  }

  @Override
  public void wake() {
    if (isFull || hasEnded) {
      return;
    }
    while (!response.writeQueueFull() && writeOne()) {
      // One after the other, until the listener has enough or everything.
    }
    if (response.writeQueueFull()) {
      awaitDrain();
    } else if (isFinishing) {
      response.end();
      ended();
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

  private void awaitDrain() {
    isFull = true;
    cutOff =
        vertx.setTimer(
            slowest.toMillis(),
            timer -> {
              metrics.cutOff();
              response.reset();
              ended();
            });
    response.drainHandler(
        v -> {
          vertx.cancelTimer(cutOff);
          isFull = false;
          wake();
        });
  }

  private void write(Buffer text) {
    response.write(text);
    if (observer != RelayObserver.NONE) {
      observer.sent(text.toString(StandardCharsets.US_ASCII));
    }
  }

  private void ended() {
    if (!hasEnded) {
      hasEnded = true;
      vertx.cancelTimer(cutOff);
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
    if (!isFull && !hasEnded) {
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
