package org.mpotr.chat.member;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A channel of an HTTP relay, read by long polling. Believes the relay nothing but the bytes: what
 * it sends is bounded, and nothing is concluded from its order.
 */
public final class HttpTransport implements Transport {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofSeconds(25);
  private static final long PAUSE_MILLIS = 250;
  private static final int MAX_ANSWER_BYTES = 4 << 20;
  private static final int MAX_REASON_BYTES = 200;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final URI channel;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Thread listening;

  /**
   * A channel of a relay; nothing is sent yet.
   *
   * @param relay its address, such as {@code http://127.0.0.1:8080}
   * @param channel the channel's name
   * @throws IllegalArgumentException when the address is not one of HTTP
   */
  public HttpTransport(URI relay, String channel) {
    if (!"http".equals(relay.getScheme()) && !"https".equals(relay.getScheme())) {
      throw new IllegalArgumentException("the address of a relay starts with http:// or https://");
    }
    String base = relay.toString().replaceAll("/+$", "");
    // URLEncoder is made for forms, where a space is a plus sign and an asterisk stays.
    String name =
        URLEncoder.encode(channel, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    this.channel = URI.create(base + "/channels/" + name);
  }

  @Override
  public void publish(String message) throws TransportException {
    HttpRequest request =
        request(channel, ANSWER_TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(message, StandardCharsets.US_ASCII))
            .build();
    Answer answer;
    try {
      answer = send(request);
    } catch (TransportException e) {
      if (e.getCause() instanceof ConnectException || closed.getCount() == 0) {
        throw e;
      }
      // A connection kept from before may have been closed at the other end just now. If the first
      // try did arrive, the members drop the second: a message counts once.
      answer = send(request);
    }
    if (answer.status() != CREATED) {
      throw refused(answer);
    }
  }

  @Override
  public synchronized void subscribe(Subscriber subscriber) {
    if (listening != null) {
      throw new IllegalStateException("subscribed already");
    }
    listening = new Thread(() -> listen(subscriber), "transport");
    listening.setDaemon(true);
    listening.start();
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    if (listening != null) {
      listening.interrupt();
    }
  }

  private void listen(Subscriber subscriber) {
    int next = 0;
    try {
      while (closed.getCount() > 0) {
        long before = System.nanoTime();
        List<String> messages = poll(next);
        for (String message : messages) {
          next++;
          subscriber.received(message);
        }
        if (messages.isEmpty() && System.nanoTime() - before < PAUSE_MILLIS * 1_000_000) {
          // It should have waited. Nobody makes a member ask without a pause.
          closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (TransportException e) {
      if (closed.getCount() > 0) {
        subscriber.disconnected(e);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and the thread ends here.
      Thread.currentThread().interrupt();
    }
  }

  private List<String> poll(int next) throws TransportException {
    URI from = URI.create(channel + "?from=" + next + "&wait=" + POLL.toSeconds());
    Answer answer = send(request(from, POLL.plus(ANSWER_TIMEOUT)).GET().build());
    return switch (answer.status()) {
      case OK -> answer.text().lines().toList();
      case NO_CONTENT -> List.of();
      default -> throw refused(answer);
    };
  }

  private static HttpRequest.Builder request(URI uri, Duration timeout) {
    return HttpRequest.newBuilder(uri).timeout(timeout).setHeader("User-Agent", "mpotr-chat");
  }

  private record Answer(int status, String text) {}

  private Answer send(HttpRequest request) throws TransportException {
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
        if (bytes.length > MAX_ANSWER_BYTES) {
          throw new TransportException("the relay sends too much at once");
        }
        return new Answer(response.statusCode(), new String(bytes, StandardCharsets.US_ASCII));
      }
    } catch (TransportException e) {
      throw e;
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new TransportException("no relay at " + channel.getAuthority() + ": " + reason, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted", e);
    }
  }

  private static TransportException refused(Answer answer) {
    String reason = answer.text().strip();
    if (reason.length() > MAX_REASON_BYTES) {
      reason = reason.substring(0, MAX_REASON_BYTES);
    }
    return new TransportException("the relay refuses: " + answer.status() + " " + reason);
  }
}
