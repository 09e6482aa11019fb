package org.mpotr.chat.relay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/** Everything that the relay answers at once. */
final class Answers {

  private final Metrics metrics;
  private final RelayObserver observer;

  Answers(Metrics metrics, RelayObserver observer) {
    this.metrics = metrics;
    this.observer = observer;
  }

  void send(HttpServerResponse response, int status, String text) {
    send(response, status, Buffer.buffer(text));
  }

  void send(HttpServerResponse response, int status, Buffer body) {
    if (response.ended() || response.closed()) {
      return;
    }
    metrics.answered(status);
    response.setStatusCode(status);
    if (body.length() > 0) {
      response.putHeader("Content-Type", "text/plain; charset=us-ascii");
    }
    if (observer != RelayObserver.NONE) {
      observer.sent(
          status + "\n" + response.headers() + "\n" + body.toString(StandardCharsets.US_ASCII));
    }
    response.end(body);
  }

  void refuse(HttpServerResponse response, RelayRefusal refusal) {
    if (refusal.retryAfterSeconds() > 0) {
      response.putHeader("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    if (refusal.status() == RelayRefusal.UNAUTHORIZED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    send(response, refusal.status(), refusal.getMessage() + "\n");
  }
}
