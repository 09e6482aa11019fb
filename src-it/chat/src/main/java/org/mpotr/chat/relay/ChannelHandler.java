package org.mpotr.chat.relay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Serves requests: a message is posted to a channel, or read from it. */
final class ChannelHandler implements HttpHandler {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int NO_BODY = -1;

  private final ChannelStore store;
  private final RelayLimits limits;
  private final RelayObserver observer;

  ChannelHandler(ChannelStore store, RelayLimits limits, RelayObserver observer) {
    this.store = store;
    this.limits = limits;
    this.observer = observer;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = body(exchange.getRequestBody());
      observer.saw(new Sighting(head(exchange), body));
      try {
        serve(exchange, body);
      } catch (RelayRefusal e) {
        answer(exchange, e.status(), e.getMessage() + "\n");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        answer(exchange, RelayRefusal.STOPPING, "the relay stops\n");
      }
    }
  }

  private void serve(HttpExchange exchange, String body)
      throws IOException, RelayRefusal, InterruptedException {
    ChannelRequest request = ChannelRequest.of(exchange.getRequestURI(), limits.longestWait());
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        requireMessage(body);
        int number = store.append(request.channel(), body);
        observer.accepted(
            new LogEntry(request.channel(), number, body.length(), exchange.getRemoteAddress()));
        answer(exchange, CREATED, number + "\n");
      }
      case "GET" -> {
        List<String> found = store.listen(request.channel(), request.from(), request.patience());
        if (found.isEmpty()) {
          exchange.sendResponseHeaders(NO_CONTENT, NO_BODY);
        } else {
          answer(exchange, OK, String.join("\n", found) + "\n");
        }
      }
      default -> throw new RelayRefusal(RelayRefusal.METHOD_NOT_ALLOWED, "only GET and POST");
    }
  }

  /**
   * Printable ASCII, which is all that the relay asks of a message: it needs line breaks to tell
   * messages apart, and looks no further.
   */
  private void requireMessage(String body) throws RelayRefusal {
    if (body.length() > limits.messageBytes()) {
      throw new RelayRefusal(RelayRefusal.TOO_LARGE, "the message is too long");
    }
    if (body.isEmpty() || body.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new RelayRefusal(RelayRefusal.BAD_REQUEST, "a message is printable ASCII");
    }
  }

  /**
   * The body, each byte one character, or as much of it as shows that it is too long. A bounded
   * rest is read and dropped, so that the sender gets to read the answer.
   */
  private String body(InputStream input) throws IOException {
    byte[] body = input.readNBytes(limits.messageBytes() + 1);
    byte[] chunk = new byte[1 << 14];
    long rest = 2L * limits.messageBytes();
    int read = 0;
    while (rest > 0 && read >= 0) {
      read = input.read(chunk);
      rest -= read;
    }
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private static String head(HttpExchange exchange) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.getRemoteAddress()).append('\n');
    head.append(exchange.getRequestMethod()).append(' ');
    head.append(exchange.getRequestURI()).append(' ');
    head.append(exchange.getProtocol()).append('\n');
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> head.append(name).append(": ").append(values).append('\n'));
    return head.toString();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=us-ascii");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream output = exchange.getResponseBody()) {
      output.write(body);
    }
  }
}
