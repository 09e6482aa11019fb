package org.mpotr.session.membership;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.identity.IdentityKey;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.Start;

/**
 * One attempt at an epoch over a transport that loses, doubles and reorders (PROTOCOL.md, sections
 * 4 and 9): it gathers the messages of each round, repeats its own until the attempt is decided,
 * and helps others to what they miss. Not thread-safe; times are milliseconds.
 */
public final class Attempt {

  private static final int MAX_VERSIONS = 4;
  private static final int FIRST_REPEAT = 1_000;
  private static final int MAX_REPEAT = 16_000;
  private static final int MAX_ANSWER_GAP = 60_000;
  private static final int AFTER_ABORT = 1_000;
  private static final List<MessageType> ROUNDS =
      List.of(MessageType.INTRODUCTION, MessageType.SHARE, MessageType.ATTEST);

  /** Who hears of an attempt. */
  public interface Listener {
    /** Something is to be sent. */
    void send(byte[] message);

    /** All have shown who they are. */
    void mayRead(Attempt attempt, Roster roster);

    /** The epoch is attested by all; the key is the listener's. */
    void completed(Attempt attempt, GroupKey key);

    /** The attempt is over without a key: a check has failed, or the own identity key has. */
    void failed(Attempt attempt, Optional<SetupFailedException> check);
  }

  private final Setup setup;
  private final Hello hello;
  private final Bytes helloHash;
  private final Listener listener;
  private final SecureRandom random;
  private final boolean isWary;
  private final List<byte[]> said = new ArrayList<>();
  private final Map<MessageType, Map<Integer, List<SignedMessage>>> heard =
      new EnumMap<>(MessageType.class);
  private final Set<SignedMessage> verified = new HashSet<>();
  private final Map<Integer, Integer> aborts = new HashMap<>();
  private final Map<Bytes, Hello> hellos = new TreeMap<>();
  private Start start;
  private SessionParameterSpec spec;
  private Map<Bytes, Integer> continuing = Map.of();
  private byte[] ownStart;
  private long startedAt;
  private long attestedAt = -1;
  private long quietUntil;
  private long deadline = Long.MAX_VALUE;
  private long repeatAt;
  private int repeatBackoff = FIRST_REPEAT;
  private boolean isOver;
  private boolean isComplete;
  private boolean isRecorded;
  private List<Bytes> introductionKeys = List.of();

  /**
   * A fresh attempt. It says nothing before {@link #sayHello} or an accepted START.
   *
   * @param spec with the parameters as far as they are known
   * @param isWary whether signatures are checked before anything else, since somebody has lately
   *     sent messages in others' names
   */
  public Attempt(
      IdentityKey identity,
      PublicPoint publicIdentity,
      SessionParameterSpec spec,
      boolean isWary,
      SecureRandom random,
      Listener listener,
      long now)
      throws InvalidAlgorithmParameterException, InvalidKeyException {
    this.setup = new Setup(identity, spec, random);
    this.hello = setup.hello(publicIdentity);
    this.helloHash = ContinuingHello.hashOf(hello);
    this.random = random;
    this.isWary = isWary;
    this.spec = spec;
    this.listener = listener;
    this.repeatAt = now;
    hellos.put(helloHash, hello);
    ROUNDS.forEach(round -> heard.put(round, new HashMap<>()));
  }

  /** Keeps what a recording of the epoch needs. */
  public void record() {
    isRecorded = true;
  }

  /** The keys of the introductions in roster order, once it is complete, if it is recorded. */
  public List<Bytes> introductionKeys() {
    return introductionKeys;
  }

  /** The messages that made the epoch, in the order of the rounds, once it is complete. */
  public List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    messages.add(start);
    messages.addAll(hellos.values());
    for (MessageType round : ROUNDS) {
      heard.get(round).values().forEach(versions -> messages.add(versions.get(0)));
    }
    return messages;
  }

  /** Says the HELLO to everybody, and again with the rest until the attempt is decided. */
  public void sayHello() {
    byte[] encoded = hello.encoded().toArray();
    said.add(0, encoded);
    listener.send(encoded);
  }

  /** One's own HELLO of this attempt. */
  public Hello hello() {
    return hello;
  }

  /** Its hash. */
  public Bytes helloHash() {
    return helloHash;
  }

  /** The member id that this attempt would give. */
  public Bytes id() {
    return Member.idOf(hello);
  }

  /** Whether a START was accepted. */
  public boolean isStarted() {
    return start != null;
  }

  /** The accepted START. */
  public Optional<Start> start() {
    return Optional.ofNullable(start);
  }

  /** The parameters, as they stand. */
  public EpochParameters parameters() {
    return spec.parameters();
  }

  /** The session id once all HELLOs are there. */
  public Optional<Bytes> sid() {
    return isStarted() && !isOver && (isComplete || setup.state().compareTo(Setup.State.HELLO) > 0)
        ? Optional.of(setup.sid())
        : Optional.empty();
  }

  /** Whether the own SHARE is out, after which there is no turning to another proposal. */
  public boolean isBound() {
    return !isOver && setup.state().compareTo(Setup.State.INTRODUCTION) > 0;
  }

  /** Whether the own ATTEST is out. */
  public boolean hasAttested() {
    return isComplete || setup.state() == Setup.State.ATTEST;
  }

  /**
   * When the own ATTEST went out; the lifetime of the epoch is counted from then, however late the
   * others' come.
   */
  public long attestedAt() {
    return attestedAt;
  }

  /** Whether the epoch would be over by now. */
  public boolean isExpired(long now) {
    return attestedAt >= 0 && now - attestedAt >= 1_000L * spec.parameters().limits().lifetime();
  }

  /** Whether the key was handed over. */
  public boolean isComplete() {
    return isComplete;
  }

  /** Whether a check failed or the attempt was given up. */
  public boolean isOver() {
    return isOver;
  }

  /** Whether the time for it is over. */
  public boolean isLate(long now) {
    return isStarted() && !isComplete && !isOver && now >= deadline;
  }

  /** The hash of the HELLO with a signature key, 65 bytes, if it is known. */
  public Optional<Bytes> helloHashOf(Bytes signatureKey) {
    return hellos.entrySet().stream()
        .filter(entry -> entry.getValue().signatureKey().equals(signatureKey))
        .map(Map.Entry::getKey)
        .findAny();
  }

  /** Makes and broadcasts the START of this attempt. */
  public Start makeStart(Bytes proposal, Collection<Bytes> hashes) {
    Start made = setup.start(proposal, hashes);
    ownStart = made.encoded().toArray();
    listener.send(ownStart);
    return made;
  }

  /**
   * Follows a START that was checked and names the own HELLO.
   *
   * @param newSpec with its parameters
   * @param known HELLOs by their hashes, as far as they are there
   * @param places of members of the epoch before, by the hash of their HELLO
   */
  public void follow(
      Start accepted,
      SessionParameterSpec newSpec,
      Map<Bytes, Hello> known,
      Map<Bytes, Integer> places,
      long now)
      throws InvalidAlgorithmParameterException {
    setup.follow(newSpec);
    start = accepted;
    spec = newSpec;
    continuing = Map.copyOf(places);
    startedAt = now;
    deadline = now + 1_000L * newSpec.parameters().limits().setupTimeout();
    soon(now);
    hellos.keySet().retainAll(List.of(helloHash));
    for (Bytes hash : accepted.helloHashes()) {
      Hello other = known.get(hash);
      if (other != null) {
        hellos.put(hash, other);
      }
    }
    introduce(now);
  }

  /** Somebody new is there, who has not heard this attempt's HELLO. */
  public void repeatSoon(long now) {
    soon(now);
  }

  /** A HELLO came. */
  public void hear(Bytes hash, Hello other, long now) {
    if (isStarted() && setup.state() == Setup.State.HELLO && start.helloHashes().contains(hash)) {
      hellos.put(hash, other);
      introduce(now);
    }
  }

  private void introduce(long now) {
    if (hellos.keySet().containsAll(start.helloHashes())) {
      List<Message> all = new ArrayList<>(hellos.values());
      Map<Hello, Integer> places = new HashMap<>();
      continuing.forEach((hash, place) -> places.put(hellos.get(hash), place));
      places.remove(hello);
      step(now, () -> setup.introduce(all, places));
    }
  }

  /** A message of a set-up came; those of other sessions are not this attempt's. */
  public void hear(SignedMessage message, long now) {
    if (sid().filter(message.header().sid()::equals).isEmpty()) {
      return;
    }
    int sender = message.header().sender();
    if (sender == setup.ownIndex() || sender >= start.helloHashes().size()) {
      return;
    }
    if (message instanceof Abort abort) {
      hearAbort(abort, now);
      return;
    }
    Map<Integer, List<SignedMessage>> round = heard.get(message.type());
    List<SignedMessage> versions = round.computeIfAbsent(sender, place -> new ArrayList<>());
    if (versions.contains(message)) {
      // Its sender repeats itself, so it lacks something, which the own messages may be; but
      // whoever
      // has everything says its ATTEST, too.
      if (!isComplete || message.type() != MessageType.ATTEST) {
        soon(now);
      }
      return;
    }
    if (versions.size() >= MAX_VERSIONS) {
      verify(versions);
      versions.retainAll(verified);
    }
    if (versions.size() < MAX_VERSIONS) {
      versions.add(message);
      advance(now);
    }
  }

  private void hearAbort(Abort abort, long now) {
    if (!isOver
        && !hasAttested()
        && aborts.merge(abort.header().sender(), 1, Integer::sum) <= MAX_VERSIONS
        && setup.verify(List.of(abort))[0]) {
      deadline = Math.min(deadline, now + AFTER_ABORT);
    }
  }

  private void soon(long now) {
    repeatAt =
        Math.min(
            repeatAt, Math.max(quietUntil, now + FIRST_REPEAT / 2 + random.nextInt(FIRST_REPEAT)));
  }

  private Optional<MessageType> round() {
    return switch (setup.state()) {
      case INTRODUCTION -> Optional.of(MessageType.INTRODUCTION);
      case SHARE -> Optional.of(MessageType.SHARE);
      case ATTEST -> Optional.of(MessageType.ATTEST);
      case START, HELLO, COMPLETE, OVER -> Optional.empty();
    };
  }

  private void advance(long now) {
    Optional<MessageType> round = round();
    while (!isOver && round.isPresent() && isWhole(round.get())) {
      List<Message> messages = new ArrayList<>();
      heard.get(round.get()).values().forEach(versions -> messages.add(versions.get(0)));
      switch (round.get()) {
        case INTRODUCTION -> step(now, () -> setup.share(messages));
        case SHARE -> step(now, () -> setup.attest(messages));
        default -> step(now, () -> conclude(messages));
      }
      round = round();
    }
  }

  /**
   * Whether there is a message of each member. Where one has two versions, and in attempts that are
   * wary, it is the one that its sender signed, and the others are dropped here; the seals show
   * else that a message is another's (PROTOCOL.md, section 4.8). ATTESTs have no seals.
   */
  private boolean isWhole(MessageType type) {
    Map<Integer, List<SignedMessage>> round = heard.get(type);
    if (round.size() < start.helloHashes().size()) {
      return false;
    }
    boolean hasVersions = round.values().stream().anyMatch(versions -> versions.size() > 1);
    if (type != MessageType.ATTEST && !hasVersions && !isWary) {
      return true;
    }
    verify(round.values().stream().flatMap(List::stream).toList());
    for (Iterator<List<SignedMessage>> i = round.values().iterator(); i.hasNext(); ) {
      List<SignedMessage> versions = i.next();
      versions.retainAll(verified);
      if (versions.isEmpty()) {
        i.remove();
      }
    }
    return round.size() == start.helloHashes().size();
  }

  private void verify(Collection<SignedMessage> messages) {
    List<SignedMessage> open =
        messages.stream().filter(message -> !verified.contains(message)).toList();
    boolean[] verdicts = setup.verify(open);
    for (int i = 0; i < verdicts.length; i++) {
      if (verdicts[i]) {
        verified.add(open.get(i));
      }
    }
  }

  private SignedMessage conclude(List<Message> messages) throws InvalidKeyException {
    if (isRecorded) {
      introductionKeys = setup.introductionKeys(SecretAccess.GRANTED);
    }
    setup.conclude(messages);
    isComplete = true;
    forgetBut(1);
    repeatAt = Long.MAX_VALUE;
    repeatBackoff = FIRST_REPEAT;
    listener.completed(this, setup.takeGroupKey());
    return null;
  }

  @FunctionalInterface
  private interface Step {
    SignedMessage take() throws InvalidKeyException;
  }

  private void step(long now, Step step) {
    try {
      SignedMessage answer = step.take();
      if (answer != null) {
        say(answer, now);
      }
    } catch (SetupFailedException e) {
      end(Optional.of(e));
      return;
    } catch (InvalidKeyException e) {
      end(Optional.empty());
      return;
    }
  }

  private void say(SignedMessage message, long now) {
    if (message.type() == MessageType.SHARE) {
      setup.roster().ifPresent(roster -> listener.mayRead(this, roster));
    }
    said.add(message.encoded().toArray());
    forgetBut(2);
    if (message.type() == MessageType.SHARE) {
      ownStart = null;
    } else if (message.type() == MessageType.ATTEST) {
      attestedAt = now;
    }
    listener.send(message.encoded().toArray());
    repeatBackoff = FIRST_REPEAT;
    repeatAt = now + repeatBackoff + random.nextInt(repeatBackoff);
    List<SignedMessage> own = new ArrayList<>(List.of(message));
    verified.add(message);
    heard.get(message.type()).put(message.header().sender(), own);
    advance(now);
  }

  /**
   * Keeps the newest of one's own messages, which others may lack. Whoever has said something in a
   * round had all messages of the round before; so when all have, nobody needs older ones.
   */
  private void forgetBut(int count) {
    said.subList(0, Math.max(0, said.size() - count)).clear();
  }

  private void end(Optional<SetupFailedException> check) {
    isOver = true;
    setup.abort().ifPresent(abort -> listener.send(abort.encoded().toArray()));
    setup.destroy();
    listener.failed(this, check);
  }

  /** Gives the attempt up; {@code check} is one of {@link Abort}. */
  public void giveUp(int check) {
    if (!isOver && !isComplete) {
      isOver = true;
      setup.giveUp(check).ifPresent(abort -> listener.send(abort.encoded().toArray()));
    }
  }

  /** The own ATTEST is out and the time over: those of others may come yet. */
  public void waitOn() {
    deadline = Long.MAX_VALUE;
  }

  /** Repeats what others may lack. */
  public void tick(long now) {
    if (isOver || repeatAt > now) {
      return;
    }
    if (isComplete) {
      repeatAt = Long.MAX_VALUE;
      quietUntil = now + repeatBackoff;
      repeatBackoff = Math.min(2 * repeatBackoff, MAX_ANSWER_GAP);
      forwardAttest();
    } else {
      repeatBackoff = Math.min(2 * repeatBackoff, MAX_REPEAT);
      repeatAt = now + repeatBackoff / 2 + random.nextInt(repeatBackoff);
    }
    if (ownStart != null) {
      listener.send(ownStart);
    }
    said.forEach(listener::send);
  }

  /** Anybody may hand on an ATTEST that somebody keeps from a member: it is signed. */
  private void forwardAttest() {
    List<List<SignedMessage>> attests = List.copyOf(heard.get(MessageType.ATTEST).values());
    SignedMessage any = attests.get(random.nextInt(attests.size())).get(0);
    listener.send(any.encoded().toArray());
  }

  /** When something is due next. */
  public long nextDue() {
    return isOver ? Long.MAX_VALUE : Math.min(repeatAt, isComplete ? repeatAt : deadline);
  }

  /** Milliseconds since the START was accepted. */
  public long runningFor(long now) {
    return now - startedAt;
  }
}
