package org.mpotr.chat.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.MessageType;

/**
 * Alice speaks to bob over a relay that is hostile to bob: he notices, and no line that she did not
 * write is ever heard.
 */
@Timeout(60)
class HostileRelayTest {

  private static final List<String> LINES = List.of("one", "two", "three", "four");
  private static final List<String> ALL =
      List.of("alice: one", "alice: two", "alice: three", "alice: four");
  private static final Duration LONG = Duration.ofSeconds(40);

  private final Recorder alice = new Recorder();
  private final Recorder bob = new Recorder();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.start(RelayOptions.DEFAULT);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    relay.close();
  }

  @Test
  void anHonestOneIsHeardInFull() throws Exception {
    assertTrue(talk(LONG, (type, number, message) -> List.of(message)));

    assertEquals(ALL, bob.heard());
    assertEquals(List.of(), bob.refused());
    assertEquals(List.of("alice", "bob"), bob.left());
    assertTrue(bob.key().isDestroyed());
    assertEquals(alice.key().sid(), bob.key().sid());
  }

  @Test
  void anAlteredFrameIsRefusedAndMissed() throws Exception {
    boolean isComplete =
        talk(LONG, frame(1, message -> List.of(Tampering.altered(message, b -> flip(b, 40)))));

    assertFalse(isComplete);
    assertEquals(List.of("alice: one", "alice: three", "alice: four"), bob.heard());
    assertEquals(List.of(ErrorCode.BAD_TAG), bob.refused());
    assertEquals(List.of("message 1 of alice"), bob.missing());
  }

  @Test
  void aDroppedFrameIsMissed() throws Exception {
    assertFalse(talk(LONG, frame(1, message -> List.of())));

    assertEquals(List.of("alice: one", "alice: three", "alice: four"), bob.heard());
    assertEquals(List.of("message 1 of alice"), bob.missing());
  }

  @Test
  void aDoubledFrameCountsOnce() throws Exception {
    assertTrue(talk(LONG, frame(1, message -> List.of(message, message))));

    assertEquals(ALL, bob.heard());
    assertEquals(List.of(ErrorCode.REPLAY), bob.refused());
  }

  @Test
  void swappedFramesAreHeardInTheRightOrder() throws Exception {
    List<String> held = new ArrayList<>();
    boolean isComplete =
        talk(
            LONG,
            (type, number, message) -> {
              if (type == MessageType.FRAME && number == 1) {
                held.add(message);
                return List.of();
              }
              return type == MessageType.FRAME && number == 2
                  ? List.of(message, held.get(0))
                  : List.of(message);
            });

    assertTrue(isComplete);
    assertEquals(ALL, bob.heard());
    assertEquals(1, bob.waiting());
  }

  @Test
  void inventedMessagesAreRefused() throws Exception {
    assertTrue(
        talk(
            LONG,
            frame(
                0,
                message ->
                    List.of(
                        "hello",
                        "?mpOTR:AAAA.",
                        Tampering.altered(message, b -> flip(b, 3)),
                        Tampering.altered(message, b -> new byte[b.length]),
                        message))));

    assertEquals(ALL, bob.heard());
    assertEquals(
        List.of(
            ErrorCode.MALFORMED,
            ErrorCode.UNSUPPORTED_VERSION,
            ErrorCode.UNKNOWN_EPOCH,
            ErrorCode.UNSUPPORTED_VERSION),
        bob.refused());
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageType.class,
      names = {"INTRODUCTION", "SHARE", "ATTEST"})
  void anAlteredSetupFails(MessageType round) {
    ExecutionException failure =
        assertThrows(
            ExecutionException.class,
            () ->
                talk(
                    LONG,
                    (type, number, message) ->
                        List.of(
                            type == round
                                ? Tampering.altered(message, b -> flip(b, b.length - 70))
                                : message)));

    assertInstanceOf(SetupFailedException.class, failure.getCause());
    assertNull(bob.key());
    assertEquals(List.of(), bob.heard());
  }

  @Test
  void aSetupWithoutAMessageTimesOutAndNamesTheRound() throws Exception {
    List<MessageType> rounds =
        List.of(MessageType.HELLO, MessageType.INTRODUCTION, MessageType.SHARE, MessageType.ATTEST);
    List<Future<Boolean>> talks = new ArrayList<>();
    for (MessageType round : rounds) {
      Tampering.Attack dropping =
          (type, number, message) -> type == round && number == 1 ? List.of() : List.of(message);
      String channel = "#" + round;
      talks.add(
          threads.submit(
              () -> talk(channel, Duration.ofSeconds(6), dropping, new Recorder(), bob)));
    }
    for (int i = 0; i < rounds.size(); i++) {
      Future<Boolean> talk = talks.get(i);
      ExecutionException failure = assertThrows(ExecutionException.class, talk::get);
      ConversationFailedException late =
          assertInstanceOf(ConversationFailedException.class, failure.getCause().getCause());
      String present = rounds.get(i) == MessageType.HELLO ? ".*only " : ".*member [01], id ";
      assertEquals(ErrorCode.SETUP_TIMEOUT, late.code());
      assertTrue(late.getMessage().contains("the round " + rounds.get(i) + " still lacks"));
      assertTrue(late.getMessage().matches(present + "[0-9a-f]{32}"), late::getMessage);
    }
    assertNull(bob.key());
  }

  @Test
  void aSetupInTheWrongOrderAndDoubledStillHolds() throws Exception {
    List<String> held = new ArrayList<>();
    boolean isComplete =
        talk(
            LONG,
            (type, number, message) -> {
              // Of each round the first message comes after the second, and once more.
              if (type == MessageType.FRAME) {
                return List.of(message);
              }
              held.add(message);
              return held.size() % 2 == 1
                  ? List.of()
                  : List.of(message, held.get(held.size() - 2), message);
            });

    assertTrue(isComplete);
    assertEquals(ALL, bob.heard());
    assertNotNull(bob.key());
    assertTrue(bob.refused().stream().allMatch(ErrorCode.REPLAY::equals), bob.refused()::toString);
  }

  /** An attack on one of alice's frames; bob's own LEAVE comes after all of hers. */
  private static Tampering.Attack frame(int number, Function<String, List<String>> attack) {
    return (type, count, message) ->
        type == MessageType.FRAME && count == number ? attack.apply(message) : List.of(message);
  }

  private static byte[] flip(byte[] bytes, int index) {
    bytes[index] ^= 1;
    return bytes;
  }

  /** Bob's answer whether everything arrived, or his failure. */
  private boolean talk(Duration setup, Tampering.Attack attack)
      throws InterruptedException, ExecutionException, TimeoutException {
    return talk("#tea & cakes", setup, attack, alice, bob);
  }

  private boolean talk(
      String channel,
      Duration setup,
      Tampering.Attack attack,
      ChatListener speaker,
      ChatListener listener)
      throws InterruptedException, ExecutionException, TimeoutException {
    Patience patience = new Patience(setup, Duration.ofMillis(500));
    Iterator<String> lines = LINES.iterator();
    Transport direct = new HttpTransport(relay.uri(), channel);
    Transport attacked = new Tampering(new HttpTransport(relay.uri(), channel), attack);
    Future<Boolean> speaking =
        threads.submit(
            () ->
                session(channel, "alice", speaker, patience, direct)
                    .run(() -> lines.hasNext() ? Optional.of(lines.next()) : Optional.empty()));
    try {
      Future<Boolean> listening =
          threads.submit(
              () ->
                  session(channel, "bob", listener, patience, attacked)
                      .run(HostileRelayTest::silence));
      return listening.get(LONG.toSeconds(), TimeUnit.SECONDS);
    } finally {
      speaking.cancel(true);
    }
  }

  /** Says nothing until alice has left. */
  private static Optional<String> silence() throws InterruptedException {
    new CountDownLatch(1).await();
    return Optional.empty();
  }

  private static MemberSession session(
      String channel,
      String nickname,
      ChatListener listener,
      Patience patience,
      Transport transport)
      throws GeneralSecurityException {
    MpotrProvider provider = new MpotrProvider();
    MemberProfile profile =
        new MemberProfile(
            IdentityFile.throwaway(provider),
            SessionParameterSpec.of(channel, nickname),
            2,
            patience);
    return new MemberSession(profile, provider, transport, listener);
  }
}
