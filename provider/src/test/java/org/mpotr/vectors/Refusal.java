package org.mpotr.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.mpotr.reference.Refused;
import org.mpotr.reference.Run;
import org.mpotr.reference.Watcher;

/**
 * One set-up in which a member must refuse what it is given: a recorded epoch played again with one
 * thing changed.
 */
final class Refusal {

  /** Stands for a check that names no member. */
  static final String NOBODY = "";

  private final String name;
  private final Story base;
  private final int epoch;
  private final String receiver;
  private final Map<String, Watcher> astray = new HashMap<>();
  private final SortedMap<String, SortedMap<Integer, byte[]>> heard = new TreeMap<>();
  private Run.Relay relay = Run.Relay.HONEST;
  private String renamed = "";
  private String newName = "";

  /**
   * @param receiver the nickname of the member that must refuse
   */
  Refusal(String name, Story base, int epoch, String receiver) {
    this.name = name;
    this.base = base;
    this.epoch = epoch;
    this.receiver = receiver;
  }

  /** A member that puts another value in place of its own. */
  Refusal insider(String nickname, Watcher watcher) {
    astray.put(nickname, watcher);
    return this;
  }

  /** A member that comes back under another name. */
  Refusal renamed(String nickname, String other) {
    renamed = nickname;
    newName = other;
    return this;
  }

  /** A relay that hands the receiver something else in place of one member's message. */
  Refusal relay(String round, String from, UnaryOperator<byte[]> change) {
    int wanted = place(from);
    relay =
        (now, sender, to, message) ->
            now.equals(round) && sender == wanted && to == place(receiver)
                ? change.apply(message)
                : message;
    return this;
  }

  String name() {
    return name;
  }

  Story base() {
    return base;
  }

  int epoch() {
    return epoch;
  }

  /** The receiver's place in the recorded roster. */
  int receiverPlace() {
    return place(receiver);
  }

  /** The messages that differ from the recorded ones, by round and recorded place. */
  SortedMap<String, SortedMap<Integer, byte[]>> replaced() {
    return heard;
  }

  private int place(String nickname) {
    return place(recorded(), nickname);
  }

  private Run recorded() {
    return base.chapters().get(epoch).run();
  }

  private static int place(Run run, String nickname) {
    for (int i = 0; i < run.seats().size(); i++) {
      if (run.seats().get(i).inputs().nickname().equals(nickname)) {
        return i;
      }
    }
    throw new IllegalArgumentException("nobody is called " + nickname);
  }

  /** Plays it; gives what the receiver refused, and where that named somebody, by nickname. */
  Outcome play() {
    Run[] playing = new Run[1];
    Run.Relay recording =
        (round, from, to, message) -> {
          int sender = place(nickname(playing[0], from));
          int receiving = place(nickname(playing[0], to));
          byte[] delivered = relay.deliver(round, sender, receiving, message);
          if (receiving == receiverPlace()) {
            note(round, sender, delivered);
          }
          return delivered;
        };
    playing[0] = start(recording);
    playing[0].play();
    Run.Seat seat = playing[0].seats().get(place(playing[0], receiver));
    Refused refused = seat.refused().orElseThrow(() -> new AssertionError(name + " goes through"));
    String round = Run.ROUNDS.get(seat.sent().size() - 1);
    boolean named = refused.member() != Refused.NOBODY;
    return new Outcome(
        round,
        refused.check(),
        refused.member(),
        named ? nickname(playing[0], refused.member()) : NOBODY);
  }

  /** Whichever of two has the later place in the roster that comes about. */
  String laterOf(String one, String other) {
    Run run = start(Run.Relay.HONEST);
    return place(run, one) > place(run, other) ? one : other;
  }

  private Run start(Run.Relay withRelay) {
    List<Run.Participant> participants = new ArrayList<>();
    for (Run.Seat seat : recorded().seats()) {
      participants.add(participant(seat));
    }
    Optional<Run> before =
        epoch == 0 ? Optional.empty() : Optional.of(base.chapters().get(epoch - 1).run());
    return new Run(
        recorded().parameters(), recorded().psk(), participants, before, astray, withRelay);
  }

  /** What the receiver refused, and in the messages of which round. */
  record Outcome(String round, String check, int member, String nickname) {}

  private void note(String round, int place, byte[] delivered) {
    byte[] recordedMessage = recorded().seats().get(place).sent().get(Run.ROUNDS.indexOf(round));
    if (!Arrays.equals(recordedMessage, delivered)) {
      heard.computeIfAbsent(round, key -> new TreeMap<>()).put(place, delivered);
    }
  }

  private String nickname(Run run, int index) {
    String nickname = run.seats().get(index).inputs().nickname();
    return nickname.equals(newName) ? renamed : nickname;
  }

  private Run.Participant participant(Run.Seat seat) {
    Run.Participant as = seat.participant();
    return seat.inputs().nickname().equals(renamed)
        ? new Run.Participant(as.inputs().called(newName), as.before(), as.unknown())
        : as;
  }
}
