package org.mpotr.chat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay as HTTP clients see it, and what it refuses. */
@Timeout(30)
class RelayTest {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void ordersAndForwards() throws Exception {
    List<LogEntry> log = new ArrayList<>();
    RelayObserver observer =
        new RelayObserver() {
          @Override
          public void accepted(LogEntry entry) {
            log.add(entry);
          }
        };
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, observer)) {
      assertEquals("201 0\n", post(relay, "tea", "one"));
      assertEquals("201 1\n", post(relay, "tea", "two"));
      assertEquals("201 0\n", post(relay, "coffee", "other"));

      assertEquals("200 one\ntwo\n", get(relay, "tea?from=0&wait=5"));
      assertEquals("200 two\n", get(relay, "tea?from=1&wait=5"));
      assertEquals("204 ", get(relay, "tea?from=2&wait=0"));
      assertEquals("200 other\n", get(relay, "coffee"));
    }
    assertEquals(
        List.of("tea 0 3", "tea 1 3", "coffee 0 5"),
        log.stream().map(e -> e.channel() + " " + e.number() + " " + e.bytes()).toList());
  }

  @Test
  void wakesWhoeverWaits() throws Exception {
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, RelayObserver.NONE)) {
      CompletableFuture<HttpResponse<String>> waiting = listen(relay, "tea?from=0&wait=20");
      post(relay, "tea", "hello");

      assertEquals("hello\n", waiting.get(10, TimeUnit.SECONDS).body());
    }
  }

  @Test
  void letsWaitingOnesGoWhenItStops() throws Exception {
    Relay relay = Relay.start(0, RelayLimits.DEFAULT.withListeners(1), RelayObserver.NONE);
    CompletableFuture<HttpResponse<String>> waiting = takeTheOnlyPlace(relay);

    relay.close();

    assertEquals(503, waiting.get(10, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void boundsTheListeners() throws Exception {
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT.withListeners(1), RelayObserver.NONE)) {
      CompletableFuture<HttpResponse<String>> waiting = takeTheOnlyPlace(relay);

      assertEquals("429 too many listeners\n", get(relay, "tea?from=0&wait=20"));
      post(relay, "tea", "hello");
      assertEquals(200, waiting.get(10, TimeUnit.SECONDS).statusCode());
    }
  }

  @Test
  void boundsTheMessage() throws Exception {
    int longest = RelayLimits.ARMOURED_MEBIBYTE;
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, RelayObserver.NONE)) {
      assertEquals("201 0\n", post(relay, "tea", "a".repeat(longest)));
      assertEquals("413 the message is too long\n", post(relay, "tea", "a".repeat(longest + 1)));
      assertEquals("413 the message is too long\n", post(relay, "tea", "a".repeat(2 * longest)));
    }
  }

  @Test
  void boundsChannelsAndWhatTheyHold() throws Exception {
    RelayLimits few = RelayLimits.DEFAULT.withStore(3, 10, 2);
    try (Relay relay = Relay.start(0, few, RelayObserver.NONE)) {
      assertEquals("201 0\n", post(relay, "a", "1"));
      assertEquals("201 0\n", post(relay, "b", "1"));
      assertEquals("429 too many channels\n", post(relay, "c", "1"));
      assertEquals("429 too many channels\n", get(relay, "c?from=0&wait=5"));
      post(relay, "a", "2");
      post(relay, "a", "3");
      assertEquals("507 the channel is full\n", post(relay, "a", "4"));
      assertEquals("507 the relay is full\n", post(relay, "b", "1234567"));
      assertEquals("201 1\n", post(relay, "b", "123456"));
    }
  }

  @Test
  void forgetsIdleChannelsForOthers() throws Exception {
    RelayLimits limits = new RelayLimits(100, 10, 100, 1, 4, Duration.ofSeconds(5), Duration.ZERO);
    try (Relay relay = Relay.start(0, limits, RelayObserver.NONE)) {
      post(relay, "a", "1");
      assertEquals("201 0\n", post(relay, "b", "2"));
      assertEquals("200 2\n", get(relay, "b?from=0&wait=0"));
      assertEquals("204 ", get(relay, "a?from=0&wait=0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "tab\t", "caf\u00e9", "bell\u0007", "\u007f"})
  void takesPrintableAsciiOnly(String message) throws Exception {
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, RelayObserver.NONE)) {
      assertEquals("400 a message is printable ASCII\n", post(relay, "tea", message));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a+b", "a*"})
  void knowsNoOtherPlaces(String name) throws Exception {
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, RelayObserver.NONE)) {
      assertTrue(get(relay, name).startsWith("404"), name);
      assertTrue(post(relay, "x".repeat(385), "m").startsWith("404"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"from=0", "from=-1&wait=1", "from=0&wait=x", "from=9999999999&wait=1", "a=b"})
  void understandsNoOtherQueries(String query) throws Exception {
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, RelayObserver.NONE)) {
      assertTrue(get(relay, "tea?" + query).startsWith("400"), query);
    }
  }

  @Test
  void hasNoOtherMethods() throws Exception {
    try (Relay relay = Relay.start(0, RelayLimits.DEFAULT, RelayObserver.NONE)) {
      HttpRequest request = request(relay, "tea").DELETE().build();
      assertEquals(405, client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    }
  }

  /** A request that waits, and does so already, where one alone may. */
  private CompletableFuture<HttpResponse<String>> takeTheOnlyPlace(Relay relay)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> waiting = listen(relay, "tea?from=0&wait=20");
    while (!get(relay, "other?from=0&wait=1").startsWith("429")) {
      // This one was faster. If the other was turned away for it, it tries again.
      if (waiting.isDone()) {
        waiting = listen(relay, "tea?from=0&wait=20");
      }
    }
    return waiting;
  }

  private CompletableFuture<HttpResponse<String>> listen(Relay relay, String rest) {
    return client.sendAsync(
        request(relay, rest).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private String post(Relay relay, String channel, String message)
      throws IOException, InterruptedException {
    return send(
        request(relay, channel)
            .POST(HttpRequest.BodyPublishers.ofString(message, StandardCharsets.UTF_8))
            .build());
  }

  private String get(Relay relay, String rest) throws IOException, InterruptedException {
    return send(request(relay, rest).GET().build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII));
    return response.statusCode() + " " + response.body();
  }

  private static HttpRequest.Builder request(Relay relay, String rest) {
    return HttpRequest.newBuilder(URI.create(relay.uri() + "/channels/" + rest));
  }
}
