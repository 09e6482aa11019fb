package org.mpotr.chat.relay;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/** One request that waits for messages and is answered once, with all there are. */
final class LongPoll implements Listener {

  /** Where the next request goes on. */
  static final String NEXT = "Mpotr-Next";

  /** Set when some messages are no longer there. */
  static final String GONE = "Mpotr-Gone";

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  /** The most bytes of one answer, unless a single message is longer. */
  private static final int ANSWER_BYTES = 1 << 20;

  private final Vertx vertx;
  private final Channel channel;
  private final HttpServerResponse response;
  private final Metrics metrics;
  private final Answers answers;
  private final Promise<Void> finished = Promise.promise();
  private long next;
  private boolean isGone;
  private long timeout;
  private boolean hasEnded;

  LongPoll(
      Vertx vertx, Channel channel, HttpServerResponse response, Metrics metrics, Answers answers) {
    this.vertx = vertx;
    this.channel = channel;
    this.response = response;
    this.metrics = metrics;
    this.answers = answers;
  }

  /** Whether it was answered at once, with what was there or because it must not wait. */
  boolean answerAtOnce(Optional<Position> from, Duration wait) {
    isGone = from.map(channel::isGone).orElse(false);
    next = from.map(channel::start).orElse(channel.first());
    wake();
    if (wait.isZero() && !hasEnded) {
      answerEmpty();
    }
    return hasEnded;
  }

  /** Waits; {@code left} is run once when that is over. */
  void start(Duration wait, Runnable left) {
    finished.future().onComplete(v -> left.run());
    response.closeHandler(v -> ended());
    timeout = vertx.setTimer(wait.toMillis(), timer -> answerEmpty());
  }

  @Override
  public void wake() {
    if (hasEnded || channel.at(Math.max(next, channel.first())).isEmpty()) {
      return;
    }
    isGone |= next < channel.first();
    next = Math.max(next, channel.first());
    Buffer lines = Buffer.buffer();
    Optional<Message> message = channel.at(next);
    while (message.isPresent()
        && (lines.length() == 0 || lines.length() + message.get().length() < ANSWER_BYTES)) {
      lines.appendBuffer(message.get().line());
      metrics.delivered();
      next++;
      message = channel.at(next);
    }
    answer(OK, lines);
  }

  private void answerEmpty() {
    answer(NO_CONTENT, Buffer.buffer());
  }

  private void answer(int status, Buffer lines) {
    response.putHeader(NEXT, new Position(channel.run(), next).toString());
    if (isGone) {
      response.putHeader(GONE, "true");
    }
    answers.send(response, status, lines);
    ended();
  }

  private void ended() {
    if (!hasEnded) {
      hasEnded = true;
      vertx.cancelTimer(timeout);
      finished.complete();
    }
  }

  @Override
  public void present(int listeners) {
    // It hears of messages only.
  }

  @Override
  public void heartbeat() {
    // An answer would be the last.
  }

  @Override
  public void cutOffIfSlow() {
    // Nothing is on its way to it while it waits.
  }

  @Override
  public Future<Void> finish() {
    if (!hasEnded) {
      answers.refuse(response, RelayRefusal.stopping());
      ended();
    }
    return finished.future();
  }
}
