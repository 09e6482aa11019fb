package org.mpotr.chat.transport;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.function.Consumer;

/** Posts what waits in the outbox, again and again until the relay has taken it. */
final class Publisher {

  /** Requests under way, one behind the other on one connection, so that the order stays. */
  private static final int WINDOW = 8;

  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private final Vertx vertx;
  private final Context context;
  private final Connection connection;
  private final Outbox outbox;
  private final Consumer<String> complaints;
  private final Backoff backoff = new Backoff();
  private int underWay;
  private int window = WINDOW;
  private boolean isResting;
  private boolean isClosed;

  Publisher(
      Vertx vertx,
      Context context,
      HttpTransportOptions options,
      Outbox outbox,
      Consumer<String> complaints) {
    this.vertx = vertx;
    this.context = context;
    this.connection = new Connection(vertx, options, WINDOW);
    this.outbox = outbox;
    this.complaints = complaints;
  }

  /** There is something in the outbox. */
  void wake() {
    context.runOnContext(v -> pump());
  }

  void close() {
    context.runOnContext(
        v -> {
          isClosed = true;
          connection.close();
        });
  }

  private void pump() {
    while (!isClosed && !isResting && underWay < window) {
      Outbox.Parcel parcel = outbox.take().orElse(null);
      if (parcel == null) {
        return;
      }
      underWay++;
      send(parcel);
    }
  }

  private void send(Outbox.Parcel parcel) {
    connection
        .request(HttpMethod.POST, "")
        .compose(request -> request.send(parcel.text()))
        .compose(
            response -> Connection.reason(response).map(reason -> new Answer(response, reason)))
        .onComplete(
            result -> {
              underWay--;
              if (result.failed()) {
                outbox.putBack(parcel);
                rest(0);
              } else {
                answered(parcel, result.result());
              }
              pump();
            });
  }

  private record Answer(HttpClientResponse response, String reason) {}

  private void answered(Outbox.Parcel parcel, Answer answer) {
    int status = answer.response().statusCode();
    if (status == CREATED) {
      outbox.done();
      window = WINDOW;
      backoff.reset();
    } else if (status == BAD_REQUEST || status == TOO_LARGE) {
      outbox.done();
      complaints.accept("the relay does not take a message: " + answer.reason());
    } else {
      outbox.putBack(parcel);
      complaints.accept("the relay takes no message yet: " + answer.reason());
      rest(Connection.retryAfterMillis(answer.response()));
    }
  }

  /** Until something arrives again one goes alone, so that the order stays. */
  private void rest(long atLeastMillis) {
    window = 1;
    if (!isResting && !isClosed) {
      isResting = true;
      vertx.setTimer(
          Math.max(atLeastMillis, backoff.nextMillis()),
          timer -> {
            isResting = false;
            pump();
          });
    }
  }
}
