package org.mpotr.session.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.framing.FrameKind.ACK;
import static org.mpotr.framing.FrameKind.TEXT;
import static org.mpotr.session.transcript.TestGraph.frame;
import static org.mpotr.session.transcript.TestGraph.id;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/** How a transcript becomes whole (PROTOCOL.md, section 7). */
class RecoveryTest {

  private static final long MINUTE = 60_000;

  /** A member whose frames all others hear at once that are not deaf to it. */
  private static final class Speaker implements Recovery.Voice {
    final int place;
    final Map<Bytes, FrameParameterSpec> said = new HashMap<>();
    final Set<Integer> deafTo = new HashSet<>();
    final List<Speaker> all;
    final Transcript transcript;
    final Recovery recovery;
    final List<Bytes> requested = new ArrayList<>();
    final List<byte[]> repeated = new ArrayList<>();
    long now;

    Speaker(int place, int members, List<Speaker> all) {
      SplittableRandom random = new SplittableRandom(place);
      this.place = place;
      this.all = all;
      this.transcript = TestGraph.of(members);
      this.recovery = new Recovery(transcript, place, members, random::nextInt, this);
    }

    FrameParameterSpec say(FrameKind kind) {
      String name = place + " says " + transcript.nextSeq(place);
      FrameParameterSpec spec = TestGraph.next(transcript, name, kind, place);
      TestGraph.place(transcript, spec);
      recovery.spoke(spec, now);
      said.put(spec.id().orElseThrow(), spec);
      return spec;
    }

    void hear(FrameParameterSpec spec) {
      said.put(spec.id().orElseThrow(), spec);
      if (transcript.isKnown(spec.id().orElseThrow())) {
        recovery.repeated(spec.id().orElseThrow(), now);
      } else {
        TestGraph.place(transcript, spec);
        recovery.delivered(spec, now);
      }
    }

    void tell(FrameParameterSpec spec) {
      all.stream()
          .filter(other -> other != this && !other.deafTo.contains(place))
          .forEach(other -> other.hear(spec));
    }

    void tick(long time) {
      now = time;
      recovery.tick(now);
    }

    @Override
    public void acknowledge() {
      tell(say(ACK));
    }

    @Override
    public void request(List<Bytes> ids) {
      requested.addAll(ids);
    }

    @Override
    public void repeat(byte[] original) {
      repeated.add(original);
      FrameParameterSpec spec = said.get(Bytes.of(original));
      if (spec != null) {
        tell(spec);
      }
    }
  }

  private static List<Speaker> speakers(int count) {
    List<Speaker> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Speaker(i, count, all));
    }
    return all;
  }

  @Test
  void whatAllSayAtOnceIsAcknowledgedByAll() {
    List<Speaker> all = speakers(80);
    List<FrameParameterSpec> texts = all.stream().map(speaker -> speaker.say(TEXT)).toList();
    for (Speaker speaker : all) {
      texts.stream()
          .filter(text -> text.sender().orElseThrow() != speaker.place)
          .forEach(speaker::hear);
    }
    run(all, 0, MINUTE);
    for (FrameParameterSpec text : texts) {
      assertEquals(79, all.get(0).transcript.confirmations(text.id().orElseThrow()));
    }
    // No more than it takes: 79 others, 31 or 32 at a time.
    all.forEach(s -> assertTrue(s.transcript.nextSeq(s.place) <= 1 + 3, "frames of " + s.place));
  }

  @Test
  void anAcknowledgementThatIsLostIsSaidAgain() {
    List<Speaker> all = speakers(4);
    // The third hears nothing of the fourth for a while, and has said nothing itself.
    all.get(2).deafTo.add(3);
    FrameParameterSpec text = all.get(0).say(TEXT);
    all.get(0).tell(text);
    run(all, 0, 3_000);
    Bytes id = text.id().orElseThrow();
    assertEquals(3, all.get(0).transcript.confirmations(id));
    assertEquals(2, all.get(2).transcript.confirmations(id));
    all.get(2).deafTo.clear();
    run(all, 3_000, MINUTE / 2);
    assertEquals(3, all.get(2).transcript.confirmations(id));
    // And then nobody repeats anything any more.
    int repeated = all.stream().mapToInt(speaker -> speaker.repeated.size()).sum();
    assertTrue(repeated <= 8, repeated + " repeated");
    run(all, MINUTE / 2, 10 * MINUTE);
    assertEquals(repeated, all.stream().mapToInt(speaker -> speaker.repeated.size()).sum());
  }

  private static void run(List<Speaker> all, long from, long to) {
    for (long now = from; now < to; now += 100) {
      for (Speaker speaker : all) {
        speaker.tick(now);
      }
    }
  }

  @Test
  void aMemberMakesOthersRepeatSoMuchAndNoMore() {
    Speaker speaker = speakers(3).get(0);
    List<Bytes> ids = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      FrameParameterSpec spec = TestGraph.next(speaker.transcript, "text " + i, TEXT, 0);
      speaker.transcript.place(spec, new byte[1 << 15], new byte[0]);
      ids.add(id("text " + i));
    }
    for (int round = 0; round < 5; round++) {
      // As often as it likes within a second.
      speaker.recovery.requested(1, ids, 100 * round);
    }
    speaker.tick(900);
    assertEquals(8, speaker.repeated.size());
    // Others have their own share, and the same one later.
    speaker.recovery.requested(2, ids, 900);
    speaker.tick(1_900);
    assertEquals(16, speaker.repeated.size());
    speaker.recovery.requested(1, ids, 1_900);
    speaker.tick(2_800);
    assertEquals(24, speaker.repeated.size());
  }

  @Test
  void aFrameAsLongAsThereAreIsRepeatedToo() {
    Speaker speaker = speakers(3).get(0);
    FrameParameterSpec spec = TestGraph.next(speaker.transcript, "long", TEXT, 0);
    speaker.transcript.place(spec, new byte[1 << 20], new byte[0]);
    speaker.recovery.requested(1, List.of(id("long")), 0);
    speaker.tick(900);
    assertEquals(1, speaker.repeated.size());
  }

  @Test
  void whatIsLostIsAskedForBesideWhatIsInvented() {
    Speaker speaker = speakers(3).get(0);
    for (int i = 0; i < 9; i++) {
      List<Bytes> invented = new ArrayList<>();
      for (int j = 0; j < FrameParameterSpec.MAX_PARENTS; j++) {
        invented.add(id("invented " + i + " " + j));
      }
      TestGraph.place(speaker.transcript, frame("liar's " + i, TEXT, 1, i, invented));
    }
    FrameParameterSpec gap = frame("honest", TEXT, 2, 1, List.of(id("lost")));
    TestGraph.place(speaker.transcript, gap);
    for (long now = 0; now < 5_000; now += 50) {
      speaker.tick(now);
    }
    assertTrue(speaker.requested.contains(id("lost")));
  }
}
