package org.mpotr.session.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;
import org.mpotr.wire.Bytes;

/**
 * A run that follows from its seed alone: so many members over a network so bad, who come and go,
 * talk, crash and quarrel for a while. Then the network becomes good and nobody lies any more, and
 * they have to find together.
 */
public final class Schedule {

  private static final long MINUTE = 60_000;
  private static final long TOGETHER_WITHIN = 30 * MINUTE;
  private static final long CONFIRMED_WITHIN = 5 * MINUTE;
  private static final int LIFETIME = 900;

  private final SplittableRandom random;
  private final int most;
  private final Simulation simulation;
  private final Ledger ledger = new Ledger();
  private final Trace trace;
  private final Riddles riddles;
  private final Map<SimulatedMember, SimulatedMember> unwantedBy = new HashMap<>();
  private final int steps;
  private final int liarNumber;
  private final int strangerNumber;
  private final LyingRelay lyingRelay;
  private LyingMember liar;
  private int texts;

  private Schedule(long seed, int maxMembers, boolean print) {
    this.random = new SplittableRandom(seed);
    this.most = size(maxMembers);
    this.simulation = new Simulation(random.nextLong(), parameters(), quality());
    this.steps = random.nextInt(2, 11);
    this.liarNumber = random.nextInt(4) == 0 ? random.nextInt(most) : -1;
    this.strangerNumber = random.nextInt(8) == 0 ? random.nextInt(most) : -1;
    this.lyingRelay = random.nextInt(4) == 0 ? new LyingRelay(random.split()) : null;
    this.trace = new Trace(simulation, print);
    simulation.settings(this::settings);
    simulation.observe(ledger);
    simulation.observe(trace);
    this.riddles = new Riddles(random.split(), simulation, ledger);
    simulation.observe(riddles);
  }

  /**
   * Runs a schedule.
   *
   * @param maxMembers the largest group
   * @param print whether to print everything that happens
   */
  public static Outcome run(long seed, int maxMembers, boolean print) {
    Schedule schedule = new Schedule(seed, maxMembers, print);
    boolean isApart = false;
    try {
      schedule.quarrel();
      isApart = schedule.settle();
      schedule.ledger.close();
    } catch (RuntimeException e) {
      schedule.ledger.violated("an exception: " + e + " at " + e.getStackTrace()[0]);
      schedule.trace.note(e.toString());
      for (StackTraceElement element : e.getStackTrace()) {
        schedule.trace.note("  at " + element);
      }
    }
    return new Outcome(
        seed,
        schedule.simulation.members().size(),
        schedule.simulation.now() / 1_000,
        schedule.simulation.messages(),
        isApart,
        schedule.ledger.violations(),
        schedule.ledger.violations().isEmpty() ? List.of() : schedule.trace.last());
  }

  /** Most groups are small, as they are in life, and so that many schedules fit into a minute. */
  private int size(int maxMembers) {
    int which = random.nextInt(1_000);
    int bound = which < 620 ? 3 : which < 940 ? 4 : which < 990 ? 7 : which < 998 ? 12 : maxMembers;
    return random.nextInt(2, Math.max(3, Math.min(bound, maxMembers) + 1));
  }

  private EpochParameters parameters() {
    Limits limits =
        new Limits(
            random.nextInt(10, 61),
            LIFETIME,
            random.nextInt(120, 600),
            random.nextInt(10) == 0 ? 5 : 1_000,
            random.nextInt(6),
            256,
            1 << 14,
            0);
    return EpochParameters.of("room").withLimits(limits);
  }

  private Network.Quality quality() {
    boolean isFair = random.nextInt(3) == 0;
    return new Network.Quality(
        isFair ? 0.01 : random.nextDouble(0.25),
        isFair ? 0.01 : random.nextDouble(0.2),
        random.nextInt(3) == 0 ? random.nextDouble(0.03) : 0,
        5,
        random.nextInt(10, isFair ? 200 : 2_000));
  }

  private ChannelSpec settings(ChannelSpec spec) {
    String stranger = "member " + strangerNumber;
    return spec.withLimitsPolicy(limits -> true)
        .withPolicy(member -> !member.nickname().toString().equals(stranger));
  }

  // The first part

  private void quarrel() {
    int first = random.nextInt(Math.min(2, most), most + 1);
    for (int i = 0; i < first; i++) {
      join();
      simulation.run(random.nextBoolean() ? 0 : random.nextInt(3_000));
    }
    simulation.run(random.nextInt(30_000));
    for (int i = 0; i < steps; i++) {
      step();
      lie();
      riddles.answer();
      simulation.run(random.nextInt(4) == 0 ? 0 : random.nextInt(15_000));
    }
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> any(this::isMember).ifPresent(this::say);
      case 6 -> any(this::isMember).ifPresent(this::whisper);
      case 7, 8 -> comeOrGo();
      case 9 -> any(this::isMember).ifPresent(this::refresh);
      case 10 -> any(this::isMember).ifPresent(this::quarrelWith);
      case 11, 12 -> part();
      case 13 -> simulation.network().heal();
      case 14 -> any(SimulatedMember::isUp).ifPresent(this::crash);
      case 15, 16 -> any(member -> !member.isUp()).ifPresent(this::restart);
      case 17 -> any(SimulatedMember::isUp).ifPresent(this::setClock);
      case 18 -> simulation.network().set(quality());
      default -> any(this::isMember).ifPresent(this::changeLimits);
    }
  }

  private void lie() {
    if (lyingRelay != null && random.nextInt(4) == 0) {
      trace.note("the relay lies: " + lyingRelay.change(simulation.members().size()));
      simulation.network().set(lyingRelay);
    }
    if (liar != null && random.nextBoolean()) {
      SimulatedMember self = simulation.members().get(liarNumber);
      if (self.isUp()) {
        trace.note(self + " " + liar.act(simulation, self));
      }
    }
  }

  private Optional<SimulatedMember> any(Predicate<SimulatedMember> which) {
    List<SimulatedMember> some = simulation.members().stream().filter(which).toList();
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
  }

  private boolean isMember(SimulatedMember member) {
    return member.isUp() && member.channel().state() == Channel.State.MEMBER;
  }

  private void join() {
    SimulatedMember member = simulation.add();
    ledger.knows(member);
    trace.note(member + " joins");
    if (member.number() == strangerNumber) {
      ledger.refusedByAll(member);
    } else if (member.number() == liarNumber) {
      trace.note(member + " lies");
      ledger.lies(member);
      liar = new LyingMember(random.split(), random.nextInt(2, 12));
      member.speaksThrough(liar);
    }
    simulation.wake(member).join();
  }

  private void comeOrGo() {
    int which = random.nextInt(10);
    if (which == 0) {
      any(this::isMember)
          .ifPresent(
              member -> {
                trace.note(member + " closes the channel");
                simulation.wake(member).close();
              });
    } else if (which < 4) {
      any(member -> member.isUp() && isIn(member, Channel.State.MEMBER, Channel.State.JOINING))
          .ifPresent(
              member -> {
                trace.note(member + " leaves");
                simulation.wake(member).leave();
              });
    } else if (which < 7) {
      any(member -> member.isUp() && isIn(member, Channel.State.CLOSED))
          .ifPresent(
              member -> {
                trace.note(member + " joins again");
                simulation.wake(member).join();
              });
    } else if (simulation.members().size() < most) {
      join();
    }
  }

  private static boolean isIn(SimulatedMember member, Channel.State... states) {
    return List.of(states).contains(member.channel().state());
  }

  private long say(SimulatedMember member) {
    byte[] text = (member + " says " + texts++).getBytes(StandardCharsets.UTF_8);
    try {
      long number = simulation.wake(member).send(text);
      ledger.asked(member, number, text, Optional.empty());
      return number;
    } catch (FrameTooLongException e) {
      throw new IllegalStateException(e);
    }
  }

  private Member another(SimulatedMember member) {
    List<Member> others =
        member.channel().roster().members().stream()
            .filter(other -> other.index() != member.channel().own().index())
            .toList();
    return others.get(random.nextInt(others.size()));
  }

  private void whisper(SimulatedMember member) {
    Member to = another(member);
    if (random.nextBoolean()) {
      riddles.ask(member, to);
      return;
    }
    byte[] text = (member + " whispers " + texts++).getBytes(StandardCharsets.UTF_8);
    try {
      ledger.asked(member, simulation.wake(member).sendPrivate(to, text), text, Optional.of(to));
    } catch (FrameTooLongException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refresh(SimulatedMember member) {
    boolean isFull = random.nextBoolean();
    trace.note(member + " wants new keys" + (isFull ? ", in full" : ""));
    simulation.wake(member).refresh(isFull);
  }

  /** One member wants to be rid of another; sometimes all others do. */
  private void quarrelWith(SimulatedMember member) {
    SimulatedMember unwanted = ledger.who(another(member));
    boolean byAll = random.nextBoolean();
    trace.note((byAll ? "all want " : member + " wants ") + unwanted + " to be removed");
    SimulatedMember before = unwantedBy.put(unwanted, member);
    if (byAll || before != null && before != member) {
      ledger.evicts(unwanted);
    }
    for (SimulatedMember one : simulation.members()) {
      if (isMember(one) && one != unwanted && (byAll || one == member)) {
        one.channel().roster().members().stream()
            .filter(other -> ledger.who(other) == unwanted)
            .forEach(simulation.wake(one)::remove);
      }
    }
  }

  private void part() {
    trace.note("the network parts");
    simulation.members().forEach(m -> simulation.network().part(m.number(), random.nextInt(2)));
  }

  private void crash(SimulatedMember member) {
    trace.note(member + " crashes");
    member.crash();
  }

  private void restart(SimulatedMember member) {
    trace.note(member + " restarts");
    simulation.restart(member);
  }

  private void setClock(SimulatedMember member) {
    long jump = 1_000L * (1L << random.nextInt(12));
    int which = random.nextInt(3);
    trace.note(member + " has a clock jump of " + jump + ", " + which);
    if (which == 0) {
      member.sleep(jump);
    } else {
      member.setClock(which == 1 ? jump : -jump);
    }
  }

  private void changeLimits(SimulatedMember member) {
    trace.note(member + " wants other limits");
    simulation
        .wake(member)
        .change(
            member
                .channel()
                .parameters()
                .limits()
                .withResumptions(random.nextInt(6))
                .withFrameBytes(1 << random.nextInt(12, 15)));
  }

  // The second part

  /** Whether groups that have never met remain apart. */
  private boolean settle() {
    trace.note("the network becomes good");
    simulation.network().set(Network.Quality.GOOD);
    simulation.network().set(Relay.HONEST);
    simulation.network().heal();
    simulation.members().stream()
        .filter(member -> ledger.isLiar(member) || ledger.isUnwanted(member))
        .forEach(SimulatedMember::crash);
    if (!simulation.runUntil(() -> areTogether() || areApart(), TOGETHER_WITHIN)) {
      ledger.violated("members are not together: " + situation());
      return false;
    }
    if (areTogether()) {
      talk();
    }
    return areApart();
  }

  private List<SimulatedMember> wanting() {
    return simulation.members().stream()
        .filter(
            member -> member.isUp() && isIn(member, Channel.State.MEMBER, Channel.State.JOINING))
        .toList();
  }

  private boolean areTogether() {
    List<SimulatedMember> all = wanting();
    return all.size() < 2 || isGroup(all);
  }

  private static boolean isGroup(List<SimulatedMember> some) {
    Channel first = some.get(0).channel();
    return some.stream()
        .map(SimulatedMember::channel)
        .allMatch(
            channel ->
                channel.state() == Channel.State.MEMBER
                    && first.state() == Channel.State.MEMBER
                    && channel.sid().equals(first.sid())
                    && channel.roster().size() == some.size());
  }

  /** Groups that each are whole, and whose epochs have never been one. */
  private boolean areApart() {
    Map<Bytes, List<SimulatedMember>> groups = new HashMap<>();
    for (SimulatedMember member : wanting()) {
      if (member.channel().state() != Channel.State.MEMBER) {
        return false;
      }
      groups.computeIfAbsent(member.channel().sid(), sid -> new ArrayList<>()).add(member);
    }
    List<Bytes> sids = List.copyOf(groups.keySet());
    for (int i = 0; i < sids.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (ledger.areRelated(sids.get(i), sids.get(j))) {
          return false;
        }
      }
    }
    return sids.size() > 1 && groups.values().stream().allMatch(Schedule::isGroup);
  }

  private String situation() {
    StringBuilder text = new StringBuilder();
    for (SimulatedMember member : simulation.members()) {
      Channel channel = member.channel();
      text.append(member).append(member.isUp() ? " " : " (down) ").append(channel.state());
      if (channel.state() == Channel.State.MEMBER) {
        text.append(" of ").append(channel.sid().toHex(), 0, 8);
        text.append(" with ").append(channel.roster().members().stream().map(ledger::who).toList());
      }
      text.append("; ");
    }
    return text.toString();
  }

  private void talk() {
    List<SimulatedMember> all = wanting();
    if (all.size() < 2) {
      return;
    }
    Map<SimulatedMember, Long> numbers = new HashMap<>();
    all.forEach(member -> numbers.put(member, say(member)));
    if (!simulation.runUntil(
        () -> all.stream().filter(m -> !isHeard(m, numbers)).toList().isEmpty(),
        CONFIRMED_WITHIN)) {
      ledger.violated("what was said last is not confirmed by all: " + situation());
    }
  }

  /**
   * Who is put out or closed in the meantime says nothing; who finds another group says it again.
   */
  private boolean isHeard(SimulatedMember member, Map<SimulatedMember, Long> numbers) {
    if (isMember(member) && ledger.isNotSent(member, numbers.get(member))) {
      numbers.put(member, say(member));
    }
    return ledger.isConfirmed(member, numbers.get(member))
        || !isIn(member, Channel.State.MEMBER, Channel.State.JOINING);
  }
}
