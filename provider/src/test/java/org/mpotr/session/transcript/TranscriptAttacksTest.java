package org.mpotr.session.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.session.transcript.Transcript.Placement;
import org.mpotr.wire.Bytes;

/**
 * The attacks of PROTOCOL.md, section 14, that seq, id and parents of frames stand against: replay
 * inside an epoch, reordering, silent drop; and memory exhaustion by frames that wait.
 */
class TranscriptAttacksTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private GroupKey alice;
  private GroupKey bob;
  private Transcript transcript;

  @BeforeEach
  void anEmptyTranscript() throws Exception {
    Outcome outcome = TestGroup.of("transcript", 3).run();
    alice = outcome.key(0);
    bob = outcome.key(1);
    transcript = new Transcript(alice.sid(), alice.roster());
  }

  private static FrameSealer.Sealed frame(
      GroupKey by, FrameKind kind, long seq, FrameSealer.Sealed... parents) throws Exception {
    List<Bytes> ids = Arrays.stream(parents).map(TranscriptAttacksTest::id).sorted().toList();
    byte[] content = kind.equals(FrameKind.TEXT) ? "text".getBytes(UTF_8) : new byte[0];
    return new FrameSealer(by)
        .seal(FrameParameterSpec.of(kind, seq, ids), content, 0, content.length, RANDOM);
  }

  private static FrameSealer.Sealed text(GroupKey by, long seq, FrameSealer.Sealed... parents)
      throws Exception {
    return frame(by, FrameKind.TEXT, seq, parents);
  }

  private static Bytes id(FrameSealer.Sealed frame) {
    return frame.spec().id().orElseThrow();
  }

  private Placement place(FrameSealer.Sealed frame) {
    return transcript.place(frame.spec(), frame.frame(), new byte[0]);
  }

  private static List<Bytes> delivered(Placement placement) {
    return placement.deliveries().stream().map(each -> each.spec().id().orElseThrow()).toList();
  }

  /** Reordering. */
  @Test
  void whatIsReorderedIsDeliveredInItsOrder() throws Exception {
    FrameSealer.Sealed question = text(alice, 0);
    FrameSealer.Sealed answer = text(bob, 0, question);
    FrameSealer.Sealed thanks = text(alice, 1, question, answer);
    assertEquals(Transcript.Outcome.WAITING, place(thanks).outcome());
    assertEquals(Transcript.Outcome.WAITING, place(answer).outcome());
    assertEquals(Set.of(id(question)), Set.copyOf(transcript.missing(64)));
    assertEquals(List.of(id(question), id(answer), id(thanks)), delivered(place(question)));
    assertEquals(List.of(id(question), id(answer), id(thanks)), transcript.order());
  }

  /** Replay inside an epoch. */
  @Test
  void whatIsReplayedIsNotDeliveredAgain() throws Exception {
    FrameSealer.Sealed first = text(alice, 0);
    FrameSealer.Sealed second = text(alice, 1, first);
    assertEquals(Transcript.Outcome.WAITING, place(second).outcome());
    assertEquals(Transcript.Outcome.REPLAY, place(second).outcome());
    assertEquals(2, place(first).deliveries().size());
    assertEquals(Transcript.Outcome.REPLAY, place(first).outcome());
    assertEquals(Transcript.Outcome.REPLAY, place(second).outcome());
  }

  /** What a sender said cannot be left out without a gap in its line, not even by itself. */
  @Test
  void aLineHasNoGaps() throws Exception {
    FrameSealer.Sealed first = text(alice, 0);
    place(first);
    assertEquals(Transcript.Outcome.REFUSED, place(text(alice, 2, first)).outcome());
    assertEquals(Transcript.Outcome.REFUSED, place(text(alice, 1)).outcome());
    FrameSealer.Sealed others = text(bob, 0);
    place(others);
    assertEquals(Transcript.Outcome.REFUSED, place(text(alice, 1, others)).outcome());
    assertEquals(Transcript.Outcome.DELIVERED, place(text(alice, 1, first, others)).outcome());
  }

  /** Two frames in one place are both delivered, and named. */
  @Test
  void whoSaysTwoThingsInOnePlaceIsFoundOut() throws Exception {
    FrameSealer.Sealed one = text(alice, 0);
    FrameSealer.Sealed other = text(alice, 0);
    assertEquals(Optional.empty(), place(one).deliveries().get(0).conflictsWith());
    assertEquals(Optional.of(id(one)), place(other).deliveries().get(0).conflictsWith());
  }

  /** Ack storms. */
  @Test
  void acknowledgementsAreNotAcknowledged() throws Exception {
    FrameSealer.Sealed said = text(alice, 0);
    FrameSealer.Sealed ack = frame(bob, FrameKind.ACK, 0, said);
    place(said);
    assertTrue(transcript.owesAcknowledgement(bob.ownIndex()));
    place(ack);
    assertEquals(1, transcript.confirmations(id(said)));
    assertEquals(List.of(id(said)), transcript.parents(alice.ownIndex()));
    assertEquals(
        Transcript.Outcome.REFUSED, place(frame(alice, FrameKind.ACK, 1, said, ack)).outcome());
  }

  /** Memory exhaustion. */
  @Test
  void whatWaitsIsBounded() throws Exception {
    FrameSealer.Sealed withheld = text(alice, 0);
    FrameSealer.Sealed others = text(bob, 0);
    for (int i = 0; i < WaitingFrames.MAX_FRAMES; i++) {
      assertEquals(Transcript.Outcome.WAITING, place(text(alice, 1, withheld)).outcome());
    }
    assertEquals(Transcript.Outcome.FULL, place(text(alice, 1, withheld)).outcome());
    // One member's flood takes nothing from another.
    assertEquals(Transcript.Outcome.WAITING, place(text(bob, 1, others)).outcome());
    assertEquals(2, place(others).deliveries().size());
    assertEquals(
        Transcript.Outcome.REFUSED, place(text(bob, Transcript.MAX_FRAMES, others)).outcome());
  }
}
