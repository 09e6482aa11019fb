package org.mpotr.session.transcript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.framing.FrameKind.ACK;
import static org.mpotr.framing.FrameKind.CLOSE;
import static org.mpotr.framing.FrameKind.END;
import static org.mpotr.framing.FrameKind.LEAVE;
import static org.mpotr.framing.FrameKind.TEXT;
import static org.mpotr.session.transcript.TestGraph.frame;
import static org.mpotr.session.transcript.TestGraph.id;
import static org.mpotr.session.transcript.TestGraph.next;
import static org.mpotr.session.transcript.TestGraph.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.session.transcript.Transcript.Outcome;
import org.mpotr.wire.Bytes;

/** The graph of an epoch and its rules (PROTOCOL.md, section 7). */
class TranscriptTest {

  private static final int MIB = 1 << 20;

  private static Outcome say(Transcript transcript, String name, FrameKind kind, int sender) {
    return place(transcript, next(transcript, name, kind, sender));
  }

  private static FrameParameterSpec alone(String name, FrameKind kind, int sender) {
    return frame(name, kind, sender, 0, List.of());
  }

  @Test
  void parentsAreTheNewestByDelivery() {
    Transcript transcript = TestGraph.of(40);
    for (int sender = 0; sender < 40; sender++) {
      place(transcript, alone("text " + sender, TEXT, sender));
    }
    // Of 39 others the 31 that came last, beside one's own last frame.
    Set<Bytes> parents = Set.copyOf(transcript.parents(39));
    assertEquals(FrameParameterSpec.MAX_PARENTS, parents.size());
    assertTrue(parents.contains(id("text 39")));
    for (int sender = 0; sender < 39; sender++) {
      assertEquals(sender >= 8, parents.contains(id("text " + sender)), "sender " + sender);
    }
    say(transcript, "ack", ACK, 39);
    assertTrue(transcript.owesAcknowledgement(39));
    say(transcript, "another ack", ACK, 39);
    assertFalse(transcript.owesAcknowledgement(39));
  }

  @Test
  void aMemberHasItsShareOfTheFramesAndNoMore() {
    Transcript transcript = TestGraph.of(256);
    int quota = Transcript.MAX_FRAMES / 256;
    for (int i = 0; i < quota; i++) {
      assertEquals(i < quota * 3 / 4, transcript.hasRoom(7), "room for " + i);
      assertEquals(i >= quota / 2, transcript.isFilling(), "filling at " + i);
      assertTrue(transcript.mayFollow(7, ACK));
      assertEquals(Outcome.DELIVERED, say(transcript, "ack " + i, ACK, 7));
    }
    assertFalse(transcript.mayFollow(7, ACK));
    assertEquals(Outcome.REFUSED, say(transcript, "one more", ACK, 7));
    // Whose turn comes later loses nothing by it.
    assertTrue(transcript.hasRoom(8));
    assertEquals(Outcome.DELIVERED, say(transcript, "of another", TEXT, 8));
  }

  @Test
  void rivalsCountAsWell() {
    Transcript transcript = TestGraph.of(256);
    for (int i = 0; i < Transcript.MAX_FRAMES / 256; i++) {
      assertEquals(Outcome.DELIVERED, place(transcript, alone("rival " + i, TEXT, 7)));
    }
    assertEquals(Outcome.FULL, place(transcript, alone("one more", TEXT, 7)));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void nothingButAckAndEndFollowsAFarewell(int farewell) {
    Transcript transcript = TestGraph.of(3);
    say(transcript, "farewell", new FrameKind(farewell), 0);
    say(transcript, "ack", ACK, 0);
    for (FrameKind kind : List.of(TEXT, FrameKind.HELLO, FrameKind.PROPOSE, CLOSE, LEAVE)) {
      assertFalse(transcript.mayFollow(0, kind));
      assertEquals(Outcome.REFUSED, say(transcript, "after all " + kind.code(), kind, 0));
    }
    assertEquals(Outcome.DELIVERED, say(transcript, "end", END, 0));
    assertFalse(transcript.mayFollow(0, ACK));
    assertEquals(Outcome.REFUSED, say(transcript, "beyond the end", ACK, 0));
    assertEquals(Outcome.REFUSED, say(transcript, "second end", END, 0));
  }

  @Test
  void nobodyEndsWithoutAFarewell() {
    Transcript transcript = TestGraph.of(3);
    assertEquals(Outcome.REFUSED, say(transcript, "end", END, 0));
    say(transcript, "text", TEXT, 1);
    assertEquals(Outcome.REFUSED, say(transcript, "late end", END, 1));
  }

  @Test
  void whatOthersNameAsParentBreaksTheRulesAllTheSame() {
    Transcript transcript = TestGraph.of(3);
    say(transcript, "farewell", CLOSE, 0);
    FrameParameterSpec forged = next(transcript, "forged", TEXT, 0);
    place(transcript, frame("ack", ACK, 1, 0, List.of(id("forged"))));
    assertEquals(Outcome.REFUSED, place(transcript, forged));
    assertFalse(transcript.contains(id("forged")));
    assertFalse(transcript.contains(id("ack")));
  }

  @Test
  void inventedParentsHideNobodyElsesGaps() {
    Transcript transcript = TestGraph.of(3);
    for (int i = 0; i < 9; i++) {
      List<Bytes> invented = new ArrayList<>();
      for (int j = 0; j < FrameParameterSpec.MAX_PARENTS; j++) {
        invented.add(id("invented " + i + " " + j));
      }
      place(transcript, frame("liar's " + i, TEXT, 1, i, invented));
    }
    place(transcript, frame("honest", TEXT, 2, 1, List.of(id("lost"))));
    Set<Bytes> missing = transcript.missing(256);
    assertEquals(256, missing.size());
    assertTrue(missing.contains(id("lost")));
    assertTrue(transcript.missing(2).contains(id("lost")));
    place(transcript, alone("lost", TEXT, 2));
    assertTrue(transcript.contains(id("honest")));
    assertFalse(transcript.missing(256).contains(id("lost")));
    transcript.drop(1);
    assertTrue(transcript.isWhole());
    assertTrue(transcript.missing(256).isEmpty());
  }

  @Test
  void aWaitingFrameIsNotMissing() {
    Transcript transcript = TestGraph.of(3);
    place(transcript, frame("third", TEXT, 0, 2, List.of(id("second"))));
    place(transcript, frame("second", TEXT, 0, 1, List.of(id("first"))));
    assertEquals(Set.of(id("first")), transcript.missing(256));
    place(transcript, alone("first", TEXT, 0));
    assertTrue(transcript.isWhole());
    assertEquals(List.of(id("first"), id("second"), id("third")), transcript.order());
  }

  @Test
  void theBytesThatAreKeptOfAMemberAreBounded() {
    Transcript transcript = TestGraph.of(3);
    for (int i = 0; i < 20; i++) {
      assertEquals(i < 8, transcript.hasRoom(0), "room for MiB " + i);
      transcript.place(next(transcript, "text " + i, TEXT, 0), new byte[MIB], new byte[0]);
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(i >= 4, transcript.original(id("text " + i)).isPresent(), "text " + i);
    }
    assertTrue(transcript.hasRoom(1));
    // What all have confirmed nobody lacks.
    say(transcript, "ack", ACK, 1);
    say(transcript, "ack too", ACK, 2);
    assertTrue(transcript.original(id("text 19")).isEmpty());
    assertTrue(transcript.hasRoom(0));
  }

  @Test
  void theBytesOfRivalsAreBounded() {
    Transcript transcript = TestGraph.of(3);
    for (int i = 0; i < 20; i++) {
      transcript.place(alone("text " + i, TEXT, 0), new byte[MIB], new byte[0]);
    }
    long kept = 0;
    for (int i = 0; i < 20; i++) {
      kept += transcript.original(id("text " + i)).map(bytes -> bytes.length).orElse(0);
    }
    assertEquals(16 * MIB, kept);
  }

  @Test
  void theBytesThatWaitOfAMemberAreBounded() {
    Transcript transcript = TestGraph.of(3);
    for (int i = 1; i <= 5; i++) {
      FrameParameterSpec spec = frame("text " + i, TEXT, 0, i, List.of(id("lost")));
      Outcome outcome = transcript.place(spec, new byte[MIB], new byte[0]).outcome();
      assertEquals(i <= 4 ? Outcome.WAITING : Outcome.FULL, outcome);
    }
    FrameParameterSpec other = frame("of another", TEXT, 1, 1, List.of(id("lost")));
    assertEquals(Outcome.WAITING, place(transcript, other));
  }

  @Test
  void whatIsNotDeliveredIsCleared() {
    Transcript transcript = TestGraph.of(3);
    place(transcript, alone("text", TEXT, 0));
    byte[] replayed = secret();
    transcript.place(alone("text", TEXT, 0), new byte[0], replayed);
    byte[] refused = secret();
    transcript.place(alone("end", END, 1), new byte[0], refused);
    byte[] waiting = secret();
    transcript.place(frame("waits", TEXT, 1, 1, List.of(id("lost"))), new byte[0], waiting);
    byte[] breaking = secret();
    transcript.place(frame("breaks", TEXT, 2, 0, List.of(id("ack"))), new byte[0], breaking);
    byte[] full = secret();
    transcript.place(frame("full", TEXT, 1, 2, List.of(id("lost"))), new byte[5 * MIB], full);
    assertArrayEquals(new byte[9], replayed);
    assertArrayEquals(new byte[9], refused);
    assertArrayEquals(new byte[9], full);
    assertArrayEquals(secret(), waiting);
    assertArrayEquals(secret(), breaking);
    // What waited for another member's acknowledgement breaks the rules as soon as that comes.
    assertEquals(Outcome.DELIVERED, place(transcript, alone("ack", ACK, 0)));
    assertArrayEquals(new byte[9], breaking);
    transcript.clear();
    assertArrayEquals(new byte[9], waiting);
  }

  private static byte[] secret() {
    byte[] content = new byte[9];
    Arrays.fill(content, (byte) 7);
    return content;
  }

  @Test
  void aCopyIsTheSameInWhatTheIdDoesNotCover() {
    Transcript transcript = TestGraph.of(2);
    byte[] frame = new byte[200];
    byte[] waiting = new byte[200];
    transcript.place(alone("text", TEXT, 0), frame, new byte[0]);
    transcript.place(frame("waits", TEXT, 1, 1, List.of(id("lost"))), waiting, new byte[0]);
    say(transcript, "ack", ACK, 1);
    assertTrue(transcript.original(id("text")).isEmpty());
    for (String name : List.of("text", "waits")) {
      assertTrue(transcript.isCopy(id(name), new byte[200]));
      for (int i = 200 - 80; i < 200; i++) {
        byte[] other = new byte[200];
        other[i] = 1;
        assertFalse(transcript.isCopy(id(name), other));
      }
    }
    assertFalse(transcript.isCopy(id("lost"), new byte[200]));
  }

  @Test
  void thousandsOfAcknowledgementsHideNothing() {
    Transcript transcript = TestGraph.of(2);
    say(transcript, "text", TEXT, 0);
    for (int i = 0; i < 20_000; i++) {
      say(transcript, "ack " + i, ACK, 0);
    }
    assertEquals(List.of(id("text")), transcript.parents(1));
    assertEquals(List.of(id("text")), transcript.frontier());
    assertFalse(transcript.isSettledAmong(List.of(0, 1)));
    say(transcript, "ack", ACK, 1);
    assertTrue(transcript.isSettledAmong(List.of(0, 1)));
  }
}
