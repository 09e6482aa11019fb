package org.mpotr.chat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.relay.RelayLimits.Backlog;

/** What a relay still has after it was stopped, or killed. */
@Timeout(120)
class BacklogTest {

  private static final int WRITERS = 4;
  private static final int BEFORE_THE_KILL = 200;

  @TempDir private Path folder;

  @Test
  void isThereAfterAStop() throws Exception {
    RelayOptions options = RelayOptions.DEFAULT.withBacklog(folder.resolve("backlog"));
    String last;
    try (Relay relay = Relay.start(options)) {
      RelayClient client = new RelayClient(relay.uri());
      client.post("tea", "one");
      client.post("coffee", "other");
      client.post("tea", "two");
      try (RelayClient.Events events = client.listen("tea")) {
        assertEquals("one", events.nextMessage());
        last = events.lastId();
      }
    }
    try (Relay relay = Relay.start(options)) {
      RelayClient client = new RelayClient(relay.uri());
      assertEquals("201 2\n", client.post("tea", "three"));
      assertEquals("200 other\n", client.get("coffee"));
      try (RelayClient.Events events = client.listen("tea", "Last-Event-ID", last)) {
        assertEquals(List.of("two", "three"), events.messages(2));
      }
    }
  }

  @Test
  void isThereAfterAKill() throws Exception {
    Path backlog = folder.resolve("backlog");
    Map<Long, String> accepted = new ConcurrentHashMap<>();
    List<String> heard = new ArrayList<>();
    String last;
    try (RelayProcess relay = RelayProcess.start(backlog)) {
      RelayClient client = new RelayClient(relay.uri());
      RelayClient.Events events = client.listen("tea");
      CountDownLatch underWay = new CountDownLatch(BEFORE_THE_KILL);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String writer = "writer-" + i + "-message-";
        writers.add(CompletableFuture.runAsync(() -> write(client, writer, accepted, underWay)));
      }
      assertTrue(underWay.await(60, TimeUnit.SECONDS));
      for (int i = 0; i < BEFORE_THE_KILL / 2; i++) {
        heard.add(events.nextMessage());
      }
      last = events.lastId();
      relay.kill();
      for (CompletableFuture<Void> writer : writers) {
        writer.get(30, TimeUnit.SECONDS);
      }
    }
    try (RelayProcess relay = RelayProcess.start(backlog)) {
      assertGoesOn(new RelayClient(relay.uri()), accepted, heard, last);
    }
  }

  /** Posts until the relay is gone. */
  private static void write(
      RelayClient client, String prefix, Map<Long, String> accepted, CountDownLatch underWay) {
    try {
      for (int i = 0; true; i++) {
        String answer = client.post("tea", prefix + i);
        assertTrue(answer.startsWith("201 "), answer);
        accepted.put(Long.parseLong(answer.substring("201 ".length()).strip()), prefix + i);
        underWay.countDown();
      }
    } catch (IOException e) {
      // Killed: what was on its way is nobody's.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertGoesOn(
      RelayClient client, Map<Long, String> accepted, List<String> heard, String last)
      throws Exception {
    String next = client.post("tea", "after the kill");
    long number = Long.parseLong(next.substring("201 ".length()).strip());
    TreeMap<Long, String> sorted = new TreeMap<>(accepted);
    assertTrue(number > sorted.lastKey(), number + " after " + sorted.lastKey());
    try (RelayClient.Events events = client.listen("tea", "Last-Event-ID", last)) {
      for (String message = ""; !message.equals("after the kill"); ) {
        message = events.nextMessage();
        heard.add(message);
      }
    }
    assertEquals(number + 1, heard.size(), "without gaps");
    sorted.forEach((n, message) -> assertEquals(message, heard.get(n.intValue())));
    Set<String> distinct = new HashSet<>(heard);
    assertEquals(heard.size(), distinct.size(), "nothing is doubled");
  }

  @Test
  void staysWithinItsBounds() throws Exception {
    RelayLimits limits = RelayLimits.DEFAULT.withBacklog(new Backlog(3, 1000, 2000));
    RelayOptions options =
        RelayOptions.DEFAULT.withBacklog(folder.resolve("backlog")).withLimits(limits);
    try (Relay relay = Relay.start(options)) {
      RelayClient client = new RelayClient(relay.uri());
      for (int i = 0; i < 10; i++) {
        client.post("tea", "m" + i);
      }
    }
    try (Relay relay = Relay.start(options.withLimits(RelayLimits.DEFAULT))) {
      RelayClient client = new RelayClient(relay.uri());
      assertEquals("200 m7\nm8\nm9\n", client.get("tea"));
      assertEquals("201 10\n", client.post("tea", "m10"));
    }
  }

  @Test
  void holdsNothingButMessagesAndNames() throws Exception {
    Path backlog = folder.resolve("backlog");
    try (Relay relay = Relay.start(RelayOptions.DEFAULT.withBacklog(backlog))) {
      RelayClient client = new RelayClient(relay.uri());
      client.post("tea", "the message");
    }
    String stored = Files.readString(backlog, StandardCharsets.ISO_8859_1);
    assertTrue(stored.contains("the message"));
    assertTrue(stored.contains("tea"));
    assertFalse(stored.contains("127.0.0.1"));
  }

  @Test
  void isOfOneRelay() throws Exception {
    RelayOptions options = RelayOptions.DEFAULT.withBacklog(folder.resolve("backlog"));
    try (Relay relay = Relay.start(options)) {
      assertThrows(IOException.class, () -> Relay.start(options));
      assertEquals("201 0\n", new RelayClient(relay.uri()).post("tea", "one"));
    }
  }

  @Test
  void saysWhatIsNoBacklog() throws Exception {
    Path file = folder.resolve("something");
    Files.writeString(file, "something else".repeat(1000));
    RelayOptions options = RelayOptions.DEFAULT.withBacklog(file);
    assertThrows(IOException.class, () -> Relay.start(options));
    assertThrows(
        IOException.class,
        () -> Relay.start(RelayOptions.DEFAULT.withBacklog(folder.resolve("no/such/folder"))));
  }
}
