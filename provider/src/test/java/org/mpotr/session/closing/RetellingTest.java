package org.mpotr.session.closing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.SeededRandom;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Padding;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;

/** Recorded epochs in which frames are changed and added afterwards, before the same judge. */
class RetellingTest {

  private static final int SIZE = 3;
  private static final String[] TEXTS = {"tea?", "yes", "with milk", "never", "ok, none for you"};

  private EpochParameters parameters = EpochParameters.of("#tea");
  private List<KeyPair> identities;
  private List<Script.Role> roles;
  private Recording real;
  private TranscriptVerifier judge;

  @BeforeEach
  void record() throws Exception {
    record(0, TEXTS);
  }

  private void record(long seed, String... texts) throws Exception {
    identities = RealEpoch.identities("retelling", SIZE);
    roles = RealEpoch.roles(identities);
    Set<Nickname> everybody = roles.stream().map(Script.Role::nickname).collect(Collectors.toSet());
    real =
        RealEpoch.of(
            parameters,
            identities,
            RealEpoch.lines(roles, texts),
            everybody,
            new SeededRandom("real " + seed));
    judge = new TranscriptVerifier(identities.stream().map(KeyPair::getPublic).toList());
  }

  private static Forger forger(long seed) {
    return new Forger(new SeededRandom("forger " + seed));
  }

  private Verdict.Accepted read(Recording recording) {
    return assertInstanceOf(Verdict.Accepted.class, judge.judge(recording));
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes idOf(Verdict.Accepted accepted, String text) {
    return accepted.conversation().stream()
        .filter(said -> said.kind().equals(FrameKind.TEXT) && said.content().equals(text(text)))
        .findAny()
        .orElseThrow()
        .id();
  }

  /** What an observer may compare: types and sizes, whatever their order. */
  private static List<String> shape(Recording recording) {
    return recording.messages().stream()
        .map(
            message ->
                message.getClass().getSimpleName()
                    + " "
                    + (message instanceof Frame frame ? frame.sender() : "")
                    + " "
                    + message.encoded().length())
        .sorted()
        .toList();
  }

  private List<String> said(String... texts) {
    return RealEpoch.lines(roles, texts).stream()
        .map(
            line ->
                line.speaker()
                    + ": "
                    + new String(line.content().toArray(), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Padding.class)
  void withoutTheGroupKeyKnownContentIsReplaced(Padding padding) throws Exception {
    parameters = parameters.withPadding(padding);
    record(1, TEXTS);
    Verdict.Accepted known = read(real.withEvidence(real.evidence().onlyKeys()));
    Recording forged =
        forger(1)
            .replace(
                real.withEvidence(SetupEvidence.NONE),
                known,
                Map.of(idOf(known, "yes"), text("no!"), idOf(known, "never"), text("sugar")))
            .withEvidence(real.evidence());
    List<String> expected = said("tea?", "no!", "with milk", "sugar", "ok, none for you");
    assertEquals(expected, RealEpoch.texts(judge.judge(forged)));
    assertEquals(shape(real), shape(forged));
    assertEquals(read(real).published(), read(forged).published());
    assertEquals(forged, Recording.decode(forged.encoded()));
    assertNotEquals(real, forged);
    // And back again: neither of the two is more real than the other.
    Verdict.Accepted lie = read(forged.withEvidence(real.evidence().onlyKeys()));
    Recording back =
        forger(2)
            .replace(
                forged,
                lie,
                Map.of(idOf(lie, "no!"), text("yes"), idOf(lie, "sugar"), text("never")));
    assertEquals(said(TEXTS), RealEpoch.texts(judge.judge(back)));
  }

  @Test
  void withTheGroupKeyLinesAreAddedDroppedAndReordered() throws Exception {
    List<Script.Line> lines = new ArrayList<>(read(real).lines());
    assertEquals(TEXTS.length, lines.size());
    Nickname second = roles.get(1).nickname();
    lines.remove(2);
    Collections.swap(lines, 1, 2);
    lines.add(2, Script.Line.text(second, "a much longer line than anybody has really said"));
    lines.add(Script.Line.text(second, "the end"));
    Recording forged = forger(1).retell(real, lines);
    Verdict.Accepted accepted = read(forged);
    assertEquals(lines, accepted.lines());
    assertEquals(read(real).published(), accepted.published());
    assertEquals(forged, Recording.decode(forged.encoded()));
    // What comes before the first difference is what was recorded.
    assertEquals(read(real).conversation().get(0), accepted.conversation().get(0));
  }

  @Test
  void whatIsToldAsItWasStaysAsItWas() throws Exception {
    assertEquals(real, forger(1).retell(real, read(real).lines()));
    Verdict.Accepted known = read(real.withEvidence(real.evidence().onlyKeys()));
    assertEquals(real, forger(1).replace(real, known, Map.of()));
  }

  /** The same inputs for the judge, the same verdict, the same shape: nothing is left to tell. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodyCanTellThemApart(long seed) throws Exception {
    record(seed, "tea?", "no!", "with milk", "sugar");
    Recording truth = real;
    List<String> texts = RealEpoch.texts(judge.judge(truth));
    record(seed + 100, "tea?", "yes", "with milk", "salty");
    Verdict.Accepted known = read(real.withEvidence(real.evidence().onlyKeys()));
    Recording replaced =
        forger(seed)
            .replace(
                real,
                known,
                Map.of(idOf(known, "yes"), text("no!"), idOf(known, "salty"), text("sugar")));
    List<Script.Line> lines = RealEpoch.lines(roles, "tea?", "no!", "with milk", "sugar");
    Recording retold = forger(seed).retell(real, lines);
    Recording simulated =
        forger(seed)
            .simulate(
                Script.of(parameters, roles, lines)
                    .withWitnesses(
                        roles.stream().map(Script.Role::nickname).collect(Collectors.toSet())));
    for (Recording forged : List.of(replaced, retold, simulated)) {
      // All that a judge gets is bytes.
      Recording brought = Recording.decode(forged.encoded());
      assertEquals(texts, RealEpoch.texts(judge.judge(brought)));
      assertEquals(sizes(truth), sizes(brought));
      assertEquals(read(truth).published(), read(brought).published());
      assertEquals(nicknames(truth), nicknames(brought));
      assertEquals(truth.evidence().toString(), brought.evidence().toString());
    }
  }

  private Set<Nickname> nicknames(Recording recording) {
    return read(recording).roster().members().stream()
        .map(member -> member.nickname())
        .collect(Collectors.toSet());
  }

  /** Shape without places, which are drawn anew in each set-up. */
  private static List<String> sizes(Recording recording) {
    return recording.messages().stream()
        .map(message -> message.getClass().getSimpleName() + " " + message.encoded().length())
        .sorted()
        .toList();
  }

  private Recording without(Recording recording, int... places) {
    Set<Bytes> ids =
        Arrays.stream(places)
            .mapToObj(place -> read(recording).roster().get(place).id())
            .collect(Collectors.toSet());
    return recording.withMessages(
        recording.messages().stream()
            .filter(message -> !(message instanceof Keys keys && ids.contains(keys.member())))
            .toList());
  }

  @Test
  void withoutTheKeysNothingCanBeChanged() throws Exception {
    Verdict.Accepted known = read(real.withEvidence(real.evidence().onlyKeys()));
    Map<Bytes, Bytes> change = Map.of(idOf(known, "yes"), text("no!"));
    List<Script.Line> lines = new ArrayList<>(known.lines());
    lines.add(1, Script.Line.text(roles.get(2).nickname(), "me too"));
    Recording unpublished = without(real, 0, 1, 2);
    assertThrows(InvalidKeyException.class, () -> forger(1).replace(unpublished, known, change));
    assertThrows(InvalidKeyException.class, () -> forger(1).retell(unpublished, lines));
    for (int place = 0; place < SIZE; place++) {
      // Everybody has confirmed what is to change, so that everybody's keys are needed.
      Recording lacking = without(real, place);
      assertThrows(InvalidKeyException.class, () -> forger(1).replace(lacking, known, change));
      assertThrows(InvalidKeyException.class, () -> forger(1).retell(lacking, lines));
    }
  }

  @Test
  void madeUpKeysConvinceNobody() throws Exception {
    Verdict.Accepted known = read(real.withEvidence(real.evidence().onlyKeys()));
    Map<Bytes, Bytes> change = Map.of(idOf(known, "yes"), text("no!"));
    byte[] wrong = new byte[64];
    wrong[0] = 1;
    // A wrong key of the tags: the frames fail, and with the real KEYS beside them too.
    Recording badTags =
        withKeys(
            real,
            keys -> new Keys(keys.sid(), keys.member(), keys.signatureScalar(), Bytes.of(wrong)));
    Recording forged = forger(1).replace(badTags, known, change);
    assertEquals("frame: bad-tag", refusal(forged));
    // A wrong e is nobody's e.
    Recording badScalars =
        withKeys(
            real,
            keys -> new Keys(keys.sid(), keys.member(), Bytes.leading(wrong, 32), keys.frameMac()));
    assertThrows(InvalidKeyException.class, () -> forger(1).replace(badScalars, known, change));
    assertEquals("keys: foreign", refusal(badScalars));
  }

  private static Recording withKeys(Recording recording, UnaryOperator<Keys> change) {
    List<Message> messages = new ArrayList<>();
    for (Message message : recording.messages()) {
      messages.add(message instanceof Keys keys ? change.apply(keys) : message);
    }
    return recording.withMessages(messages);
  }

  private String refusal(Recording recording) {
    return assertInstanceOf(Verdict.Refused.class, judge.judge(recording)).name();
  }

  /** Whoever can encrypt and tag, as every member can, but not sign, is refused all the same. */
  @Test
  void bytesChangedByHandAreRefused() {
    List<Message> messages = new ArrayList<>(real.messages());
    int at = 0;
    while (!(messages.get(at) instanceof Frame)) {
      at++;
    }
    Frame frame = (Frame) messages.get(at);
    byte[] bytes = frame.encoded().toArray();
    bytes[Frame.CIPHERTEXT_OFFSET + 12] ^= 1;
    messages.set(at, new Frame(frame.sidHint(), frame.sender(), Bytes.of(bytes)));
    assertEquals("frame: bad-tag", refusal(real.withMessages(messages)));
    messages.remove(at);
    assertFalse(judge.judge(real.withMessages(messages)) instanceof Verdict.Accepted, "a gap");
  }

  @Test
  void whatDoesNotFitIsNotForged() {
    Verdict.Accepted known = read(real.withEvidence(real.evidence().onlyKeys()));
    Forger forger = forger(1);
    Bytes id = idOf(known, "yes");
    assertThrows(
        IllegalArgumentException.class,
        () -> forger.replace(real, known, Map.of(id, text("much too long"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> forger.replace(real, known, Map.of(Bytes.of(new byte[32]), text("no!"))));
    List<Script.Line> lines = new ArrayList<>(known.lines());
    lines.set(0, Script.Line.text(new Nickname("nobody"), "tea?"));
    assertThrows(IllegalArgumentException.class, () -> forger.retell(real, lines));
    lines.set(0, new Script.Line(roles.get(0).nickname(), FrameKind.ACK, Bytes.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> forger.retell(real, lines));
  }
}
