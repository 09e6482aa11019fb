package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.error.ErrorCode;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.wire.Message;

/** A channel in the hands of threads, and what transports, listeners and executors do to it. */
class ChannelDriverTest {

  private static final int PATIENCE_SECONDS = 120;
  private static final IllegalStateException BROKEN = new IllegalStateException("broken");

  private final ManualExecutor executor = new ManualExecutor();
  private final List<Peer> peers = new ArrayList<>();

  /** A driver with a relay that reaches all peers, and the faults that a test wants. */
  private final class Peer {
    final List<Event> events = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final ChannelDriver driver;
    Channel channel;
    int sent;
    boolean transportFails;
    boolean listenerFails;

    Peer(int number) throws Exception {
      channel = channel(number, new SeededRandom("driver " + number));
      driver =
          new ChannelDriver(channel, executor, this::send, this::hear, errors::add, executor::time);
    }

    private void send(byte[] message) {
      sent++;
      if (transportFails) {
        throw BROKEN;
      }
      for (Peer peer : peers) {
        if (peer != this) {
          peer.driver.receive(message, "peer");
        }
      }
    }

    private void hear(Event event) {
      events.add(event);
      if (listenerFails) {
        throw BROKEN;
      }
    }

    <E extends Event> long count(Class<E> kind) {
      return events.stream().filter(kind::isInstance).count();
    }
  }

  private static Channel channel(int number, SeededRandom random) throws Exception {
    KeyPair identity = IdentityKeys.generate(new SeededRandom("driver identity " + number));
    Limits some = Limits.DEFAULT;
    Limits quick =
        new Limits(
            8,
            some.lifetime(),
            some.refreshSeconds(),
            some.refreshFrames(),
            some.resumptions(),
            some.maxMembers(),
            some.frameBytes(),
            some.fileBytes());
    EpochParameters parameters = EpochParameters.of("#drivers").withLimits(quick);
    return Channel.open(
        ChannelSpec.of(identity.getPrivate(), identity.getPublic(), "peer " + number, parameters)
            .withRandom(random),
        new Time(1_700_000_000_000L, 0));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void goOnUntil(BooleanSupplier condition) {
    for (int time = 0; !condition.getAsBoolean(); time += 100) {
      assertTrue(time < 300_000, "it does not come");
      executor.advance(100);
    }
  }

  private void gather(int size) throws Exception {
    for (int i = 0; i < size; i++) {
      peers.add(new Peer(i));
    }
    List<CompletableFuture<Void>> joined =
        peers.stream().map(peer -> peer.driver.run(Channel::join)).toList();
    executor.advance(0);
    joined.forEach(CompletableFuture::join);
    goOnUntil(() -> peers.stream().allMatch(peer -> isIn(peer, size)));
  }

  private static boolean isIn(Peer peer, int size) {
    return peer.channel.state() == Channel.State.MEMBER && peer.channel.roster().size() == size;
  }

  @Test
  void whateverTheTransportThrowsTurnsGoOn() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    alice.transportFails = true;
    int sent = alice.sent;
    CompletableFuture<Long> number = alice.driver.call(channel -> channel.send(text("hello?")));
    executor.advance(0);
    assertEquals(1, number.join());
    assertEquals(sent + 1, alice.sent);
    assertEquals(List.of(BROKEN), alice.errors);
    // What was lost is said again, and the relay has recovered by then.
    alice.transportFails = false;
    goOnUntil(() -> peers.get(1).count(Event.MessageDelivered.class) == 1);
  }

  @Test
  void whateverTheListenerThrowsTheNextEventComes() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    alice.listenerFails = true;
    CompletableFuture<Long> number = alice.driver.call(channel -> channel.send(text("one")));
    executor.advance(0);
    assertEquals(1, number.join());
    assertTrue(
        alice.count(Event.Sent.class) == 1 && alice.count(Event.MessageDelivered.class) == 1);
    assertTrue(alice.errors.size() >= 2 && alice.errors.stream().allMatch(BROKEN::equals));
    goOnUntil(() -> peers.get(1).count(Event.MessageDelivered.class) == 1);
  }

  @Test
  void keysExpireThoughEverythingFails() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    peers.get(1).driver.close();
    alice.transportFails = true;
    alice.listenerFails = true;
    executor.advance(TimeUnit.SECONDS.toMillis(Limits.DEFAULT.lifetime() + 60));
    assertTrue(alice.count(Event.EpochClosed.class) >= 1);
    assertTrue(executor.waiting() >= 1, "the next turn is due");
  }

  @Test
  void aHandlerOfErrorsThatThrowsStopsNothing() throws Exception {
    Peer alice = new Peer(0);
    ChannelDriver driver =
        new ChannelDriver(
            channel(1, new SeededRandom("other")),
            executor,
            message -> {
              throw BROKEN;
            },
            event -> {},
            error -> {
              throw BROKEN;
            },
            executor::time);
    CompletableFuture<Void> joined = driver.run(Channel::join);
    executor.advance(5_000);
    assertTrue(joined.isDone() && !joined.isCompletedExceptionally());
    alice.driver.close();
    CompletableFuture<Channel.State> state = driver.call(Channel::state);
    executor.advance(0);
    assertEquals(Channel.State.JOINING, state.join());
  }

  @Test
  void aCallIsMadeAtItsTime() throws Exception {
    Peer alice = new Peer(0);
    executor.advance(500);
    assertEquals(0, alice.channel.elapsed(), "no turn since the first");
    CompletableFuture<Long> elapsed = alice.driver.call(Channel::elapsed);
    executor.advance(0);
    assertEquals(500, elapsed.join());
  }

  @Test
  void anIllegalCallComesBackToItsCaller() throws Exception {
    Peer alice = new Peer(0);
    CompletableFuture<Long> sent = alice.driver.call(channel -> channel.send(text("early")));
    executor.advance(0);
    CompletionException failure = assertThrows(CompletionException.class, sent::join);
    assertInstanceOf(IllegalStateException.class, failure.getCause());
    assertEquals(List.of(), alice.errors);
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    Peer alice = new Peer(0);
    byte[] small = new byte[10];
    int taken = 0;
    while (alice.driver.receive(small)) {
      taken++;
    }
    assertEquals(ChannelDriver.MAX_WAITING, taken);
    executor.advance(0);
    assertTrue(alice.driver.receive(small), "there is room again");
    executor.advance(0);
    assertFalse(alice.driver.receive(new byte[Message.MAX_BYTES + 1]));
    byte[] large = new byte[Message.MAX_BYTES];
    taken = 0;
    while (alice.driver.receive(large, "somewhere")) {
      taken++;
    }
    assertEquals(ChannelDriver.MAX_WAITING_BYTES / Message.MAX_BYTES, taken);
    executor.advance(0);
    assertTrue(alice.driver.receive(large));
    assertEquals(
        Map.of(ErrorCode.UNSUPPORTED_VERSION, ChannelDriver.MAX_WAITING + 1L + taken),
        alice.channel.refused());
  }

  @Test
  void messagesAreCopiedAndKeepTheirOrder() throws Exception {
    gather(2);
    Peer bob = peers.get(1);
    List<byte[]> frames = new ArrayList<>();
    Peer alice = peers.get(0);
    Channel channel = alice.channel;
    channel.send(text("one"));
    channel.send(text("two"));
    frames.addAll(channel.takeMessages());
    for (byte[] frame : frames) {
      byte[] own = frame.clone();
      assertTrue(bob.driver.receive(own, "alice"));
      Arrays.fill(own, (byte) 0);
    }
    executor.advance(0);
    assertEquals(List.of("one", "two"), texts(bob.events));
  }

  private static List<String> texts(List<Event> events) {
    return events.stream()
        .filter(Event.MessageDelivered.class::isInstance)
        .map(Event.MessageDelivered.class::cast)
        .map(message -> new String(message.content().toArray(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void oneSourceIsOneCandidate() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    List<byte[]> hellos = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Channel stranger = channel(10 + i, new SeededRandom("stranger " + i));
      stranger.join();
      hellos.addAll(stranger.takeMessages());
    }
    // The first one comes again: it is still known unless another took its place.
    hellos.add(hellos.get(0));
    Peer bob = peers.get(1);
    for (int i = 0; i < hellos.size(); i++) {
      assertTrue(alice.driver.receive(hellos.get(i), "one place"));
      assertTrue(bob.driver.receive(hellos.get(i), "place " + i));
    }
    executor.advance(0);
    assertEquals(5, alice.count(Event.CandidateSeen.class));
    assertEquals(4, bob.count(Event.CandidateSeen.class));
  }

  @Test
  void closingGivesOutWhatIsLeft() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    CompletableFuture<Long> last = alice.driver.call(channel -> channel.send(text("bye")));
    alice.driver.close();
    alice.driver.close();
    assertFalse(alice.driver.receive(new byte[10]), "closed");
    executor.advance(0);
    assertEquals(1, last.join(), "calls before the close come first");
    assertEquals(1, alice.count(Event.Sent.class));
    assertEquals(1, alice.count(Event.EpochClosed.class));
    assertEquals(0, alice.count(Event.Failed.class));
    assertSame(Channel.State.DESTROYED, alice.channel.state());
    goOnUntil(() -> peers.get(1).count(Event.MessageDelivered.class) == 1);

    CompletableFuture<Channel.State> late = alice.driver.call(Channel::state);
    executor.advance(0);
    CompletionException failure = assertThrows(CompletionException.class, late::join);
    assertInstanceOf(IllegalStateException.class, failure.getCause());
    peers.get(1).driver.close();
    executor.advance(0);
    assertEquals(0, executor.waiting(), "nothing is due any more");
  }

  @Test
  void anExecutorThatRefuses() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    executor.refuse(true);
    assertFalse(alice.driver.receive(new byte[10]));
    assertFalse(alice.driver.receive(new byte[10]), "and it still says so");
    CompletionException failure =
        assertThrows(CompletionException.class, alice.driver.call(Channel::state)::join);
    assertInstanceOf(RejectedExecutionException.class, failure.getCause());
    // The turn that was planned comes, cannot plan the next, and says so.
    executor.advance(2_000);
    assertInstanceOf(RejectedExecutionException.class, alice.errors.get(0));
    executor.refuse(false);
    CompletableFuture<Channel.State> state = alice.driver.call(Channel::state);
    executor.advance(0);
    assertEquals(Channel.State.MEMBER, state.join());
    assertTrue(executor.waiting() >= 1, "turns go on");
  }

  @Test
  void afterTheEndOfItsExecutorACloseErasesAtOnce() throws Exception {
    gather(2);
    Peer alice = peers.get(0);
    alice.driver.close();
    executor.shutdownNow();
    assertSame(Channel.State.MEMBER, alice.channel.state(), "the close was dropped");
    alice.driver.close();
    assertSame(Channel.State.DESTROYED, alice.channel.state());
    assertEquals(1, alice.count(Event.EpochClosed.class));
    assertFalse(peers.get(1).driver.receive(new byte[10]), "nobody would take it");
  }

  @Test
  void aCloseDuringATurnWaitsForIt() throws Exception {
    ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor();
    CountDownLatch isTurning = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Channel channel = channel(0, new SeededRandom("close"));
    List<Throwable> errors = new ArrayList<>();
    try (ChannelDriver driver =
        new ChannelDriver(channel, own, message -> {}, event -> {}, errors::add)) {
      CompletableFuture<Channel.State> call =
          driver.call(
              turning -> {
                isTurning.countDown();
                assertTrue(mayGoOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
                turning.join();
                return turning.state();
              });
      assertTrue(isTurning.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      own.shutdown();
      // The executor refuses by now, so that this close has to wait for the call.
      CompletableFuture<Void> closed = CompletableFuture.runAsync(driver::close);
      mayGoOn.countDown();
      closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertEquals(Channel.State.JOINING, call.join());
      assertEquals(Channel.State.DESTROYED, channel.state());
      assertTrue(own.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** A peer with a thread of its own, or several. */
  private static final class Threaded implements AutoCloseable {
    final ScheduledExecutorService executor;
    final CompletableFuture<Void> isIn = new CompletableFuture<>();
    final CompletableFuture<Void> isOver = new CompletableFuture<>();
    final CountDownLatch texts;
    final List<Throwable> errors = new ArrayList<>();
    final ChannelDriver driver;

    Threaded(int number, int threads, int expected, List<Threaded> all) throws Exception {
      executor = Executors.newScheduledThreadPool(threads);
      texts = new CountDownLatch(expected);
      Channel channel = channel(number, new SeededRandom("threaded " + number));
      driver =
          new ChannelDriver(
              channel,
              executor,
              message ->
                  all.stream()
                      .filter(other -> other != this)
                      .forEach(other -> other.driver.receive(message, "peer " + number)),
              this::hear,
              errors::add);
    }

    private void hear(Event event) {
      if (event instanceof Event.EpochOpened opened && opened.roster().size() == 3) {
        isIn.complete(null);
      } else if (event instanceof Event.MessageDelivered) {
        texts.countDown();
      } else if (event instanceof Event.ChannelClosed) {
        isOver.complete(null);
      }
    }

    @Override
    public void close() throws Exception {
      driver.close();
      executor.shutdown();
      assertTrue(executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  private static void await(CompletableFuture<?> what) throws Exception {
    what.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void threeChatInThreadsOfTheirOwn() throws Exception {
    int each = 20;
    List<Threaded> all = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      // Turns are one after the other, however many threads there are.
      all.add(new Threaded(i, 1 + i, 3 * each, all));
    }
    try {
      for (Threaded peer : all) {
        await(peer.driver.run(Channel::join));
      }
      for (Threaded peer : all) {
        await(peer.isIn);
      }
      List<Thread> speakers =
          all.stream()
              .flatMap(peer -> IntStream.range(0, 2).mapToObj(half -> speaker(peer, each / 2)))
              .toList();
      speakers.forEach(Thread::start);
      for (Thread speaker : speakers) {
        speaker.join();
      }
      for (Threaded peer : all) {
        assertTrue(peer.texts.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      await(all.get(0).driver.run(Channel::close));
      for (Threaded peer : all) {
        await(peer.isOver);
        assertEquals(List.of(), peer.errors);
      }
    } finally {
      for (Threaded peer : all) {
        peer.close();
      }
    }
  }

  private static Thread speaker(Threaded peer, int count) {
    return new Thread(
        () -> {
          for (int i = 0; i < count; i++) {
            peer.driver.call(channel -> channel.send(text("from a thread"))).join();
          }
        });
  }
}
