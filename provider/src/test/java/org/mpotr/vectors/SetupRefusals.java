package org.mpotr.vectors;

import java.util.Arrays;
import java.util.List;
import org.mpotr.reference.Curve;
import org.mpotr.reference.Ecdsa;
import org.mpotr.reference.Run;

/** Refusals of HELLO, SHARE and ATTEST, and of sets of messages that are not whole. */
final class SetupRefusals extends RefusalCases {

  SetupRefusals(Story base) {
    super(base);
  }

  void addAll(List<Story> stories) {
    sets();
    hellos();
    Story two = named(stories, "two-members");
    String alone = two.last().run().seats().get(0).inputs().nickname();
    String other = two.last().run().seats().get(1).inputs().nickname();
    expect(
        new Refusal("nobody else", two, 0, alone).relay(HELLO, other, Change.withheld()),
        HELLO,
        "group-size",
        Refusal.NOBODY);
    shares();
    attests();
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
}
