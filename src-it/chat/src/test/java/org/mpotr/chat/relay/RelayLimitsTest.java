package org.mpotr.chat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mpotr.chat.relay.RelayLimits.Backlog;
import org.mpotr.chat.relay.RelayLimits.Crowd;
import org.mpotr.chat.relay.RelayLimits.Patience;
import org.mpotr.chat.relay.RelayLimits.Rate;

/** What a relay refuses to take on. */
@Timeout(60)
class RelayLimitsTest {

  private static final String GONE = "gone: some messages are no longer here";

  @Test
  void keepsTheNewestOfAChannel() throws Exception {
    try (Relay relay = start(RelayLimits.DEFAULT.withBacklog(new Backlog(3, 100, 1000)))) {
      RelayClient client = new RelayClient(relay.uri());
      for (int i = 0; i < 5; i++) {
        assertEquals("201 " + i + "\n", client.post("tea", "m" + i));
      }
      assertEquals("200 m2\nm3\nm4\n", client.get("tea?from=2"));
      HttpResponse<String> answer = client.getForAll("tea?from=1");
      assertEquals("m2\nm3\nm4\n", answer.body());
      assertEquals("true", answer.headers().firstValue(LongPoll.GONE).orElse(""));
      try (RelayClient.Events events = client.listen("tea?from=1")) {
        assertEquals(List.of(GONE, "m2", "m3", "m4"), events.messages(4));
      }
      try (RelayClient.Events events = client.listen("tea")) {
        assertEquals(List.of("m2", "m3", "m4"), events.messages(3));
      }
      client.post("tea", "x".repeat(99));
      assertEquals("200 " + "x".repeat(99) + "\n", client.get("tea"));
    }
  }

  @Test
  void theLargestChannelGivesWay() throws Exception {
    try (Relay relay = start(RelayLimits.DEFAULT.withBacklog(new Backlog(100, 100, 120)))) {
      RelayClient client = new RelayClient(relay.uri());
      client.post("small", "s".repeat(30));
      client.post("large", "a".repeat(40));
      client.post("large", "b".repeat(40));
      client.post("small", "t".repeat(30));
      assertEquals("200 " + "b".repeat(40) + "\n", client.get("large"));
      assertEquals("200 " + "s".repeat(30) + "\n" + "t".repeat(30) + "\n", client.get("small"));
    }
  }

  @Test
  void boundsChannels() throws Exception {
    try (Relay relay = start(RelayLimits.DEFAULT.withCrowd(new Crowd(2, 9, 9, 9, 9, 99)))) {
      RelayClient client = new RelayClient(relay.uri());
      client.post("a", "1");
      client.post("b", "1");
      assertTooMany("too many channels\n", client.postForAll("c", "1"));
      assertTooMany("too many channels\n", client.getForAll("c?from=0&wait=5"));
    }
    try (Relay relay = start(RelayLimits.DEFAULT.withCrowd(new Crowd(9, 2, 9, 9, 9, 99)))) {
      RelayClient client = new RelayClient(relay.uri());
      client.post("a", "1");
      client.post("b", "1");
      assertTooMany("too many channels of one address\n", client.postForAll("c", "1"));
    }
  }

  @Test
  void forgetsIdleChannelsForOthers() throws Exception {
    Patience none =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ZERO,
            Duration.ofSeconds(5));
    RelayLimits limits = RelayLimits.DEFAULT.withCrowd(new Crowd(1, 9, 9, 9, 9, 99));
    try (Relay relay = start(limits.withPatience(none))) {
      RelayClient client = new RelayClient(relay.uri());
      client.post("a", "1");
      String last;
      try (RelayClient.Events events = client.listen("a")) {
        assertEquals("1", events.nextMessage());
        last = events.lastId();
        assertTooMany("too many channels\n", client.postForAll("b", "2"));
      }
      String answer = client.post("b", "2");
      while (!answer.equals("201 0\n")) {
        answer = client.post("b", "2");
      }
      client.post("a", "other");
      try (RelayClient.Events events = client.listen("a", "Last-Event-ID", last)) {
        assertEquals(List.of(GONE, "other"), events.messages(2));
      }
    }
  }

  @Test
  void keepsNoPlaceForChannelsOfWhichNothingIsKept() throws Exception {
    try (Relay relay = start(RelayLimits.DEFAULT.withCrowd(new Crowd(2, 2, 9, 9, 9, 99)))) {
      RelayClient client = new RelayClient(relay.uri());
      for (int i = 0; i < 10; i++) {
        assertEquals("204 ", client.get("asked-for-" + i));
      }
      assertEquals("201 0\n", client.post("tea", "hello"));
    }
  }

  @Test
  void boundsListeners() throws Exception {
    assertBoundsListeners(
        new Crowd(9, 9, 2, 9, 9, 99), "too many listeners\n", "tea", "tea", "coffee");
    assertBoundsListeners(
        new Crowd(9, 9, 9, 2, 9, 99), "too many listeners of one channel\n", "tea", "tea", "tea");
    assertBoundsListeners(
        new Crowd(9, 9, 9, 9, 2, 99), "too many listeners of one address\n", "a", "b", "c");
  }

  private static void assertBoundsListeners(Crowd crowd, String reason, String... channels)
      throws Exception {
    try (Relay relay = start(RelayLimits.DEFAULT.withCrowd(crowd))) {
      RelayClient client = new RelayClient(relay.uri());
      RelayClient.Events first = client.listen(channels[0]);
      try (RelayClient.Events second = client.listen(channels[1])) {
        second.await("present: " + (channels[0].equals(channels[1]) ? 2 : 1));
        assertTooMany(reason, client.getForAll(channels[2] + "?wait=20"));
        assertEquals(429, client.listen(channels[2]).status());
      }
      first.close();
      // The places come free once the relay has seen that they left.
      int status = client.listen(channels[2]).status();
      while (status == 429) {
        status = client.listen(channels[2]).status();
      }
      assertEquals(200, status);
    }
  }

  @Test
  void boundsConnections() throws Exception {
    try (Relay relay = start(RelayLimits.DEFAULT.withCrowd(new Crowd(9, 9, 9, 9, 9, 3)))) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sockets.add(new Socket(relay.uri().getHost(), relay.uri().getPort()));
        assertEquals('H', healthy(sockets.get(i)));
      }
      try (Socket oneMore = new Socket(relay.uri().getHost(), relay.uri().getPort())) {
        assertEquals(-1, healthy(oneMore));
      }
      for (Socket socket : sockets) {
        assertEquals('H', healthy(socket));
        socket.close();
      }
    }
  }

  /** The first byte of an answer to come, or -1. */
  private static int healthy(Socket socket) throws IOException {
    try {
      socket
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      byte[] rest = new byte[4096];
      if (first >= 0 && socket.getInputStream().read(rest) < 0) {
        return -1;
      }
      return first;
    } catch (IOException e) {
      return -1;
    }
  }

  @Test
  void boundsTheRateOfAnAddress() throws Exception {
    Rate slow = new Rate(1, 1 << 20, Duration.ofSeconds(3));
    try (Relay relay = start(RelayLimits.DEFAULT.withRates(slow, Rate.DEFAULT))) {
      assertSlowsDown(new RelayClient(relay.uri()), "m");
    }
  }

  @Test
  void boundsTheRateOfAChannel() throws Exception {
    Rate slow = new Rate(1000, 10, Duration.ofSeconds(3));
    try (Relay relay = start(RelayLimits.DEFAULT.withRates(Rate.DEFAULT, slow))) {
      RelayClient client = new RelayClient(relay.uri());
      assertSlowsDown(client, "0123456789");
      assertEquals("201 0\n", client.post("coffee", "another channel is not concerned"));
    }
  }

  private static void assertSlowsDown(RelayClient client, String message) throws Exception {
    int taken = 0;
    HttpResponse<String> answer = client.postForAll("tea", message);
    while (answer.statusCode() == 201) {
      taken++;
      answer = client.postForAll("tea", message);
    }
    assertTrue(taken >= 2, "taken " + taken);
    assertTooMany("too much at once\n", answer);
    while (answer.statusCode() != 201) {
      answer = client.postForAll("tea", message);
    }
    assertEquals(taken + "\n", answer.body());
  }

  @Test
  void cutsOffWhoeverReadsTooSlowly() throws Exception {
    Patience brief =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    try (Relay relay = start(RelayLimits.DEFAULT.withPatience(brief));
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(1 << 14);
      slow.connect(new InetSocketAddress(relay.uri().getHost(), relay.uri().getPort()));
      slow.getOutputStream()
          .write(
              "GET /channels/tea HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      RelayClient client = new RelayClient(relay.uri());
      String large = "x".repeat(1_000_000);
      // More than the buffers of the operating system take, with others served meanwhile.
      for (int i = 0; i < 8; i++) {
        assertEquals("201 " + i + "\n", client.post("tea", large));
      }
      String metrics = client.send("GET", "/metrics").body();
      while (!metrics.contains("mpotr_relay_slow_readers_total 1")) {
        metrics = client.send("GET", "/metrics").body();
      }
      try (RelayClient.Events events = client.listen("tea?from=7")) {
        assertEquals(large, events.nextMessage());
        events.await("present: 1");
      }
    }
  }

  @Test
  void waitsForARequestSoLong() throws Exception {
    Patience brief =
        new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    try (Relay relay = start(RelayLimits.DEFAULT.withPatience(brief));
        Socket slow = new Socket(relay.uri().getHost(), relay.uri().getPort())) {
      slow.getOutputStream()
          .write(
              "POST /channels/tea HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 408"), answer);
    }
  }

  @Test
  void countsNetworksOfIpv6() {
    assertEquals(Visitors.network("2001:db8::1"), Visitors.network("2001:db8:0:0:ffff::2"));
    assertNotEquals(Visitors.network("2001:db8::1"), Visitors.network("2001:db8:0:1::1"));
    assertNotEquals(Visitors.network("192.0.2.1"), Visitors.network("192.0.2.2"));
  }

  private static void assertTooMany(String reason, HttpResponse<String> answer) {
    assertEquals("429 " + reason, answer.statusCode() + " " + answer.body());
    long seconds = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(seconds >= 1 && seconds <= 10, "retry after " + seconds);
  }

  private static Relay start(RelayLimits limits) throws IOException {
    return Relay.start(RelayOptions.DEFAULT.withLimits(limits));
  }
}
