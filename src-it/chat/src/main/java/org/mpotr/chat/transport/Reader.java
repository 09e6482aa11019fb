package org.mpotr.chat.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.wire.Armour;
import org.mpotr.wire.Message;

/**
 * Reads a channel, as a stream of events or, when the relay answers with something else, by one
 * request after the other. Goes on where it was when the connection is lost.
 */
final class Reader {

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int POLL_SECONDS = 25;

  /** Nobody makes a member ask without a pause. */
  private static final long SHORTEST_POLL_MILLIS = 250;

  private static final int LONGEST_TEXT =
      Armour.PREFIX.length() + (Message.MAX_BYTES + 2) / 3 * 4 + Armour.SUFFIX.length();
  private static final int LONGEST_LINE = LONGEST_TEXT + "data: \r".length();

  private final Vertx vertx;
  private final Context context;
  private final Connection connection;
  private final Handover handover;
  private final Backoff backoff = new Backoff();
  private String from = "0";
  private int attempts;
  private boolean isClosed;

  Reader(Vertx vertx, Context context, HttpTransportOptions options, Handover handover) {
    this.vertx = vertx;
    this.context = context;
    this.connection = new Connection(vertx, options, 1);
    this.handover = handover;
  }

  void start() {
    context.runOnContext(v -> connect());
  }

  void close() {
    context.runOnContext(
        v -> {
          isClosed = true;
          connection.close();
        });
  }

  private void connect() {
    if (isClosed) {
      return;
    }
    Attempt attempt = new Attempt(++attempts);
    connection
        .request(HttpMethod.GET, "?from=" + from + "&wait=" + POLL_SECONDS)
        .compose(this::send)
        .onComplete(
            result -> {
              if (result.failed()) {
                attempt.lost(connection.failure(result.cause()), 0);
              } else {
                attempt.answered(result.result());
              }
            });
  }

  private Future<HttpClientResponse> send(HttpClientRequest request) {
    request.putHeader("Accept", "text/event-stream, text/plain;q=0.5");
    if (!handover.lastId().isEmpty()) {
      request.putHeader("Last-Event-ID", handover.lastId());
    }
    return request.send();
  }

  /** One request, until it ends in whatever way. */
  private final class Attempt {

    private final int number;
    private final long begun = System.nanoTime();
    private final Lines lines = new Lines(LONGEST_LINE);
    private final EventReader events = new EventReader(LONGEST_TEXT + 1);
    private boolean isStream;
    private long polled;

    Attempt(int number) {
      this.number = number;
    }

    void answered(HttpClientResponse response) {
      int status = response.statusCode();
      if (status != OK && status != NO_CONTENT) {
        long wait = Connection.retryAfterMillis(response);
        Connection.reason(response).onSuccess(reason -> lost("the relay refuses: " + reason, wait));
        return;
      }
      String type = response.getHeader("Content-Type");
      isStream = type != null && type.startsWith("text/event-stream");
      handover.connection(true, "");
      response.handler(chunk -> read(response, chunk));
      response.exceptionHandler(e -> lost(connection.failure(e), 0));
      response.endHandler(v -> ended(response));
    }

    private void read(HttpClientResponse response, Buffer chunk) {
      List<Event> found = new ArrayList<>();
      try {
        for (String line : lines.add(chunk)) {
          if (isStream) {
            events.add(line).ifPresent(found::add);
          } else {
            found.add(new Event.Message(line, ""));
            polled++;
          }
        }
      } catch (BadRelayException e) {
        cutOff(response, e, found);
        return;
      }
      if (!found.isEmpty()) {
        backoff.reset();
        response.pause();
        handover.events(found, () -> context.runOnContext(v -> response.resume()));
      }
    }

    private void cutOff(HttpClientResponse response, IOException e, List<Event> found) {
      handover.events(found, () -> context.runOnContext(v -> lost(e.getMessage(), 0)));
      response.handler(ignored -> {});
      response.exceptionHandler(ignored -> {});
      response.endHandler(null);
      response.request().connection().close();
    }

    private void ended(HttpClientResponse response) {
      if (isStream) {
        lost("the relay has ended the connection", 0);
        return;
      }
      String next = response.getHeader("Mpotr-Next");
      boolean isPlain = from.chars().allMatch(Character::isDigit) && from.length() < 18;
      if (EventReader.isId(next)) {
        from = next;
      } else if (isPlain) {
        from = Long.toString(Long.parseLong(from) + polled);
      }
      if (response.getHeader("Mpotr-Gone") != null) {
        handover.events(List.of(new Event.Gone()), () -> {});
      }
      long took = (System.nanoTime() - begun) / 1_000_000;
      again(polled > 0 ? 0 : Math.max(0, SHORTEST_POLL_MILLIS - took));
    }

    void lost(String reason, long atLeastMillis) {
      if (number == attempts && !isClosed) {
        handover.connection(false, reason);
        again(Math.max(atLeastMillis, backoff.nextMillis()));
      }
    }

    /** Once everything so far is handed over, so that the next request knows where to go on. */
    private void again(long millis) {
      if (number != attempts || isClosed) {
        return;
      }
      attempts++;
      handover.events(
          List.of(),
          () ->
              context.runOnContext(
                  v -> {
                    if (millis <= 0) {
                      connect();
                    } else {
                      vertx.setTimer(millis, timer -> connect());
                    }
                  }));
    }
  }
}
