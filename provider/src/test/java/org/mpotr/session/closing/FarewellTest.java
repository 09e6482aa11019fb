package org.mpotr.session.closing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.TestGroup;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Padding;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.wire.Bytes;

/** A farewell, and that it fits into a frame (PROTOCOL.md, section 8, item 1). */
class FarewellTest {

  private static final Bytes HASH = Bytes.of(new byte[32]);

  private static EpochParameters room(int frameBytes) {
    return EpochParameters.of("room").withLimits(Limits.DEFAULT.withFrameBytes(frameBytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 20, 31, 32, 33, 34, 60, 100, 200, 256})
  void theLargestGroupCanSayIt(int size) throws Exception {
    int frameBytes = 256 + 112 * size;
    assertEquals(size, Limits.DEFAULT.withFrameBytes(frameBytes).largestGroup());
    byte[] longest =
        new Farewell(HASH, Collections.nCopies(size, HASH), Collections.nCopies(size, HASH))
            .encoded();
    for (Padding padding : Padding.values()) {
      GroupKey key =
          TestGroup.of("farewell", room(frameBytes).withPadding(padding), 2).run().key(0);
      int parents = Math.min(size, FrameParameterSpec.MAX_PARENTS);
      assertDoesNotThrow(
          () -> new FrameSealer(key).requireFits(FrameKind.CLOSE, parents, longest.length));
    }
  }

  @Test
  void aLargerGroupIsNotSetUp() throws Exception {
    assertEquals(6, Limits.DEFAULT.withFrameBytes(1_024).largestGroup());
    assertEquals(6, TestGroup.of("farewell", room(1_024), 6).run().key(0).roster().size());
    TestGroup.Outcome outcome = TestGroup.of("farewell", room(1_024), 7).run();
    assertEquals(SetupCheck.GROUP_SIZE, outcome.failure(0).check());
  }
}
