package org.mpotr.session.simulation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;
import org.mpotr.session.Time;

/**
 * Members and a relay in virtual time: one seed, one run. Nothing here waits, and nothing happens
 * at the same time as anything else.
 */
public final class Simulation {

  private static final long EPOCH_START = 1_700_000_000_000L;

  private final SplittableRandom random;
  private final Network network;
  private final List<SimulatedMember> members = new ArrayList<>();
  private final EpochParameters parameters;
  private UnaryOperator<ChannelSpec> settings = spec -> spec;
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

  /** How many messages members have sent, and how many bytes. */
  public String traffic() {
    return messages + " messages, " + bytes + " bytes";
  }

  private Time time() {
    return new Time(EPOCH_START + now, now);
  }

  /** One more, who has not joined. */
  public SimulatedMember add() {
    return add("member " + members.size());
  }

  /** One more by this name, who has not joined. */
  public SimulatedMember add(String nickname) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), seeded());
      KeyPair identity = generator.generateKeyPair();
      int number = members.size();
      SimulatedMember member =
          new SimulatedMember(number, nickname, identity, open(nickname, identity));
      members.add(member);
      return member;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SeededRandom seeded() {
    return new SeededRandom("member " + random.nextLong());
  }

  private Channel open(String nickname, KeyPair identity) throws GeneralSecurityException {
    ChannelSpec spec =
        ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, parameters);
    return Channel.open(settings.apply(spec.withRandom(seeded())), time());
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
    try {
      member.restart(open(member.toString(), member.identity()));
      member.channel().join();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
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
    flush();
    while (!condition.getAsBoolean()) {
      long next = network.nextAt();
      for (SimulatedMember member : members) {
        if (member.isUp()) {
          long pause = member.channel().untilDue();
          next = Math.min(next, pause > end ? Long.MAX_VALUE : now + Math.max(1, pause));
        }
      }
      if (next > end) {
        now = end;
        tick();
        return condition.getAsBoolean();
      }
      now = Math.max(now, next);
      Map<Integer, List<byte[]>> arrived = network.arrivals(now);
      tick();
      arrived.forEach(
          (to, batch) -> {
            if (members.get(to).isUp()) {
              members.get(to).channel().receive(batch);
            }
          });
      tick();
    }
    return true;
  }

  private void tick() {
    for (SimulatedMember member : members) {
      if (member.isUp()) {
        member.channel().tick(time());
      }
    }
    flush();
  }

  private void flush() {
    List<Integer> up =
        members.stream().filter(SimulatedMember::isUp).map(SimulatedMember::number).toList();
    for (SimulatedMember member : members) {
      if (!member.isUp()) {
        continue;
      }
      for (byte[] message : member.channel().takeMessages()) {
        messages++;
        bytes += message.length;
        network.broadcast(member.number(), up, message, now);
      }
      for (Event event : member.channel().takeEvents()) {
        member.events().add(event);
        if (trace) {
          System.out.printf("%8d %s %s%n", now, member, event);
        }
      }
    }
  }

  private boolean trace;

  /** Prints every event. */
  public void trace() {
    trace = true;
  }
}
