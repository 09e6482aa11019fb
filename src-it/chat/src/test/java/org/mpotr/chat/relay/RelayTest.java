package org.mpotr.chat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.chat.transport.AccessToken;

/** The relay as HTTP clients see it. */
@Timeout(60)
class RelayTest {

  private static final String TOKEN = "a-token-of-the-test-0123456789";

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<Sighting> seen = new CopyOnWriteArrayList<>();
  private final List<LogEntry> log = new CopyOnWriteArrayList<>();
  private Relay relay;
  private RelayClient client;

  @BeforeEach
  void start() throws IOException {
    relay = Relay.start(RelayOptions.DEFAULT, observer());
    client = new RelayClient(relay.uri());
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void ordersAndForwards() throws Exception {
    assertEquals("201 0\n", client.post("tea", "one"));
    assertEquals("201 1\n", client.post("tea", "two"));
    assertEquals("201 0\n", client.post("coffee", "other"));

    assertEquals("200 one\ntwo\n", client.get("tea?from=0&wait=5"));
    assertEquals("200 two\n", client.get("tea?from=1"));
    assertEquals("204 ", client.get("tea?from=2&wait=0"));
    assertEquals("200 other\n", client.get("coffee"));
    assertEquals(
        List.of("tea 0 3", "tea 1 3", "coffee 0 5"),
        log.stream().map(e -> e.channel() + " " + e.number() + " " + e.bytes()).toList());
  }

  @Test
  void wakesWhoeverWaits() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting = client.poll("tea?from=0&wait=20");
    client.post("tea", "hello");
    HttpResponse<String> answer = waiting.get(20, TimeUnit.SECONDS);

    assertEquals("hello\n", answer.body());
    String next = answer.headers().firstValue(LongPoll.NEXT).orElseThrow();
    client.post("tea", "again");
    assertEquals("200 again\n", client.get("tea?from=" + next + "&wait=20"));
  }

  @Test
  void streamsAndResumes() throws Exception {
    client.post("tea", "one");
    String last;
    try (RelayClient.Events events = client.listen("tea")) {
      assertEquals("text/event-stream", events.header("Content-Type"));
      assertEquals("one", events.nextMessage());
      client.post("tea", "two");
      assertEquals("two", events.nextMessage());
      last = events.lastId();
    }
    client.post("tea", "three");
    try (RelayClient.Events events = client.listen("tea?from=0", "Last-Event-ID", last)) {
      assertEquals("three", events.nextMessage());
    }
    try (RelayClient.Events events = client.listen("tea?from=1")) {
      assertEquals(List.of("two", "three"), events.messages(2));
    }
  }

  @Test
  void tellsHowManyListen() throws Exception {
    try (RelayClient.Events first = client.listen("tea")) {
      first.await("present: 1");
      try (RelayClient.Events second = client.listen("tea")) {
        first.await("present: 2");
        second.await("present: 2");
      }
      first.await("present: 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcdef-5", "nonsense", "99"})
  void startsFromTheOldestForWhoeverComesFromElsewhere(String last) throws Exception {
    client.post("tea", "one");
    try (RelayClient.Events events = client.listen("tea", "Last-Event-ID", last)) {
      assertEquals("gone: some messages are no longer here", events.nextMessage());
      assertEquals("one", events.nextMessage());
    }
  }

  @Test
  void letsEverybodyGoWhenItStops() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting = client.poll("tea?from=0&wait=30");
    RelayClient.Events events = client.listen("tea");
    events.await("present: 2");
    client.post("coffee", "other");

    relay.close();

    assertEquals("end", events.nextMessage());
    assertEquals(503, waiting.get(20, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void bringsOutWhatItHasAcceptedBeforeItStops() throws Exception {
    int count = 50;
    String large = "x".repeat(100_000);
    try (RelayClient.Events events = client.listen("tea")) {
      events.await("present: 1");
      for (int i = 0; i < count; i++) {
        assertEquals("201 " + i + "\n", client.post("tea", i + large));
      }
      // The listener has read nothing of all this yet, and starts when the relay is stopping.
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(relay::close);
      for (int i = 0; i < count; i++) {
        assertEquals(i + large, events.nextMessage());
      }
      assertEquals("end", events.nextMessage());
      stopping.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void boundsTheMessage() throws Exception {
    int longest = RelayLimits.ARMOURED_MEBIBYTE;
    assertEquals("201 0\n", client.post("tea", "a".repeat(longest)));
    assertEquals("413 the message is too long\n", client.post("tea", "a".repeat(longest + 1)));
    assertEquals("413 the message is too long\n", client.post("tea", "a".repeat(2 * longest)));
    assertEquals("201 1\n", client.post("tea", "still there"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "tab\t", "caf\u00e9", "bell\u0007", "\u007f"})
  void takesPrintableAsciiOnly(String message) throws Exception {
    assertEquals("400 a message is printable ASCII\n", client.post("tea", message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a+b", "a*"})
  void knowsNoOtherPlaces(String name) throws Exception {
    assertTrue(client.get(name).startsWith("404"), name);
    assertTrue(client.post("x".repeat(385), "m").startsWith("404"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=-1&wait=1",
        "from=0&wait=x",
        "from=9999999999999999999&wait=1",
        "a=b",
        "&wait=1",
        "from=",
        "from=0wait=1"
      })
  void understandsNoOtherQueries(String query) throws Exception {
    assertTrue(client.get("tea?" + query).startsWith("400"), query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PUT", "HEAD", "OPTIONS", "TRACK"})
  void hasNoOtherMethods(String method) throws Exception {
    assertEquals(405, client.send(method, "/channels/tea").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET http:// HTTP/1.1\r\n\r\n",
        "GET %00%ff HTTP/1.1\r\n\r\n",
        "POST /channels/tea HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /channels/tea HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /channels/tea HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /channels/tea HTTP/1.1\r\nExpect: 200-maybe\r\nContent-Length: 1\r\n\r\n",
        "GET /channels/tea HTTP/1.1\r\nbad header\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"
      })
  void outlivesGarbage(String garbage) throws Exception {
    try (Socket socket = new Socket(relay.uri().getHost(), relay.uri().getPort())) {
      socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
    assertEquals("201 0\n", client.post("tea", "hello"));
    assertEquals("200 hello\n", client.get("tea"));
  }

  @Test
  void boundsTheHead() throws Exception {
    assertEquals(405, client.send("HEAD", "/health").statusCode());
    assertTrue(client.send("GET", "/" + "x".repeat(5000)).statusCode() >= 400);
    assertTrue(client.send("GET", "/health", "X-Long", "x".repeat(20_000)).statusCode() >= 400);
    assertEquals(200, client.send("GET", "/health").statusCode());
  }

  @Test
  void tellsItsHealthAndFigures() throws Exception {
    client.post("tea", "hello");
    assertEquals("ok\n", client.send("GET", "/health").body());
    String metrics = client.send("GET", "/metrics").body();
    assertTrue(metrics.contains("\nmpotr_relay_messages_total 1\n"), metrics);
    assertTrue(metrics.contains("\nmpotr_relay_backlog_bytes 5\n"), metrics);
    assertTrue(metrics.contains("\nmpotr_relay_answers_total{status=\"201\"} 1\n"), metrics);
    assertFalse(metrics.contains("tea"), metrics);
  }

  @Test
  void letsInWhoeverShowsTheToken() throws Exception {
    RelayOptions options = RelayOptions.DEFAULT.withToken(AccessToken.of(TOKEN));
    try (Relay closed = Relay.start(options, observer())) {
      RelayClient guest = new RelayClient(closed.uri());
      assertEquals("401 the relay asks for a token\n", guest.post("tea", "hello"));
      assertEquals(401, guest.listen("tea").status());
      assertEquals(401, guest.listen("tea", "Authorization", "Bearer " + TOKEN + "0").status());
      assertEquals(401, guest.send("GET", "/metrics").statusCode());
      assertEquals(200, guest.send("GET", "/health").statusCode());
      try (RelayClient.Events events = guest.listen("tea", "Authorization", "Bearer " + TOKEN)) {
        events.await("present: 1");
      }
    }
    assertFalse(seen.toString().contains(TOKEN));
    assertFalse(options.toString().contains(TOKEN));
  }

  @Test
  void isWatchedInAllItDoes() throws Exception {
    client.post("tea", "one");
    client.get("tea?from=0&wait=0");
    try (RelayClient.Events events = client.listen("tea")) {
      assertEquals("one", events.nextMessage());
    }
    assertEquals(List.of("one", "", ""), seen.stream().map(Sighting::body).toList());
    assertTrue(seen.get(0).head().contains("POST /channels/tea"), seen.get(0).head());
    assertEquals(3, sent.stream().filter(s -> s.contains("one") || s.endsWith("\n0\n")).count());
  }

  private RelayObserver observer() {
    return new RelayObserver() {
      @Override
      public void saw(Sighting sighting) {
        seen.add(sighting);
      }

      @Override
      public void accepted(LogEntry entry) {
        log.add(entry);
      }

      @Override
      public void sent(String text) {
        sent.add(text);
      }
    };
  }
}
