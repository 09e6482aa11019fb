package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mpotr.TestFrames;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.WireWriter;

/** One epoch as one member lives it (PROTOCOL.md, sections 6.5, 7 and 8). */
class EpochTest {

  private static final EpochParameters ROOM = EpochParameters.of("room");
  private static final long MINUTE = 60_000;

  private EpochGroup group;
  private EpochGroup.One one;
  private EpochGroup.One other;
  private EpochGroup.One third;

  @BeforeEach
  void meet() throws Exception {
    group = new EpochGroup(3, ROOM);
    one = group.get(0);
    other = group.get(1);
    third = group.get(2);
  }

  private static byte[] content(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void closeAll() {
    for (int i = 0; i < 3; i++) {
      group.get(i).epoch.sayFarewell(FrameKind.CLOSE, Bytes.EMPTY);
    }
    group.run(MINUTE, 250);
  }

  // Closing (8)

  @Test
  void whatIsForgedWithPublishedKeysAfterTheEndIsNotHeard() throws Exception {
    // The third withholds its end from the other one, so that one publishes its keys before that.
    group.filter((from, to, message) -> !(from == 2 && to == 1 && isEnd(message)));
    EpochGroup.say(one, "true");
    closeAll();
    assertTrue(one.epoch.isErased());
    assertFalse(other.epoch.isErased());
    assertEquals(Closing.Phase.ENDED, other.epoch.phase());
    assertTrue(
        other.events(Event.KeysPublished.class).stream()
            .anyMatch(event -> event.member().index() == 0));
    Transcript transcript = other.epoch.transcript();
    int heard = other.heard.size();
    for (int sender : new int[] {0, 2}) {
      byte[] forged =
          group.get(sender).forge(next(transcript, FrameKind.TEXT, sender), content("x"));
      other.epoch.receive(forgedAck(transcript, forged));
      other.epoch.receive(forged);
      assertFalse(transcript.contains(one.read(forged).id().orElseThrow()));
    }
    assertEquals(heard, other.heard.size());
  }

  private boolean isEnd(byte[] message) {
    try {
      return message[1] == MessageType.KEYS.code()
          || message[1] == MessageType.FRAME.code()
              && third.read(message).kind().equals(FrameKind.END);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FrameParameterSpec next(Transcript transcript, FrameKind kind, int sender) {
    List<Bytes> parents = transcript.newest(sender).stream().toList();
    return FrameParameterSpec.of(kind, transcript.nextSeq(sender), parents);
  }

  /** The third says that it has heard what was forged. */
  private byte[] forgedAck(Transcript transcript, byte[] forged) throws Exception {
    Set<Bytes> parents = new HashSet<>();
    parents.add(transcript.newest(2).orElseThrow());
    parents.add(one.read(forged).id().orElseThrow());
    return third.forge(
        FrameParameterSpec.of(FrameKind.ACK, transcript.nextSeq(2), parents), new byte[0]);
  }

  @Test
  void whoseKeysArePublicIsNotHeardThoughItsFrameIsAwaited() throws Exception {
    Keys keys = one.publication();
    Transcript transcript = other.epoch.transcript();
    byte[] forged = one.forge(FrameParameterSpec.text(0), content("forged"));
    byte[] waits =
        one.forge(
            FrameParameterSpec.of(FrameKind.TEXT, 1, List.of(one.read(forged).id().orElseThrow())),
            content("waits"));
    other.epoch.receive(waits);
    other.epoch.published(keys);
    other.epoch.receive(forged);
    assertFalse(transcript.isKnown(one.read(forged).id().orElseThrow()));
    assertTrue(transcript.isWhole());
    assertTrue(other.heard.isEmpty());
  }

  @Test
  void allEndTogether() throws Exception {
    EpochGroup.say(one, "one");
    EpochGroup.say(other, "two");
    closeAll();
    for (int i = 0; i < 3; i++) {
      assertTrue(group.get(i).epoch.isErased());
      assertTrue(group.get(i).events(Event.EpochClosed.class).get(0).inFull());
      assertEquals(3, group.get(i).events(Event.KeysPublished.class).size());
    }
  }

  // Bounds (7)

  @Test
  void aFullLineSaysNothingTwice() throws Exception {
    Transcript transcript = one.epoch.transcript();
    int quota = Transcript.MAX_FRAMES / 3;
    Bytes last = Bytes.EMPTY;
    for (int i = 0; i < quota; i++) {
      if (i == quota * 3 / 4 + 1) {
        assertFalse(one.epoch.hasRoom());
        Outbox outbox = new Outbox(one.context);
        assertThrows(
            IllegalStateException.class,
            () -> outbox.send(one.epoch, FrameKind.TEXT, content("no room")));
        outbox.keep(one.epoch, FrameKind.TEXT, content("later"));
        outbox.flush(one.epoch);
        assertFalse(outbox.isEmpty());
        assertEquals(i, one.epoch.nextSeq());
      }
      last = placeOwn(transcript, i, last);
    }
    assertTrue(one.epoch.isFilling());
    one.context.takeMessages();
    assertEquals(Bytes.EMPTY, EpochGroup.say(one, "too much"));
    one.epoch.acknowledge();
    assertTrue(one.context.takeMessages().isEmpty());
    // What stands outside the graph has no place in the line.
    one.epoch.request(List.of(last));
    assertEquals(1, one.context.takeMessages().size());
  }

  /** An acknowledgement of one's own, without the work of sealing it. */
  private static Bytes placeOwn(Transcript transcript, int seq, Bytes last) throws Exception {
    byte[] id = new byte[32];
    id[0] = (byte) (seq >>> 16);
    id[1] = (byte) (seq >>> 8);
    id[2] = (byte) seq;
    WireWriter writer = new WireWriter().uint8(FrameKind.ACK.code()).uint64(seq);
    writer.prefix(last.length()).opaque(last);
    byte[] spec = writer.vector(Bytes.of(id)).uint16(0).finish();
    transcript.place(FrameParameterSpec.decode(spec), new byte[0], new byte[0]);
    return Bytes.of(id);
  }

  @Test
  void nothingIsSaidAfterTheFarewell() throws Exception {
    one.epoch.sayFarewell(FrameKind.LEAVE, Bytes.EMPTY);
    one.context.takeMessages();
    assertEquals(Bytes.EMPTY, EpochGroup.say(one, "and another thing"));
    assertTrue(one.context.takeMessages().isEmpty());
  }

  // Receiving (6.5)

  @Test
  void anOutsidersGarbageIsCountedAndAMembersIsShown() throws Exception {
    byte[] frame = one.forge(FrameParameterSpec.text(0), content("text"));
    byte[] noSuchSender = frame.clone();
    noSuchSender[11] = 3;
    byte[] tooLong = Arrays.copyOf(frame, ROOM.limits().frameBytes() + 1);
    for (byte[] garbage : List.of(noSuchSender, tooLong)) {
      other.epoch.receive(garbage);
      other.epoch.receive(List.of(garbage, garbage));
    }
    assertEquals(Map.of(ErrorCode.MALFORMED, 6L), other.context.refused());
    assertTrue(other.events.isEmpty());
    other.epoch.receive(TestFrames.forge(one.spare, 0, new byte[11]));
    List<Event.Failed> failures = other.events(Event.Failed.class);
    assertEquals(1, failures.size());
    assertEquals(ErrorCode.MALFORMED, failures.get(0).code());
    // In another's name: whoever it was is a member.
    other.epoch.receive(TestFrames.forge(one.spare, 2, new byte[11]));
    assertEquals(ErrorCode.BAD_SIGNATURE, other.events(Event.Failed.class).get(1).code());
  }

  @Test
  void whatStandsOutsideTheGraphIsNotReplayed() throws Exception {
    FrameParameterSpec spec = FrameParameterSpec.of(FrameKind.FILE_REQUEST, 0, List.of());
    byte[] request = one.forge(spec, content("request"));
    byte[] another = one.forge(spec, content("request"));
    for (int i = 0; i < 3; i++) {
      other.epoch.receive(request);
    }
    other.epoch.receive(List.of(another, request, another));
    assertEquals(2, other.events(Event.FileFrame.class).size());
    // One's own come back as well.
    other.epoch.say(FrameKind.FILE_REQUEST, content("own"));
    other.context.takeMessages().forEach(other.epoch::receive);
    assertEquals(2, other.events(Event.FileFrame.class).size());
    assertEquals(Map.of(), other.context.refused());
  }

  @Test
  void aCopyWithAnotherTagAnswersNothing() throws Exception {
    Bytes id = EpochGroup.say(one, "text");
    byte[] frame = one.context.takeMessages().get(0);
    other.epoch.receive(frame);
    byte[] request =
        third.forge(
            FrameParameterSpec.of(FrameKind.RESEND_REQUEST, 0, List.of()),
            new ResendRequest(List.of(id)).encoded());
    other.epoch.receive(request);
    byte[] copy = frame.clone();
    copy[copy.length - 1] ^= 1;
    other.epoch.receive(copy);
    other.context.advance(new Time(900, 900));
    other.epoch.tick();
    assertTrue(sent(other).contains(Bytes.of(frame)));
    // The frame itself is an answer.
    third.epoch.receive(frame);
    third.epoch.receive(
        other.forge(
            FrameParameterSpec.of(FrameKind.RESEND_REQUEST, 0, List.of()),
            new ResendRequest(List.of(id)).encoded()));
    third.epoch.receive(frame);
    third.context.advance(new Time(900, 900));
    third.epoch.tick();
    assertFalse(sent(third).contains(Bytes.of(frame)));
  }

  private static Set<Bytes> sent(EpochGroup.One member) {
    Set<Bytes> sent = new HashSet<>();
    member.context.takeMessages().forEach(message -> sent.add(Bytes.of(message)));
    return sent;
  }

  @Test
  void whatWasSaidIsClearedWhenItWasHeard() throws Exception {
    byte[] secret = content("secret");
    EpochGroup.say(one, "secret");
    one.context.takeMessages().forEach(other.epoch::receive);
    assertArrayEquals(new byte[secret.length], one.heard.get(0));
    assertArrayEquals(new byte[secret.length], other.heard.get(0));
  }

  // Statuses (7)

  @Test
  void oneProofOfALieIsEnough() throws Exception {
    for (int i = 0; i < 20; i++) {
      other.epoch.receive(one.forge(FrameParameterSpec.text(0), content("rival " + i)));
    }
    assertEquals(1, other.events(Event.ConflictFound.class).size());
    assertEquals(20, other.heard.size());
  }

  @Test
  void whoSpeaksAndDoesNotConfirmIsReportedAtTimes() throws Exception {
    Bytes id = EpochGroup.say(one, "who confirms this?");
    // The third hears everything, the other one speaks and hears nothing.
    group.filter((from, to, message) -> to != 1 && from != 1);
    List<Bytes> last = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      FrameParameterSpec spec = FrameParameterSpec.of(FrameKind.TEXT, i, last);
      byte[] frame = other.forge(spec, content("text " + i));
      last = List.of(other.read(frame).id().orElseThrow());
      one.epoch.receive(frame);
      third.epoch.receive(frame);
      group.run(5_000, 1_000);
    }
    // A thousand seconds, and the set-up timeout is one minute.
    int reports = one.events(Event.MembersOverdue.class).size();
    assertTrue(reports >= 1 && reports <= 5, reports + " reports");
    assertEquals(
        1,
        one.events(Event.StatusChanged.class).stream()
            .filter(event -> event.id().equals(id) && event.status().isOverdue())
            .count());
  }
}
