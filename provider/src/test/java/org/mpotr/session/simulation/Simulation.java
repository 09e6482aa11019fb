package org.mpotr.session.simulation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;

/**
 * Members and a relay in virtual time: one seed, one run. Nothing here waits, and nothing happens
 * at the same time as anything else. With the system property {@code mpotr.sim.trace} every event
 * is printed.
 */
public final class Simulation {

  /** Identities take long to make and are the same in every run: by the number of the member. */
  private static final Map<Integer, KeyPair> IDENTITIES = new ConcurrentHashMap<>();

  private final boolean trace = Boolean.getBoolean("mpotr.sim.trace");
  private final SplittableRandom random;
  private final Network network;
  private final List<SimulatedMember> members = new ArrayList<>();
  private final List<Observer> observers = new ArrayList<>();
  private final EpochParameters parameters;
  private UnaryOperator<ChannelSpec> settings = spec -> spec.withLimitsPolicy(limits -> true);
  private long now;
  private long messages;
  private long bytes;

  /** A relay and nobody yet. */
  public Simulation(long seed, EpochParameters parameters, Network.Quality quality) {
    this.random = new SplittableRandom(seed);
    this.network = new Network(random.split(), quality);
    this.parameters = parameters;
  }

  /** What members bring to the channel beyond the parameters. */
  public void settings(UnaryOperator<ChannelSpec> change) {
    settings = change;
  }

  /** Somebody sees what happens from now on. */
  public void observe(Observer observer) {
    observers.add(observer);
  }

  /** The relay. */
  public Network network() {
    return network;
  }

  /** All members so far. */
  public List<SimulatedMember> members() {
    return members;
  }

  /** The randomness of this run. */
  public SplittableRandom random() {
    return random;
  }

  /** Milliseconds since the run began. */
  public long now() {
    return now;
  }

  /** How many messages members have sent. */
  public long messages() {
    return messages;
  }

  /** How many messages members have sent, and how many bytes. */
  public String traffic() {
    return messages + " messages, " + bytes + " bytes";
  }

  /** One more, who has not joined. */
  public SimulatedMember add() {
    return add("member " + members.size());
  }

  /** One more by this name, who has not joined. */
  public SimulatedMember add(String nickname) {
    int number = members.size();
    KeyPair identity = IDENTITIES.computeIfAbsent(number, Simulation::identity);
    SimulatedMember member = new SimulatedMember(number, nickname, identity);
    open(member, seeded());
    members.add(member);
    return member;
  }

  private static KeyPair identity(int number) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(
          new ECGenParameterSpec("secp256r1"), new SeededRandom("identity " + number));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KnownRandom seeded() {
    return new KnownRandom("member " + random.nextLong());
  }

  private void open(SimulatedMember member, KnownRandom source) {
    KeyPair identity = member.identity();
    ChannelSpec spec =
        ChannelSpec.of(identity.getPrivate(), identity.getPublic(), member.toString(), parameters);
    try {
      member.start(Channel.open(settings.apply(spec.withRandom(source)), member.time(now)), source);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** So many more, who join. */
  public List<SimulatedMember> join(int count) {
    List<SimulatedMember> joined = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SimulatedMember member = add();
      member.channel().join();
      joined.add(member);
    }
    return joined;
  }

  /** A member that had crashed comes back under its identity, with nothing else. */
  public void restart(SimulatedMember member) {
    open(member, seeded());
    member.channel().join();
  }

  /** A member's channel, for its application to ask something of: its clock is right, as then. */
  public Channel wake(SimulatedMember member) {
    member.channel().tick(member.time(now));
    member.setDue(now);
    return member.channel();
  }

  /** Goes on for so long. */
  public void run(long milliseconds) {
    runUntil(() -> false, milliseconds);
  }

  /**
   * Goes on until something is so, or for so long.
   *
   * @return whether it is so
   */
  public boolean runUntil(BooleanSupplier condition, long milliseconds) {
    long end = now + milliseconds;
    members.forEach(this::flush);
    while (!condition.getAsBoolean()) {
      long next = network.nextAt();
      for (SimulatedMember member : members) {
        next = member.isUp() ? Math.min(next, member.due()) : next;
      }
      if (next > end) {
        now = end;
        members.forEach(this::tick);
        return condition.getAsBoolean();
      }
      now = Math.max(now, next);
      Map<Integer, List<byte[]>> arrived = network.arrivals(now);
      for (SimulatedMember member : members) {
        List<byte[]> batch = arrived.getOrDefault(member.number(), List.of());
        if (member.isUp() && (!batch.isEmpty() || member.due() <= now)) {
          // An application ticks when something comes, too: what it means depends on the time.
          member.channel().tick(member.time(now));
          if (!batch.isEmpty()) {
            member.channel().receive(batch);
            member.channel().tick(member.time(now));
          }
          flush(member);
        }
      }
    }
    return true;
  }

  private void tick(SimulatedMember member) {
    if (member.isUp()) {
      member.channel().tick(member.time(now));
      flush(member);
    }
  }

  private void flush(SimulatedMember member) {
    if (!member.isUp()) {
      return;
    }
    for (byte[] message : member.channel().takeMessages()) {
      messages++;
      bytes += message.length;
      observers.forEach(observer -> observer.said(member, message));
      member.tongue().say(this, member, message);
    }
    for (Event event : member.channel().takeEvents()) {
      member.events().add(event);
      observers.forEach(observer -> observer.happened(member, event));
      if (trace) {
        System.out.printf("%8d %s %s%n", now, member, event);
      }
    }
    long pause = member.channel().untilDue();
    member.setDue(pause > Integer.MAX_VALUE ? Long.MAX_VALUE : now + Math.max(1, pause));
  }

  /** Brings a message of a member to all others. */
  public void broadcast(SimulatedMember from, byte[] message) {
    for (SimulatedMember to : members) {
      if (to.isUp()) {
        network.send(from.number(), to.number(), message, now);
      }
    }
  }

  /** Brings a message of a member to one other. */
  void send(SimulatedMember from, SimulatedMember to, byte[] message) {
    network.send(from.number(), to.number(), message, now);
  }
}
