package org.mpotr.vectors;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mpotr.reference.Ecdsa;
import org.mpotr.reference.Watcher;

/** Refusals of INTRODUCTION. */
final class IntroductionRefusals extends RefusalCases {

  IntroductionRefusals(Story base) {
    super(base);
  }

  void addAll(List<Story> stories) {
    introductions();
    bodies();
    others(stories);
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
