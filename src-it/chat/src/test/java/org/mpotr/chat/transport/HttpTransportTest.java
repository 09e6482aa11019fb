package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayLimits;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.wire.Message;

/** The transport over a relay that does what it should, if it is there. */
@Timeout(90)
class HttpTransportTest {

  private static final String TOKEN = "a-token-of-the-test-0123456789";

  @TempDir private Path folder;

  @Test
  void carriesToAll() throws Exception {
    Heard alice = new Heard();
    Heard bob = new Heard();
    try (Relay relay = Relay.start(RelayOptions.DEFAULT);
        HttpTransport first = new HttpTransport(relay.uri(), "tea & caf\u00e9 *");
        HttpTransport second = new HttpTransport(relay.uri(), "tea & caf\u00e9 *");
        HttpTransport other = new HttpTransport(relay.uri(), "tea")) {
      first.subscribe(alice);
      publish(first, 0, 100);
      alice.awaitMessages(100);
      second.subscribe(bob);
      publish(second, 100, 200);
      other.publish(bytes("elsewhere"));
      alice.awaitMessages(200);
      bob.awaitMessages(200);
      assertEquals(numbers(200), alice.messages(), "in order when nothing goes wrong");
      assertEquals(numbers(200), bob.messages());
      alice.awaitOthers(1);
      bob.awaitOthers(1);
    }
    assertTrue(alice.connections().get(0).startsWith("up"), alice.connections()::toString);
  }

  @Test
  void carriesTheLongestMessage() throws Exception {
    Heard heard = new Heard();
    try (Relay relay = Relay.start(RelayOptions.DEFAULT);
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      transport.publish(bytes("x".repeat(Message.MAX_BYTES)));
      transport.publish(new byte[0]);
      heard.awaitMessages(2);
      assertEquals(Message.MAX_BYTES, heard.messages().get(0).length());
      assertEquals("", heard.messages().get(1));
      byte[] tooLong = new byte[Message.MAX_BYTES + 1];
      assertThrows(IllegalArgumentException.class, () -> transport.publish(tooLong));
    }
  }

  @Test
  void goesOnWhereItWasWhenTheRelayComesBack() throws Exception {
    RelayOptions options =
        RelayOptions.DEFAULT.withBacklog(folder.resolve("backlog")).withPort(freePort());
    Heard alice = new Heard();
    Heard bob = new Heard();
    Relay relay = Relay.start(options);
    try (HttpTransport first = new HttpTransport(relay.uri(), "tea");
        HttpTransport second = new HttpTransport(relay.uri(), "tea")) {
      first.subscribe(alice);
      second.subscribe(bob);
      publish(first, 0, 50);
      bob.awaitMessages(50);
      relay.close();
      alice.awaitConnection(c -> c.startsWith("down"));
      publish(first, 50, 100);
      relay = Relay.start(options);
      alice.awaitMessages(100);
      bob.awaitMessages(100);
      relay.close();
      relay = Relay.start(options);
      publish(second, 100, 150);
      alice.awaitMessages(150);
      bob.awaitMessages(150);
    } finally {
      relay.close();
    }
    // Twice is allowed, when a relay went before it could say that it has a message.
    assertEquals(Set.copyOf(numbers(150)), new HashSet<>(alice.messages()));
    assertEquals(Set.copyOf(numbers(150)), new HashSet<>(bob.messages()));
  }

  @Test
  void startsAgainWithARelayThatForgot() throws Exception {
    RelayOptions options = RelayOptions.DEFAULT.withPort(freePort());
    Heard heard = new Heard();
    Relay relay = Relay.start(options);
    try (HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      publish(transport, 0, 10);
      heard.awaitMessages(10);
      relay.close();
      relay = Relay.start(options);
      publish(transport, 10, 30);
      heard.awaitMessages(30);
      assertEquals(new HashSet<>(numbers(30)), new HashSet<>(heard.messages()));
    } finally {
      relay.close();
    }
  }

  @Test
  void waitsWhileTheRelayIsSlowedDown() throws Exception {
    RelayLimits.Rate slow = new RelayLimits.Rate(20, 1 << 20, Duration.ofMillis(500));
    RelayLimits limits = RelayLimits.DEFAULT.withRates(slow, slow);
    Heard heard = new Heard();
    try (Relay relay = Relay.start(RelayOptions.DEFAULT.withLimits(limits));
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(heard);
      publish(transport, 0, 30);
      heard.awaitMessages(30);
      assertEquals(new HashSet<>(numbers(30)), new HashSet<>(heard.messages()));
      heard.awaitConnection(c -> c.contains("429"));
    }
  }

  @Test
  void readsNoFasterThanItsSubscriber() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CountDownLatch isHeld = new CountDownLatch(1);
    Heard heard = new Heard();
    Subscriber slow =
        new Subscriber() {
          @Override
          public void received(byte[] message, String source) {
            isHeld.countDown();
            awaitQuietly(mayGoOn);
            heard.received(message, source);
          }
        };
    try (Relay relay = Relay.start(RelayOptions.DEFAULT);
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      transport.subscribe(slow);
      publish(transport, 0, 500);
      assertTrue(isHeld.await(30, TimeUnit.SECONDS));
      assertEquals(List.of(), heard.messages());
      mayGoOn.countDown();
      heard.awaitMessages(500);
      assertEquals(numbers(500), heard.messages());
    }
  }

  @Test
  void goesOnAfterASubscriberThatFails() throws Exception {
    Heard heard = new Heard();
    Subscriber failing =
        (message, source) -> {
          heard.received(message, source);
          throw new IllegalStateException("a bug of the test");
        };
    try (Relay relay = Relay.start(RelayOptions.DEFAULT);
        HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
      publish(transport, 0, 2);
      transport.subscribe(failing);
      heard.awaitMessages(2);
      assertEquals(numbers(2), heard.messages());
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody goes on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void sendsWhatWaitsBeforeItCloses() throws Exception {
    Heard heard = new Heard();
    try (Relay relay = Relay.start(RelayOptions.DEFAULT)) {
      try (HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
        publish(transport, 0, 200);
      }
      try (HttpTransport transport = new HttpTransport(relay.uri(), "tea")) {
        transport.subscribe(heard);
        heard.awaitMessages(200);
      }
    }
  }

  @Test
  void showsItsToken() throws Exception {
    AccessToken token = AccessToken.of(TOKEN);
    Heard guest = new Heard();
    Heard member = new Heard();
    try (Relay relay = Relay.start(RelayOptions.DEFAULT.withToken(token));
        HttpTransport without = new HttpTransport(relay.uri(), "tea");
        HttpTransport with =
            new HttpTransport(HttpTransportOptions.of(relay.uri(), "tea").withToken(token))) {
      without.subscribe(guest);
      with.subscribe(member);
      with.publish(bytes("hello"));
      member.awaitMessages(1);
      guest.awaitConnection(c -> c.startsWith("down") && c.contains("401"));
      assertEquals(List.of(), guest.messages());
    }
    assertFalse(token.toString().contains(TOKEN));
    assertThrows(IllegalArgumentException.class, () -> AccessToken.of("short"));
    assertThrows(IllegalArgumentException.class, () -> AccessToken.of(TOKEN + "\n"));
  }

  @Test
  void leavesNamesToTheProxy() throws Exception {
    String host = "relay.of.the.test.invalid";
    Heard heard = new Heard();
    try (Relay relay = Relay.start(RelayOptions.DEFAULT);
        SocksProxy proxy = new SocksProxy(relay.uri().getPort());
        HttpTransport transport =
            new HttpTransport(
                HttpTransportOptions.of(URI.create("http://" + host + ":8480"), "tea")
                    .withProxy(proxy.address()))) {
      transport.subscribe(heard);
      publish(transport, 0, 20);
      heard.awaitMessages(20);
      assertEquals(List.of(host + ":8480"), proxy.names().stream().distinct().toList());
    }
  }

  @Test
  void takesAddressesOfHttpOnly() {
    for (String address : List.of("ftp://host", "host:80", "http:", "/path", "https:///x")) {
      URI uri = URI.create(address.equals("http:") ? "http:x" : address);
      assertThrows(IllegalArgumentException.class, () -> new HttpTransport(uri, "tea"), address);
    }
  }

  static void publish(Transport transport, int from, int to) {
    IntStream.range(from, to).forEach(i -> transport.publish(bytes("m" + i)));
  }

  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
