package org.mpotr;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;

/**
 * A group that sets up an epoch over a relay that may do anything. Participants have numbers in the
 * order in which they were added, which is not that of the roster; everything follows from the
 * seed.
 */
public final class TestGroup {

  /** What comes between the members. */
  @FunctionalInterface
  public interface Relay {
    /** The messages that a member receives of those that were sent, its own included. */
    List<Key> deliver(Round round, int receiver, List<Key> sent) throws GeneralSecurityException;

    /** A relay that changes what one member receives in one round, and nothing else. */
    static Relay changing(Round where, int victim, UnaryOperator<List<Key>> change) {
      return (round, receiver, sent) ->
          round == where && receiver == victim ? change.apply(new ArrayList<>(sent)) : sent;
    }

    /** A relay that changes one member's message of one round on its way to one other. */
    static Relay changing(Round where, int sender, int victim, UnaryOperator<Key> change) {
      return changing(
          where,
          victim,
          sent -> {
            sent.set(sender, change.apply(sent.get(sender)));
            return sent;
          });
    }
  }

  private final String seed;
  private final EpochParameters parameters;
  private final List<Participant> participants = new ArrayList<>();
  private final List<GroupKey> previous = new ArrayList<>();
  private Relay relay = (round, receiver, sent) -> sent;
  private List<Key> hellos = List.of();
  private boolean parallel;

  private TestGroup(String seed, EpochParameters parameters) {
    this.seed = seed;
    this.parameters = parameters;
  }

  /** Nobody yet. */
  public static TestGroup empty(String seed, EpochParameters parameters) {
    return new TestGroup(seed, parameters);
  }

  /** So many members with nicknames of their own. */
  public static TestGroup of(String seed, EpochParameters parameters, int size)
      throws GeneralSecurityException {
    TestGroup group = empty(seed, parameters);
    for (int i = 0; i < size; i++) {
      group.add(nickname(i));
    }
    return group;
  }

  /** So many members in the first epoch of a channel. */
  public static TestGroup of(String seed, int size) throws GeneralSecurityException {
    return of(seed, EpochParameters.of("#tea"), size);
  }

  /** The nickname of a member that was given none. */
  public static String nickname(int number) {
    return "member " + (char) ('A' + number / 10) + (char) ('a' + number % 10);
  }

  /** The identity of a member that was given none. */
  public static KeyPair identity(String seed, int number) {
    return IdentityKeys.generate(new SeededRandom(seed + " identity " + number));
  }

  /** A member with an identity made for it. */
  public TestGroup add(String nickname) throws GeneralSecurityException {
    return add(nickname, spec -> spec);
  }

  /** A member with an identity made for it and more in its specification. */
  public TestGroup add(String nickname, UnaryOperator<SessionParameterSpec> more)
      throws GeneralSecurityException {
    return add(nickname, identity(seed, size()), more);
  }

  /** A member. */
  public TestGroup add(String nickname, KeyPair identity, UnaryOperator<SessionParameterSpec> more)
      throws GeneralSecurityException {
    SessionParameterSpec spec = SessionParameterSpec.of(parameters, new Nickname(nickname));
    return add(new TestMember(identity, more.apply(spec), random()));
  }

  /** Anybody. */
  public TestGroup add(Participant participant) {
    participants.add(participant);
    previous.add(null);
    return this;
  }

  /** A member that comes from the epoch before, and knows who else does. */
  public TestGroup addContinuing(String nickname, KeyPair identity, GroupKey before)
      throws GeneralSecurityException {
    add(nickname, identity, spec -> spec.withPrevious(before));
    int own = size() - 1;
    previous.set(own, before);
    member(own).continuing(() -> placesBefore(own));
    return this;
  }

  private Map<Integer, Key> placesBefore(int own) {
    Map<Integer, Key> places = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      if (i != own && previous.get(i) != null) {
        places.put(previous.get(i).ownIndex(), hellos.get(i));
      }
    }
    return places;
  }

  /** The HELLO of a participant, once all have said theirs. */
  public Key helloOf(int number) {
    return hellos.get(number);
  }

  /** The source of the next participant. */
  public SeededRandom random() {
    return new SeededRandom(seed + " random " + size());
  }

  /** Puts something between the members. */
  public TestGroup over(Relay newRelay) {
    relay = newRelay;
    return this;
  }

  /** Lets the members of a large group work at the same time. */
  public TestGroup inParallel() {
    parallel = true;
    return this;
  }

  public int size() {
    return participants.size();
  }

  public EpochParameters parameters() {
    return parameters;
  }

  /** A member by its number, if it keeps to the protocol. */
  public TestMember member(int number) {
    return (TestMember) participants.get(number);
  }

  /** Goes through all rounds; who fails is silent from then on. */
  public Outcome run() throws GeneralSecurityException {
    Outcome outcome = new Outcome(size());
    hellos = step(outcome, i -> participants.get(i).hello());
    List<Key> said = hellos;
    for (Round round : Round.values()) {
      outcome.sent.put(round, said);
      List<Key> sent = said;
      said =
          step(
              outcome,
              i -> participants.get(i).answer(round, heard(relay.deliver(round, i, sent))));
    }
    for (int i = 0; i < size(); i++) {
      if (outcome.failures[i] == null) {
        outcome.keys[i] = participants.get(i).takeKey().orElse(null);
      }
    }
    return outcome;
  }

  @FunctionalInterface
  private interface Step {
    Key take(int number) throws GeneralSecurityException;
  }

  private List<Key> step(Outcome outcome, Step step) throws GeneralSecurityException {
    Key[] said = new Key[size()];
    GeneralSecurityException[] broken = new GeneralSecurityException[size()];
    IntStream numbers = IntStream.range(0, size()).filter(i -> outcome.failures[i] == null);
    (parallel ? numbers.parallel() : numbers)
        .forEach(
            i -> {
              try {
                said[i] = step.take(i);
              } catch (InvalidKeyException e) {
                outcome.failures[i] = e;
              } catch (GeneralSecurityException e) {
                broken[i] = e;
              }
            });
    for (GeneralSecurityException e : broken) {
      if (e != null) {
        throw e;
      }
    }
    return Arrays.asList(said);
  }

  private static List<Key> heard(List<Key> delivered) {
    List<Key> present = new ArrayList<>(delivered);
    present.removeIf(key -> key == null);
    return present;
  }

  /** What became of each participant. */
  public static final class Outcome {

    private final GroupKey[] keys;
    private final InvalidKeyException[] failures;
    private final Map<Round, List<Key>> sent = new EnumMap<>(Round.class);

    private Outcome(int size) {
      keys = new GroupKey[size];
      failures = new InvalidKeyException[size];
    }

    @Override
    public String toString() {
      return Arrays.toString(failures);
    }

    /** The key that a member took. */
    public GroupKey key(int number) {
      if (failures[number] != null) {
        throw new AssertionError("member " + number + " failed", failures[number]);
      }
      return keys[number];
    }

    /** Whether a member took a key. */
    public boolean hasKey(int number) {
      return keys[number] != null;
    }

    /** Whether anybody took a key. */
    public boolean hasAnyKey() {
      return IntStream.range(0, keys.length).anyMatch(this::hasKey);
    }

    /** The failed check of a member. */
    public SetupFailedException failure(int number) {
      if (failures[number] instanceof SetupFailedException failure) {
        return failure;
      }
      throw new AssertionError("member " + number + " did not fail a check", failures[number]);
    }

    /** What was sent in a round, by the senders' numbers; null where there was nothing. */
    public List<Key> sent(Round round) {
      return sent.get(round);
    }

    /** What a member sent in a round. */
    public Key sent(Round round, int number) {
      return sent.get(round).get(number);
    }
  }
}
