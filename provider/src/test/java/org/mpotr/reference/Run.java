package org.mpotr.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All members of one attempt in one place: plays the four rounds, with members that go astray and a
 * relay that alters if wanted. Part of the second reading of PROTOCOL.md.
 */
public final class Run {
  /** The messages of the rounds, by their types in section 2.2. */
  public static final List<String> ROUNDS = List.of("hello", "introduction", "share", "attest");

  private final Parameters parameters;
  private final byte[] psk;
  private final List<Seat> seats;
  private final Relay relay;

  /**
   * Who takes part.
   *
   * @param before the place in the epoch before, nothing for a newcomer
   * @param unknown nicknames of continuing members of whose HELLO it does not know whose it is
   */
  public record Participant(Inputs inputs, OptionalInt before, Set<String> unknown) {}

  /** What one member is given in place of what another sent. */
  public interface Relay {
    /** Delivers everything as it was sent. */
    Relay HONEST = (round, from, to, message) -> message;

    /** The message as it arrives; nothing when it is withheld. */
    byte[] deliver(String round, int from, int to, byte[] message);
  }

  /** A member with what it sent, in roster order. */
  public static final class Seat {
    private final Participant participant;
    private final Member member;
    private final byte[] m;
    private final List<byte[]> sent = new ArrayList<>();
    private Optional<Epoch> epoch = Optional.empty();
    private Optional<Refused> refused = Optional.empty();

    private Seat(Participant participant, Member member, byte[] m) {
      this.participant = participant;
      this.member = member;
      this.m = m;
    }

    /** Who sits there. */
    public Participant participant() {
      return participant;
    }

    /** What it brought. */
    public Inputs inputs() {
      return participant.inputs();
    }

    /** The messages it sent, by round. */
    public List<byte[]> sent() {
      return sent;
    }

    /** Whether it would resume the pair with another. */
    public int flag(int peer) {
      return member.flag(peer);
    }

    /** Its view of the epoch, once complete. */
    public Epoch epoch() {
      return epoch.orElseThrow();
    }

    /** The check that failed it. */
    public Optional<Refused> refused() {
      return refused;
    }
  }

  /** Members in any order, watched by nickname. */
  public Run(
      Parameters parameters,
      byte[] psk,
      List<Participant> participants,
      Optional<Run> before,
      Map<String, Watcher> watchers,
      Relay relay) {
    this.parameters = parameters;
    this.psk = psk;
    this.relay = relay;
    this.seats = new ArrayList<>();
    for (Participant one : participants) {
      String nickname = one.inputs().nickname();
      Member member =
          new Member(parameters, psk, one.inputs(), watchers.getOrDefault(nickname, Watcher.NONE));
      byte[] hello = member.hello();
      byte[] said = Arrays.copyOfRange(hello, 4, hello.length);
      byte[] m = Arrays.copyOf(Labelled.hash("member", Labelled.NO_SID, said), 16);
      Seat seat = new Seat(one, member, m);
      seat.sent.add(hello);
      seats.add(seat);
    }
    seats.sort(Comparator.comparing(seat -> seat.m, Arrays::compareUnsigned));
    for (int i = 0; i < seats.size(); i++) {
      List<Integer> known = known(i);
      if (!known.isEmpty()) {
        int place = seats.get(i).participant.before().getAsInt();
        Epoch epoch = before.orElseThrow().seats.get(place).epoch();
        seats.get(i).member.continuing(others(known, epoch));
      }
    }
  }

  private List<Member.Continuing> others(List<Integer> known, Epoch epoch) {
    List<Member.Continuing> others = new ArrayList<>();
    for (int other : known) {
      int place = seats.get(other).participant.before().getAsInt();
      others.add(new Member.Continuing(seats.get(other).sent.get(0), epoch, place));
    }
    return others;
  }

  /**
   * The places of those whose HELLO one member knows to be that of a member of the epoch before.
   */
  public List<Integer> known(int index) {
    Seat seat = seats.get(index);
    List<Integer> known = new ArrayList<>();
    for (int other = 0; other < seats.size(); other++) {
      Participant participant = seats.get(other).participant;
      if (other != index
          && seat.participant.before().isPresent()
          && participant.before().isPresent()
          && !seat.participant.unknown().contains(participant.inputs().nickname())) {
        known.add(other);
      }
    }
    return known;
  }

  /** Plays on until the epoch is attested or somebody refused a message. */
  public Run play() {
    for (int round = 0; round < ROUNDS.size(); round++) {
      int current = round;
      List<byte[]> messages = seats.stream().map(seat -> seat.sent.get(current)).toList();
      for (int to = 0; to < seats.size(); to++) {
        List<byte[]> delivered = new ArrayList<>();
        for (int from = 0; from < seats.size(); from++) {
          byte[] message = relay.deliver(ROUNDS.get(round), from, to, messages.get(from));
          if (message.length > 0) {
            delivered.add(message);
          }
        }
        step(seats.get(to), round, delivered);
      }
      if (seats.stream().anyMatch(seat -> seat.refused.isPresent())) {
        break;
      }
    }
    return this;
  }

  private static void step(Seat seat, int round, List<byte[]> messages) {
    try {
      switch (round) {
        case 0 -> seat.sent.add(seat.member.introduction(messages));
        case 1 -> seat.sent.add(seat.member.share(messages));
        case 2 -> seat.sent.add(seat.member.attest(messages));
        default -> seat.epoch = Optional.of(seat.member.complete(messages));
      }
    } catch (Refused e) {
      seat.refused = Optional.of(e);
    }
  }

  /** The members in roster order. */
  public List<Seat> seats() {
    return seats;
  }

  /** The parameters of the attempt. */
  public Parameters parameters() {
    return parameters;
  }

  /** The pre-shared key. */
  public byte[] psk() {
    return psk.clone();
  }
}
