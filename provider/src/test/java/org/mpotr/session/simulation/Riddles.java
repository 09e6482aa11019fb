package org.mpotr.session.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.mpotr.epoch.Member;
import org.mpotr.session.Event;
import org.mpotr.session.Event.SmpEnded.Outcome;
import org.mpotr.session.Verification;

/**
 * Members that ask each other for a secret, and sometimes know another one. Nobody may be verified
 * but by somebody with whom it shared one, and no honest member breaks the protocol.
 */
final class Riddles implements Observer {

  private static final List<String> SECRETS = List.of("tea", "coffee");

  /** Who put which secret to the test against whom. */
  private record Used(SimulatedMember by, SimulatedMember against, String secret) {}

  private record Question(SimulatedMember asked, Event.SmpAsked event) {}

  private final SplittableRandom random;
  private final Simulation simulation;
  private final Ledger ledger;
  private final Set<Used> used = new HashSet<>();
  private final List<Question> open = new ArrayList<>();

  Riddles(SplittableRandom random, Simulation simulation, Ledger ledger) {
    this.random = random;
    this.simulation = simulation;
    this.ledger = ledger;
  }

  /** A member asks another one of its epoch. */
  void ask(SimulatedMember member, Member other) {
    String secret = pick();
    try {
      simulation.wake(member).askSmp(other, "a drink?", secret.getBytes(UTF_8));
      used.add(new Used(member, ledger.who(other), secret));
    } catch (IllegalStateException | IllegalArgumentException e) {
      // Three tries were enough, or the epoch has just gone by.
    }
  }

  /** Some of those who were asked answer. */
  void answer() {
    List<Question> questions = List.copyOf(open);
    open.clear();
    for (Question question : questions) {
      SimulatedMember member = question.asked();
      Member other = question.event().member();
      if (!member.isUp() || random.nextInt(4) == 0) {
        continue;
      }
      String secret = pick();
      // Noted before: the answer may be the last that is needed.
      used.add(new Used(member, ledger.who(other), secret));
      try {
        simulation.wake(member).answerSmp(other, secret.getBytes(UTF_8));
      } catch (IllegalStateException | IllegalArgumentException e) {
        // The question is withdrawn, or its epoch over.
      }
    }
  }

  private String pick() {
    return SECRETS.get(random.nextInt(4) / 3);
  }

  @Override
  public void happened(SimulatedMember member, Event event) {
    if (ledger.isLiar(member)) {
      return;
    }
    if (event instanceof Event.SmpAsked asked) {
      open.add(new Question(member, asked));
    } else if (event instanceof Event.Verified verified
        && verified.how() == Verification.SMP
        && !shared(member, ledger.who(verified.member()))) {
      ledger.violated(member + " takes somebody for verified who knew another secret");
    } else if (event instanceof Event.SmpEnded ended
        && ended.outcome() == Outcome.BROKEN
        && !ledger.isLiar(ledger.who(ended.member()))) {
      ledger.violated(member + " is told that an honest member broke the protocol");
    }
  }

  private boolean shared(SimulatedMember one, SimulatedMember other) {
    return SECRETS.stream()
        .anyMatch(
            secret ->
                used.contains(new Used(one, other, secret))
                    && (ledger.isLiar(other) || used.contains(new Used(other, one, secret))));
  }
}
