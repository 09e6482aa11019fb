package org.mpotr.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mpotr.reference.Curve;
import org.mpotr.reference.Ecdsa;
import org.mpotr.reference.Run;
import org.mpotr.reference.Watcher;

/** The set-ups that must fail, each with the check and the member that must be reported. */
final class SetupRefusals {

  private static final String HELLO = "hello";
  private static final String INTRODUCTION = "introduction";
  private static final String SHARE = "share";
  private static final String ATTEST = "attest";

  /** A refusal and what is expected of it, in the words of the text. */
  record Expected(Refusal refusal, String round, String check, String member) {}

  private final Story base;
  private final String first;
  private final String second;
  private final String third;
  private final List<Expected> cases = new ArrayList<>();

  private SetupRefusals(Story base) {
    this.base = base;
    this.first = nickname(0);
    this.second = nickname(1);
    this.third = nickname(2);
  }

  /** All cases, from the stories by name. */
  static List<Expected> all(List<Story> stories) {
    SetupRefusals refusals = new SetupRefusals(named(stories, "three-members"));
    refusals.sets();
    refusals.hellos();
    refusals.introductions();
    refusals.bodies();
    refusals.shares();
    refusals.attests();
    refusals.others(stories);
    return refusals.cases;
  }

  static Story named(List<Story> stories, String name) {
    return stories.stream().filter(story -> story.name().equals(name)).findFirst().orElseThrow();
  }

  private String nickname(int place) {
    return base.last().run().seats().get(place).inputs().nickname();
  }

  private byte[] sent(int place, String round) {
    return base.last().run().seats().get(place).sent().get(Run.ROUNDS.indexOf(round));
  }

  private void expect(Refusal refusal, String round, String check, String member) {
    cases.add(new Expected(refusal, round, check, member));
  }

  /** The second member lies to the first. */
  private void insider(
      String name, String value, UnaryOperator<byte[]> change, String round, String check) {
    Refusal refusal = new Refusal(name, base, 0, first).insider(second, Change.of(value, change));
    expect(refusal, round, check, second);
  }

  /** The relay gives the first member something else. */
  private void relay(
      String name,
      String round,
      String from,
      UnaryOperator<byte[]> change,
      String refusedIn,
      String check,
      String member) {
    Refusal refusal = new Refusal(name, base, 0, first).relay(round, from, change);
    expect(refusal, refusedIn, check, member);
  }

  private void sets() {
    for (String round : Run.ROUNDS.subList(1, 4)) {
      relay(round + " missing", round, second, Change.withheld(), round, "missing", second);
      relay(round + " doubled", round, third, Change.to(sent(1, round)), round, "doubled", second);
      relay(
          "hello in the round of " + round,
          round,
          second,
          Change.to(sent(1, HELLO)),
          round,
          "wrong-round",
          Refusal.NOBODY);
      relay(
          round + " of another sid",
          round,
          second,
          Change.flip(2),
          round,
          "foreign",
          Refusal.NOBODY);
      relay(
          round + " of a place that is not there",
          round,
          second,
          Change.set(35, 3),
          round,
          "foreign",
          Refusal.NOBODY);
      relay(
          "own " + round + " altered",
          round,
          first,
          Change.flip(-1),
          round,
          "own-message-altered",
          first);
    }
  }

  private void hellos() {
    relay(
        "hello doubled", HELLO, third, Change.to(sent(1, HELLO)), HELLO, "doubled", Refusal.NOBODY);
    relay(
        "share in the round of hello",
        HELLO,
        second,
        Change.to(sent(1, SHARE)),
        HELLO,
        "wrong-round",
        Refusal.NOBODY);
    relay(
        "own hello altered",
        HELLO,
        first,
        Change.flip(4),
        HELLO,
        "own-message-altered",
        Refusal.NOBODY);
    insider("X off the curve", "X", Change.flip(-1), HELLO, "bad-point");
    insider("X compressed in form", "X", Change.set(0, 2), HELLO, "bad-point");
    insider("E is infinity", "E", Change.to(new byte[65]), HELLO, "bad-point");
    insider(
        "E with a coordinate that is p",
        "E",
        Change.put(1, Curve.number(Curve.P)),
        HELLO,
        "bad-point");
    byte[] x = Curve.publicPoint(base.last().run().seats().get(0).inputs().x());
    Refusal copied =
        new Refusal("X of the receiver as E", base, 0, first)
            .insider(second, Change.of("E", Change.to(x)));
    expect(copied, HELLO, "duplicate", copied.laterOf(first, second));
    byte[] own = Curve.publicPoint(base.last().run().seats().get(1).inputs().x());
    insider("X and E alike", "E", Change.to(own), HELLO, "duplicate");
  }

  private void introductions() {
    insider(
        "introduction key sealed wrongly",
        "sealed key for 0",
        Change.flip(0),
        INTRODUCTION,
        "bad-seal");
    insider(
        "tag of the introduction key altered",
        "sealed key for 0",
        Change.flip(-1),
        INTRODUCTION,
        "bad-seal");
    insider(
        "flag neither 0 nor 1",
        "introduction key for 0",
        Change.set(16, 2),
        INTRODUCTION,
        "malformed");
    insider(
        "another introduction key",
        "introduction key for 0",
        Change.flip(0),
        INTRODUCTION,
        "bad-intro-key");
    insider(
        "another hash of the introduction key",
        "intro_key_hash",
        Change.flip(0),
        INTRODUCTION,
        "bad-intro-key");
    insider("body altered", "sealed body", Change.flip(0), INTRODUCTION, "bad-seal");
    insider(
        "body of the other mode's length",
        "sealed body",
        Change.longer(65),
        INTRODUCTION,
        "malformed");
    insider("a key too few", "sealed keys", Change.cut(49), INTRODUCTION, "malformed");
    insider("a key too many", "sealed keys", Change.longer(49), INTRODUCTION, "malformed");
    relay(
        "key for the receiver altered on the way",
        INTRODUCTION,
        second,
        Change.flip(-64 - 32 - 2 * 49),
        INTRODUCTION,
        "bad-signature",
        second);
    relay(
        "commitment altered on the way",
        INTRODUCTION,
        second,
        Change.flip(-65),
        SHARE,
        "bad-signature",
        second);
  }

  private void bodies() {
    body("nickname of no length", Change.set(0, 0), "malformed");
    body("nickname longer than its field", Change.set(0, 65), "malformed");
    body("nickname not padded with zeros", Change.set(64, 1), "malformed");
    body("identity of another length", Change.set(66, 0x5a), "malformed");
    body("identity off the curve", Change.flip(-2), "bad-identity");
    body("identity on another curve", Change.flip(67 + 22), "bad-identity");
    body("nickname with a space at its end", nickname("mallory "), "bad-nickname");
    body("nickname with a bidirectional control", nickname("mal\u202elory"), "bad-nickname");
    body("nickname not in form C", nickname("mallory\u0308"), "bad-nickname");
    body("nickname that is not UTF-8", nickname(new byte[] {(byte) 0xff}), "bad-nickname");
    byte[] spki = base.last().run().seats().get(0).inputs().identity().spki();
    insider(
        "identity of the receiver",
        "introduction body",
        Change.put(67, spki),
        INTRODUCTION,
        "duplicate");
    String alike = first.replace('a', '\u0430').replace('o', '0');
    insider(
        "nickname that looks like the receiver's",
        "introduction body",
        nickname(alike),
        INTRODUCTION,
        "nickname-taken");
  }

  private void body(String name, UnaryOperator<byte[]> change, String check) {
    insider(name, "introduction body", change, INTRODUCTION, check);
  }

  /** Length, nickname and zeros. */
  private static UnaryOperator<byte[]> nickname(String nickname) {
    return nickname(nickname.getBytes(StandardCharsets.UTF_8));
  }

  private static UnaryOperator<byte[]> nickname(byte[] utf8) {
    byte[] field = new byte[65];
    field[0] = (byte) utf8.length;
    System.arraycopy(utf8, 0, field, 1, utf8.length);
    return Change.put(0, field);
  }

  private void shares() {
    insider(
        "confirmation altered", "confirmation for 0", Change.flip(0), SHARE, "bad-confirmation");
    insider(
        "contribution sealed wrongly",
        "sealed contribution for 0",
        Change.flip(0),
        SHARE,
        "bad-seal");
    insider(
        "contribution not the committed one",
        "contribution for 0",
        Change.flip(0),
        SHARE,
        "share-against-commitment");
    insider(
        "commitment to another contribution",
        "commitment",
        Change.flip(0),
        SHARE,
        "share-against-commitment");
    insider("an entry too few", "entries", Change.cut(80), SHARE, "malformed");
    relay(
        "confirmation altered on the way",
        SHARE,
        second,
        Change.flip(36 + 2),
        SHARE,
        "bad-signature",
        second);
    relay(
        "entry for another member altered on the way",
        SHARE,
        second,
        Change.flip(-65),
        ATTEST,
        "bad-signature",
        second);
  }

  private void attests() {
    insider("another T3", "T3", Change.flip(0), ATTEST, "attest-mismatch(transcript)");
    insider(
        "other parameters", "params_hash", Change.flip(0), ATTEST, "attest-mismatch(parameters)");
    insider("another key", "attest confirmation", Change.flip(0), ATTEST, "attest-mismatch(key)");
    relay(
        "attest altered on the way",
        ATTEST,
        third,
        Change.flip(36),
        ATTEST,
        "bad-signature",
        third);
    relay(
        "s of the other half",
        ATTEST,
        third,
        SetupRefusals::mauled,
        ATTEST,
        "bad-signature",
        third);
  }

  private static byte[] mauled(byte[] message) {
    byte[] signature = Arrays.copyOfRange(message, message.length - 64, message.length);
    return Change.put(message.length - 64, Ecdsa.mauled(signature)).apply(message);
  }

  /** Those that need another run than that of three members. */
  private void others(List<Story> stories) {
    Story psk = named(stories, "pre-shared-key");
    String here = psk.last().run().seats().get(0).inputs().nickname();
    String wrong = psk.last().run().seats().get(2).inputs().nickname();
    Watcher other = Change.of("psk", Change.flip(0));
    expect(
        new Refusal("another pre-shared key", psk, 0, here).insider(wrong, other),
        INTRODUCTION,
        "bad-seal",
        wrong);
    Story signed = named(stories, "signature");
    here = signed.last().run().seats().get(0).inputs().nickname();
    wrong = signed.last().run().seats().get(1).inputs().nickname();
    expect(
        new Refusal("identity signature altered", signed, 0, here)
            .insider(wrong, Change.of("identity signature", Change.flip(0))),
        INTRODUCTION,
        "bad-identity-signature",
        wrong);
    expect(
        new Refusal("identity signature with s of the other half", signed, 0, here)
            .insider(wrong, Change.of("identity signature", Ecdsa::mauled)),
        INTRODUCTION,
        "bad-identity-signature",
        wrong);
    Story resumption = named(stories, "resumption");
    expect(
        new Refusal("another nickname than before", resumption, 2, "alice")
            .renamed("carol", "karol"),
        INTRODUCTION,
        "identity-changed",
        "carol");
  }
}
