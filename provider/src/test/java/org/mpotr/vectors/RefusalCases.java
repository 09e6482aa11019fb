package org.mpotr.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mpotr.reference.Run;

/** Gathers set-ups that must fail, each with the check and the member that must be reported. */
abstract class RefusalCases {

  static final String HELLO = "hello";
  static final String INTRODUCTION = "introduction";
  static final String SHARE = "share";
  static final String ATTEST = "attest";

  /** A refusal and what is expected of it, in the words of the text. */
  record Expected(Refusal refusal, String round, String check, String member) {}

  final Story base;
  final String first;
  final String second;
  final String third;
  private final List<Expected> cases = new ArrayList<>();

  RefusalCases(Story base) {
    this.base = base;
    this.first = nickname(0);
    this.second = nickname(1);
    this.third = nickname(2);
  }

  /** All cases, from the stories by name. */
  static List<Expected> all(List<Story> stories) {
    SetupRefusals setups = new SetupRefusals(named(stories, "three-members"));
    IntroductionRefusals introductions = new IntroductionRefusals(named(stories, "three-members"));
    setups.addAll(stories);
    introductions.addAll(stories);
    List<Expected> all = new ArrayList<>(setups.cases());
    all.addAll(introductions.cases());
    return all;
  }

  List<Expected> cases() {
    return cases;
  }

  static Story named(List<Story> stories, String name) {
    return stories.stream().filter(story -> story.name().equals(name)).findFirst().orElseThrow();
  }

  String nickname(int place) {
    return base.last().run().seats().get(place).inputs().nickname();
  }

  byte[] sent(int place, String round) {
    return base.last().run().seats().get(place).sent().get(Run.ROUNDS.indexOf(round));
  }

  void expect(Refusal refusal, String round, String check, String member) {
    cases.add(new Expected(refusal, round, check, member));
  }

  /** The second member lies to the first. */
  void insider(
      String name, String value, UnaryOperator<byte[]> change, String round, String check) {
    Refusal refusal = new Refusal(name, base, 0, first).insider(second, Change.of(value, change));
    expect(refusal, round, check, second);
  }

  /** The relay gives the first member something else. */
  void relay(
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
}
