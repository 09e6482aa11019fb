package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mpotr.wire.Armour;

/** Relays that are older than ours, or mean harm. */
@Timeout(90)
class HostileRelayTest {

  private static final byte[] CHUNK = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

  @Test
  void pollsARelayWithoutStreams() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    Heard heard = new Heard();
    try (StubRelay relay = new StubRelay(exchange -> pollOnly(exchange, posted));
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      HttpTransportTest.publish(transport, 0, 20);
      heard.awaitMessages(20);
      assertEquals(HttpTransportTest.numbers(20), heard.messages());
    }
  }

  /** What the relay did before it had streams, without waiting. */
  private static void pollOnly(HttpExchange exchange, List<String> posted) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
      answer(exchange, 201, "text/plain", "0\n");
      return;
    }
    String query = exchange.getRequestURI().getRawQuery();
    int from = Integer.parseInt(query.substring("from=".length(), query.indexOf('&')));
    List<String> all = List.copyOf(posted);
    String lines =
        String.join("", all.subList(from, all.size()).stream().map(m -> m + "\n").toList());
    if (lines.isEmpty()) {
      exchange.sendResponseHeaders(204, -1);
    } else {
      answer(exchange, 200, "text/plain", lines);
    }
  }

  @Test
  void cutsOffALineWithoutEnd() throws Exception {
    assertDown("a line that is too long", exchange -> endless(exchange, "data: ", CHUNK));
  }

  @Test
  void cutsOffAnEventWithoutEnd() throws Exception {
    byte[] lines =
        "data: xxxxxxxxxxxxxxxxxxxxxxxx\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    assertDown("an event that is too long", exchange -> endless(exchange, "", lines));
  }

  @Test
  void cutsOffARefusalWithoutEnd() throws Exception {
    assertDown(
        "the relay refuses: 500",
        exchange -> {
          exchange.sendResponseHeaders(500, 0);
          pour(exchange.getResponseBody(), CHUNK);
        });
  }

  @Test
  void doesNotPassOnControlCharacters() throws Exception {
    assertDown(
        "the relay refuses: 403 ?[2Jgo away",
        exchange -> answer(exchange, 403, "text/plain", "\u001b[2Jgo away"));
  }

  @Test
  void skipsWhatIsNoMessage() throws Exception {
    String good = Armour.encode(HttpTransportTest.bytes("good"));
    String events =
        "data: nonsense\n\n"
            + "data: ?mpOTR:AAAA\n\n"
            + "id: 1\nid: \u0007\ndata: ?mpOTR:!!!!.\n\n"
            + "event: unknown\ndata: x\n\n"
            + "event: present\ndata: -5\n\n"
            + "event: present\ndata: 99999999999\n\n"
            + "event: present\ndata: 7\r\n\r\n"
            + ": comment\n\n\n\n\n"
            + "nothing\n"
            + "data: "
            + good
            + "\n\n";
    Heard heard = new Heard();
    try (StubRelay relay =
            new StubRelay(exchange -> answer(exchange, 200, "text/event-stream", events));
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      heard.awaitMessages(1);
      heard.awaitOthers(6);
      assertEquals("good", heard.messages().get(0));
    }
  }

  @Test
  void repeatsWhatTheRelayDoesNotTake() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    List<String> taken = new CopyOnWriteArrayList<>();
    Heard heard = new Heard();
    try (StubRelay relay =
            new StubRelay(
                exchange -> {
                  if (exchange.getRequestMethod().equals("GET")) {
                    answer(exchange, 200, "text/event-stream", ":\n\n");
                    return;
                  }
                  byte[] body = exchange.getRequestBody().readAllBytes();
                  int[] statuses = {503, 500, 429, 201, 400, 413};
                  int number = tries.getAndIncrement();
                  int status = number < statuses.length ? statuses[number] : 201;
                  if (status == 201) {
                    taken.add(new String(body, StandardCharsets.US_ASCII));
                  }
                  answer(exchange, status, "text/plain", "so\n");
                });
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      transport.publish(HttpTransportTest.bytes("one"));
      heard.awaitConnection(c -> c.contains("429 so"));
      transport.publish(HttpTransportTest.bytes("two"));
      transport.publish(HttpTransportTest.bytes("three"));
      heard.awaitConnection(c -> c.contains("413 so"));
    }
    assertEquals(List.of(Armour.encode(HttpTransportTest.bytes("one"))), taken);
  }

  @Test
  void dropsTheOldestWhenThereIsNoRoom() {
    Outbox outbox = new Outbox(3, 100);
    for (int i = 0; i < 4; i++) {
      outbox.add(Buffer.buffer("m" + i));
    }
    Outbox.Parcel first = outbox.take().orElseThrow();
    assertEquals("m1", first.text().toString());
    outbox.putBack(first);
    outbox.add(Buffer.buffer("x".repeat(97)));
    List<String> left = new ArrayList<>();
    for (Optional<Outbox.Parcel> next = outbox.take(); next.isPresent(); next = outbox.take()) {
      left.add(next.get().text().toString());
    }
    assertEquals(List.of("m3", "x".repeat(97)), left);
  }

  @Test
  void cutsLinesWhereverChunksEnd() throws Exception {
    String text = "one\r\ntwo\n\nthree\n";
    for (int size = 1; size <= text.length(); size++) {
      Lines lines = new Lines(6);
      List<String> found = new ArrayList<>();
      for (int i = 0; i < text.length(); i += size) {
        String chunk = text.substring(i, Math.min(text.length(), i + size));
        found.addAll(lines.add(Buffer.buffer(chunk)));
      }
      assertEquals(List.of("one", "two", "", "three"), found);
    }
    assertThrows(BadRelayException.class, () -> new Lines(6).add(Buffer.buffer("seven77")));
  }

  @Test
  void waitsLongerEachTime() {
    Backoff backoff = new Backoff();
    long first = backoff.nextMillis();
    assertTrue(first >= 100 && first <= 200, "first " + first);
    for (int i = 0; i < 20; i++) {
      backoff.nextMillis();
    }
    long last = backoff.nextMillis();
    assertTrue(last >= 15_000 && last <= 30_000, "last " + last);
    backoff.reset();
    assertTrue(backoff.nextMillis() <= 200);
  }

  private static void assertDown(String reason, StubRelay.Script script) throws Exception {
    Heard heard = new Heard();
    try (StubRelay relay = new StubRelay(script);
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      heard.awaitConnection(c -> c.startsWith("down") && c.contains(reason));
      assertEquals(List.of(), heard.messages());
    }
  }

  private static void endless(HttpExchange exchange, String start, byte[] chunk)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(start.getBytes(StandardCharsets.US_ASCII));
    pour(exchange.getResponseBody(), chunk);
  }

  /** Writes until the other end has had enough. */
  private static void pour(OutputStream output, byte[] chunk) throws IOException {
    while (true) {
      output.write(chunk);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.ISO_8859_1);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
