package org.mpotr.session.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.SeededRandom;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireException;

/** The socialist millionaires' protocol between two sides, one of which may lie. */
class SmpTest {

  private static final int POINT = 65;
  private static final int PROOF = 64;
  private static final int COMMITMENT = 2 * POINT + 96;

  private final SecureRandom random = new SeededRandom("smp");
  private final PublicPoint alice = P256.engine().publicPoint(SecretScalar.random(random));
  private final PublicPoint bob = P256.engine().publicPoint(SecretScalar.random(random));
  private final SmpPair pair =
      new SmpPair(bytes(32, 1), bytes(16, 2), bytes(16, 3), alice, bob, bytes(8, 4));

  private static Bytes bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  /** Both sides as far as a test lets them go; every message travels encoded. */
  private final class Run {
    private final SmpInitiator initiator;
    private final SmpMessage.Ask ask;
    private final SmpResponder responder;
    private final SmpMessage.Answer answer;

    Run(SmpPair ofInitiator, String first, SmpPair ofResponder, String second) throws Exception {
      initiator = new SmpInitiator(ofInitiator, first.getBytes(UTF_8), random);
      ask = (SmpMessage.Ask) travelled(initiator.ask("the café of May?"));
      responder = new SmpResponder(ofResponder, ask, random);
      answer = (SmpMessage.Answer) travelled(responder.answer(second.getBytes(UTF_8)));
    }

    Run(String first, String second) throws Exception {
      this(pair, first, pair, second);
    }

    /** Whether both sides come to think that the secrets are the same. */
    boolean isSame() throws Exception {
      SmpResponder.Conclusion conclusion =
          responder.conclude((SmpMessage.Compare) travelled(initiator.compare(answer)));
      boolean asInitiator =
          initiator.conclude((SmpMessage.Conclude) travelled(conclusion.message()));
      assertEquals(conclusion.isSame(), asInitiator);
      return asInitiator;
    }
  }

  private static SmpMessage travelled(SmpMessage message) throws WireException {
    SmpMessage decoded = SmpMessage.decode(message.encoded());
    assertArrayEquals(message.encoded(), decoded.encoded());
    return decoded;
  }

  @Test
  void tellsWhetherBothKnowTheSame() throws Exception {
    Run run = new Run("Königsberg", "Königsberg");
    assertEquals("the café of May?", run.ask.question());
    assertTrue(run.isSame());
    assertFalse(new Run("Königsberg", "Konigsberg").isSame());
    assertFalse(new Run("a", "ab").isSame());
  }

  static Stream<SmpPair> otherPairs() {
    SmpTest t = new SmpTest();
    SmpPair p = t.pair;
    return Stream.of(
        new SmpPair(bytes(32, 9), p.initiator(), p.responder(), t.alice, t.bob, p.run()),
        new SmpPair(p.sid(), bytes(16, 9), p.responder(), t.alice, t.bob, p.run()),
        new SmpPair(p.sid(), p.initiator(), bytes(16, 9), t.alice, t.bob, p.run()),
        new SmpPair(p.sid(), p.responder(), p.initiator(), t.bob, t.alice, p.run()),
        new SmpPair(p.sid(), p.initiator(), p.responder(), t.alice, t.bob, bytes(8, 9)));
  }

  /** What was said in another epoch, by another member or in the other role is no proof. */
  @ParameterizedTest
  @MethodSource("otherPairs")
  void proofsAreOfOneRun(SmpPair other) {
    assertThrows(SmpFailedException.class, () -> new Run(other, "tea", pair, "tea"));
  }

  /** Who sits in the middle, with long-term keys of its own, has another secret than both. */
  @Test
  void theSecretIsBoundToLongTermKeys() throws Exception {
    PublicPoint mallory = P256.engine().publicPoint(SecretScalar.random(random));
    SmpPair seenByAlice =
        new SmpPair(pair.sid(), pair.initiator(), pair.responder(), alice, mallory, pair.run());
    SmpPair seenByBob =
        new SmpPair(pair.sid(), pair.initiator(), pair.responder(), mallory, bob, pair.run());
    assertFalse(new Run(seenByAlice, "tea", pair, "tea").isSame());
    assertFalse(new Run(pair, "tea", seenByBob, "tea").isSame());
    assertFalse(new Run(seenByAlice, "tea", seenByBob, "tea").isSame());
  }

  /** A scalar or a point in the place of each one, of the right form but not the right one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void everyPartOfTheFirstMessageIsChecked(int part) throws Exception {
    Run run = new Run("tea", "tea");
    int from = run.ask.encoded().length - 2 * (POINT + PROOF);
    int[] places = {from, from + POINT, from + POINT + 32, from + 129, from + 194, from + 226};
    SmpMessage.Ask altered = (SmpMessage.Ask) altered(run.ask, places[part]);
    assertThrows(SmpFailedException.class, () -> new SmpResponder(pair, altered, random));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 74, 106, 138, 203, 235, 267, 332, 397, 429, 461})
  void everyPartOfTheSecondMessageIsChecked(int place) throws Exception {
    Run run = new Run("tea", "tea");
    assertEquals(9 + 2 * (POINT + PROOF) + COMMITMENT, run.answer.encoded().length);
    SmpMessage.Answer altered = (SmpMessage.Answer) altered(run.answer, place);
    assertThrows(SmpFailedException.class, () -> run.initiator.compare(altered));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 74, 139, 171, 203, 235, 300, 332})
  void everyPartOfTheThirdMessageIsChecked(int place) throws Exception {
    Run run = new Run("tea", "tea");
    SmpMessage.Compare compare = run.initiator.compare(run.answer);
    assertEquals(9 + COMMITMENT + POINT + PROOF, compare.encoded().length);
    SmpMessage.Compare altered = (SmpMessage.Compare) altered(compare, place);
    assertThrows(SmpFailedException.class, () -> run.responder.conclude(altered));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 74, 106})
  void everyPartOfTheLastMessageIsChecked(int place) throws Exception {
    Run run = new Run("tea", "tea");
    SmpMessage.Conclude last = run.responder.conclude(run.initiator.compare(run.answer)).message();
    SmpMessage.Conclude altered = (SmpMessage.Conclude) altered(last, place);
    assertThrows(SmpFailedException.class, () -> run.initiator.conclude(altered));
  }

  /** The message with another point or scalar at a place. */
  private SmpMessage altered(SmpMessage message, int place) throws Exception {
    byte[] encoded = message.encoded();
    byte[] other =
        encoded[place] == 4 && isPoint(encoded, place)
            ? P256.engine().publicPoint(SecretScalar.random(random)).encoded()
            : SecretScalar.random(random).copyBytes();
    System.arraycopy(other, 0, encoded, place, other.length);
    return SmpMessage.decode(encoded);
  }

  private static boolean isPoint(byte[] encoded, int place) {
    try {
      PublicPoint.decode(Arrays.copyOfRange(encoded, place, place + POINT));
      return true;
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  /** Its own commitment back would make the difference infinity, and any secret equal. */
  @Test
  void aCopiedCommitmentIsRefused() {
    PublicPoint point = alice;
    assertThrows(SmpFailedException.class, () -> SmpInitiator.difference(point, point));
  }

  /** The proofs of one exponent do not do for the other. */
  @Test
  void exponentsCannotBeSwapped() throws Exception {
    Run run = new Run("tea", "tea");
    SmpMessage.Ask swapped =
        new SmpMessage.Ask(
            run.ask.run(), "", run.ask.g3(), run.ask.proof3(), run.ask.g2(), run.ask.proof2());
    assertThrows(SmpFailedException.class, () -> new SmpResponder(pair, swapped, random));
  }

  @Test
  void refusesWhatIsNoMessage() throws Exception {
    Run run = new Run("tea", "tea");
    SmpMessage.Compare compare = run.initiator.compare(run.answer);
    SmpMessage.Conclude last = run.responder.conclude(compare).message();
    for (SmpMessage message :
        List.of(run.ask, run.answer, compare, last, new SmpMessage.Abort(run.ask.run()))) {
      byte[] encoded = travelled(message).encoded();
      for (int length = 0; length < encoded.length; length++) {
        byte[] shorter = Arrays.copyOf(encoded, length);
        assertThrows(WireException.class, () -> SmpMessage.decode(shorter));
      }
      byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
      assertThrows(WireException.class, () -> SmpMessage.decode(longer));
    }
    byte[] zeroScalar = last.encoded();
    Arrays.fill(zeroScalar, 74, 106, (byte) 0);
    assertThrows(WireException.class, () -> SmpMessage.decode(zeroScalar));
    Arrays.fill(zeroScalar, 74, 106, (byte) 0xff);
    assertThrows(WireException.class, () -> SmpMessage.decode(zeroScalar));
    byte[] offCurve = last.encoded();
    offCurve[8 + POINT]++;
    assertThrows(WireException.class, () -> SmpMessage.decode(offCurve));
    assertThrows(
        WireException.class, () -> SmpMessage.decode(new byte[] {6, 0, 0, 0, 0, 0, 0, 0, 0}));
    byte[] noText = run.ask.encoded();
    noText[11] = (byte) 0xff;
    assertThrows(WireException.class, () -> SmpMessage.decode(noText));
  }

  @Test
  void forgetsItsSecrets() throws Exception {
    Run run = new Run("tea", "tea");
    run.initiator.destroy();
    run.responder.destroy();
    assertTrue(run.initiator.isDestroyed());
    assertTrue(run.responder.isDestroyed());
    assertThrows(IllegalStateException.class, () -> run.initiator.compare(run.answer));
  }
}
