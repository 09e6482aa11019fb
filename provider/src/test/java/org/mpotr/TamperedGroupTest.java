package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Key;
import java.security.KeyFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;

/**
 * A message that one member hears with one bit flipped, in each of its fields: that member gets no
 * key, and each failure in the group is a documented one. FlippedBitsTest does every single bit.
 */
class TamperedGroupTest {

  /** The first byte of each field that decoding leaves alone, in a group of three. */
  private static final Map<Round, List<Integer>> FIELDS =
      Map.of(
          Round.HELLO, List.of(4, 37, 102),
          Round.INTRODUCTION, List.of(2, 35, 36, 70, 263, 312, 361, 393),
          Round.SHARE, List.of(2, 35, 38, 70, 118, 150, 198),
          Round.ATTEST, List.of(2, 35, 36, 68, 100, 132));

  private record Flip(AuthenticationMode mode, Round round, int offset) {}

  static Stream<Flip> fields() {
    List<Flip> flips = new ArrayList<>();
    for (Round round : Round.values()) {
      FIELDS.get(round).forEach(i -> flips.add(new Flip(AuthenticationMode.TRIPLE_DH, round, i)));
    }
    flips.add(new Flip(AuthenticationMode.SIGNATURE, Round.INTRODUCTION, 200));
    flips.add(new Flip(AuthenticationMode.SIGNATURE, Round.SHARE, 198));
    return flips.stream();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aFlippedBitEndsInAFailedCheckOfItsReceiver(Flip flip) throws Exception {
    EpochParameters parameters = EpochParameters.of("#tea").withAuthentication(flip.mode());
    TestGroup group =
        TestGroup.of("tampered " + flip, parameters, 3)
            .over(Relay.changing(flip.round(), 1, 0, said -> flipped(said, flip.offset())));
    Outcome outcome = group.run();
    assertFalse(outcome.hasKey(0));
    SetupFailedException failure = outcome.failure(0);
    assertTrue(failure.getMessage().startsWith(failure.check().code()));
    for (int i = 1; i < 3; i++) {
      // Those who heard the true message have a key only if all was attested before the lie.
      assertEquals(flip.round() == Round.ATTEST, outcome.hasKey(i), () -> outcome.toString());
    }
  }

  private static Key flipped(Key said, int offset) {
    try {
      return KeyFactory.getInstance("mpOTR", MpotrProvider.instance())
          .generatePublic(new MessageKeySpec(Tampering.flip(said.getEncoded(), 8 * offset)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError("the flip is one that decoding does not see", e);
    }
  }
}
