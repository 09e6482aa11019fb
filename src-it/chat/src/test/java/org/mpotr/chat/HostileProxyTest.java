package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.chat.terminal.Person;
import org.mpotr.chat.transport.HttpTransport;
import org.mpotr.wire.Armour;
import org.mpotr.wire.WireException;

/**
 * A relay that turns hostile: nothing wrong is ever shown, members are told by the name of the
 * error, and what was said arrives once the relay behaves.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileProxyTest {

  private static final List<String> NAMES = List.of("alice", "bob", "carol");
  private static final int LINES = 4;

  /** So many messages are altered while a group forms, more than a set-up of three takes. */
  private static final int ENOUGH = 24;

  /** Where a frame's header ends: version, type, hint of the session, place of the sender. */
  private static final int FRAME_HEADER = 12;

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Person> people = new ArrayList<>();
  private final Set<String> said = new HashSet<>();
  private Relay relay;
  private HostileProxy proxy;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.start(RelayOptions.DEFAULT);
    proxy = new HostileProxy(relay.uri());
  }

  @AfterEach
  void end() {
    people.forEach(Person::close);
    proxy.close();
    relay.close();
  }

  private void join() throws Exception {
    for (String name : NAMES) {
      people.add(new Person(name, new HttpTransport(proxy.uri(), "tea"), folder));
    }
  }

  private void meet() throws Exception {
    join();
    for (Person person : people) {
      person.await("3 are here");
    }
  }

  private void say(String about) {
    for (int i = 0; i < LINES; i++) {
      for (int p = 0; p < people.size(); p++) {
        people.get(p).type(about + " " + i);
        said.add(NAMES.get(p) + ": " + about + " " + i);
      }
    }
  }

  private void hearEverything() throws Exception {
    for (Person person : people) {
      person.await(said.size(), HostileProxyTest::isTalk);
      List<String> heard = person.shown().stream().filter(HostileProxyTest::isTalk).toList();
      assertEquals(said, new HashSet<>(heard));
      assertEquals(said.size(), heard.size(), "something came twice");
    }
  }

  private static boolean isTalk(String shown) {
    return NAMES.stream().anyMatch(name -> shown.startsWith(name + ": "));
  }

  /** Lets the relay be hostile until everybody has noticed, and talks meanwhile and afterwards. */
  private void play(Supplier<HostileProxy.Trick> tricks, String about, String notice)
      throws Exception {
    proxy.play(tricks);
    say(about);
    for (Person person : people) {
      person.await(text -> text.matches(notice));
    }
    assertTrue(proxy.played() > 0, "nothing was done to any message");
    proxy.play(() -> List::of);
    say("after " + about);
    hearEverything();
  }

  private synchronized int below(int bound) {
    return random.nextInt(bound);
  }

  private static byte[] decode(String message) {
    try {
      return Armour.decode(message);
    } catch (WireException e) {
      throw new UncheckedIOException(new java.io.IOException(e));
    }
  }

  @Test
  void dropsRepeatsAndReorders() throws Exception {
    meet();
    AtomicInteger passing = new AtomicInteger();
    play(
        // A third, the very first among them: chance might spare the few that pass.
        () -> message -> passing.getAndIncrement() % 3 == 0 ? List.of() : List.of(message),
        "dropped",
        ".*dropped.*");
    play(this::repeating, "repeated", ".*repeated.*");
    play(this::reordering, "reordered", ".*reordered.*");
    for (Person person : people) {
      assertTrue(
          person.shown().stream().noneMatch(text -> text.contains("refused")),
          () -> "what merely comes again is no error: " + person.shown());
    }
  }

  private HostileProxy.Trick repeating() {
    List<String> before = new ArrayList<>();
    return message -> {
      before.add(message);
      return List.of(message, before.get(below(before.size())), message);
    };
  }

  private HostileProxy.Trick reordering() {
    List<String> held = new ArrayList<>();
    return message -> {
      held.add(message);
      if (held.size() < 4) {
        return List.of();
      }
      List<String> all = new ArrayList<>(held);
      held.clear();
      Collections.reverse(all);
      return all;
    };
  }

  @Test
  void alters() throws Exception {
    meet();
    play(
        () ->
            message -> {
              byte[] altered = decode(message);
              altered[below(altered.length)] ^= (byte) (1 << below(8));
              return below(4) == 0 ? List.of(Armour.encode(altered)) : List.of(message);
            },
        "altered",
        "\\* bad-tag: [0-9]+ messages? refused; .*");
  }

  @Test
  void swaps() throws Exception {
    meet();
    play(this::swapping, "swapped", "\\* bad-tag: [0-9]+ messages? refused; .*");
  }

  /**
   * The header of one message before the content of another one, beside the messages themselves.
   */
  private HostileProxy.Trick swapping() {
    List<byte[]> before = new ArrayList<>();
    return message -> {
      byte[] now = decode(message);
      before.add(now);
      byte[] other = before.get(below(before.size()));
      if (other == now || other.length <= FRAME_HEADER || now.length <= FRAME_HEADER) {
        return List.of(message);
      }
      byte[] mixed = Arrays.copyOf(now, other.length);
      System.arraycopy(other, FRAME_HEADER, mixed, FRAME_HEADER, other.length - FRAME_HEADER);
      return Arrays.equals(mixed, other)
          ? List.of(message)
          : List.of(Armour.encode(mixed), message);
    };
  }

  @Test
  void invents() throws Exception {
    meet();
    play(
        () ->
            message -> {
              byte[] invented = decode(message);
              for (int i = below(FRAME_HEADER); i < invented.length; i++) {
                invented[i] = (byte) below(256);
              }
              return List.of(Armour.encode(invented), message);
            },
        "invented",
        "\\* (malformed|unsupported-version|bad-tag): [0-9]+ messages? refused; .*");
  }

  @Test
  void keepsSomebodyFromBeingHeard() throws Exception {
    meet();
    proxy.play(() -> message -> List.of());
    say("withheld");
    for (Person person : people) {
      person.await(text -> text.matches("[0-9]+ overdue, sent"));
    }
    proxy.play(() -> List::of);
    hearEverything();
    people.get(0).await((long) said.size(), text -> text.matches("[0-9]+ all"));
  }

  @Test
  void interferesWithASetup() throws Exception {
    proxy.play(
        () ->
            message -> {
              byte[] altered = decode(message);
              altered[below(altered.length)] ^= 1;
              return below(2) == 0 ? List.of(Armour.encode(altered)) : List.of(message);
            });
    join();
    // A HELLO is signed by nobody: where only such are hit, others seem to come, and nobody is
    // told.
    proxy.await(ENOUGH);
    proxy.play(() -> List::of);
    for (Person person : people) {
      person.await(1, text -> text.contains("3 are here"));
    }
    say("in spite of it");
    hearEverything();
  }
}
