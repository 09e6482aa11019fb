package org.mpotr.chat.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/** Frames of three members in all the wrong ways. */
class TranscriptTest {

  private final Transcript transcript = new Transcript(3);

  @Test
  void deliversWhatIsInOrderAtOnce() throws Exception {
    ReceivedFrame a0 = frame(0, 0, 1);
    ReceivedFrame b0 = frame(1, 0, 2, a0);

    assertEquals(List.of(a0), transcript.add(a0));
    assertEquals(List.of(b0), transcript.add(b0));
    assertEquals(List.of(b0.id()), transcript.frontier());
    assertEquals(1, transcript.next(0));
  }

  @Test
  void deliversSwappedFramesInTheRightOrder() throws Exception {
    ReceivedFrame a0 = frame(0, 0, 1);
    ReceivedFrame a1 = frame(0, 1, 2, a0);
    ReceivedFrame b0 = frame(1, 0, 3, a1);

    assertEquals(List.of(), transcript.add(b0));
    assertEquals(List.of(), transcript.add(a1));
    assertEquals(List.of(a0, a1, b0), transcript.add(a0));
    assertTrue(transcript.oldestWaiting().isEmpty());
  }

  @Test
  void aFrameCountsOnce() throws Exception {
    ReceivedFrame a0 = frame(0, 0, 1);
    ReceivedFrame a2 = frame(0, 2, 2);
    transcript.add(a0);
    transcript.add(a2);

    assertEquals(Optional.of(ErrorCode.REPLAY), transcript.objection(a0));
    assertEquals(Optional.of(ErrorCode.REPLAY), transcript.objection(a2));
  }

  @Test
  void twoFramesForOnePlaceAreAConflict() throws Exception {
    transcript.add(frame(0, 0, 1));
    transcript.add(frame(0, 2, 2));

    assertEquals(Optional.of(ErrorCode.CONFLICT), transcript.objection(frame(0, 0, 3)));
    assertEquals(Optional.of(ErrorCode.CONFLICT), transcript.objection(frame(0, 2, 4)));
    assertEquals(Optional.empty(), transcript.objection(frame(1, 0, 5)));
  }

  @Test
  void goesOnWithoutAFrameThatNeverComes() throws Exception {
    ReceivedFrame lost = frame(0, 0, 1);
    ReceivedFrame a1 = frame(0, 1, 2, lost);
    ReceivedFrame b0 = frame(1, 0, 3, a1);
    transcript.add(b0);
    transcript.add(a1);

    Transcript.Loss loss = transcript.giveUp();

    assertEquals(Set.of(new Transcript.Place(0, 0)), loss.places());
    assertEquals(List.of(a1, b0), loss.delivered());
    assertEquals(Optional.of(ErrorCode.OVERDUE), transcript.objection(lost));
    assertEquals(Optional.empty(), transcript.objection(frame(0, 2, 4)));
  }

  @Test
  void givesUpNothingThatOnlyOthersWaitFor() throws Exception {
    ReceivedFrame lostOfA = frame(0, 0, 1);
    ReceivedFrame lateOfB = frame(1, 0, 2);
    ReceivedFrame a1 = frame(0, 1, 3, lostOfA);
    ReceivedFrame b1 = frame(1, 1, 4, lateOfB);
    transcript.add(a1);
    transcript.add(b1);

    assertEquals(List.of(a1), transcript.giveUp().delivered());
    assertEquals(Optional.of(b1), transcript.oldestWaiting());
    assertEquals(List.of(lateOfB, b1), transcript.add(lateOfB));
  }

  @Test
  void framesThatWaitForEachOtherDoNotWaitForEver() throws Exception {
    ReceivedFrame second = frame(0, 1, 1);
    ReceivedFrame first = frame(0, 0, 2, second);
    transcript.add(first);
    transcript.add(second);

    assertEquals(List.of(), transcript.giveUp().delivered());
    assertTrue(transcript.oldestWaiting().isEmpty());
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    assertEquals(
        Optional.of(ErrorCode.GAP), transcript.objection(frame(0, Transcript.MAX_WAITING + 1, 1)));
    List<ReceivedFrame> ahead = new ArrayList<>();
    for (int i = 1; i <= Transcript.MAX_WAITING; i++) {
      ahead.add(frame(0, i, i));
    }
    for (ReceivedFrame frame : ahead) {
      assertEquals(Optional.empty(), transcript.objection(frame));
      transcript.add(frame);
    }
    ReceivedFrame a0 = frame(0, 0, 255);
    assertEquals(Optional.of(ErrorCode.RATE_LIMITED), transcript.objection(a0));
    assertEquals(ahead, transcript.giveUp().delivered());
  }

  @Test
  void aFrameNamesAtMostThirtyTwoParents() throws Exception {
    Transcript large = new Transcript(40);
    for (int sender : IntStream.range(0, 40).toArray()) {
      large.add(frame(sender, 0, sender + 1));
    }

    assertEquals(FrameParameterSpec.MAX_PARENTS, large.frontier().size());
    assertEquals(frame(39, 0, 40).id(), large.frontier().get(31));
  }

  /** A frame as the cipher would give it, by way of the parameters' encoding. */
  private static ReceivedFrame frame(int sender, long seq, int id, ReceivedFrame... parents)
      throws Exception {
    FrameParameterSpec wanted =
        FrameParameterSpec.of(
            FrameKind.TEXT, seq, Arrays.stream(parents).map(ReceivedFrame::id).toList());
    byte[] encoded = wanted.encoded().toArray();
    byte[] frameId = new byte[32];
    frameId[31] = (byte) id;
    byte[] existing =
        new WireWriter()
            .opaque(encoded, 0, encoded.length - 1) // without the empty id
            .vector(Bytes.of(frameId))
            .uint16(sender)
            .finish();
    return new ReceivedFrame(FrameParameterSpec.decode(existing), "text");
  }
}
