package org.mpotr.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.agreement.StartSignature;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Purpose;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.AwaitedStarts;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireException;

/**
 * How one who is in no epoch comes into one (PROTOCOL.md, section 9): it says HELLO, and either a
 * group lets it in, or those who gather here start the first epoch. Not thread-safe.
 */
final class Gathering implements Stage, Attempt.Listener {

  private static final int MAX_PAUSE = 60_000;
  private static final int MIN_PAUSE = 500;

  /** No channel comes so far; whoever says so wants the numbers to run out. */
  private static final long MAX_EPOCH = 1L << 62;

  private final Context context;
  private final SetupOwner owner;
  private final Lobbies lobbies;
  private final long window;
  private final long timeout;
  private final AwaitedStarts starts = new AwaitedStarts();
  private Attempt attempt;
  private long began;
  private long startAt = Long.MAX_VALUE;
  private long resumeAt = Long.MAX_VALUE;
  private int failures;

  Gathering(Context context, SetupOwner owner, Lobbies lobbies) {
    this.context = context;
    this.owner = owner;
    this.lobbies = lobbies;
    this.timeout = 1_000L * context.spec().parameters().limits().setupTimeout();
    this.window = timeout / 4;
    begin();
  }

  private void begin() {
    resumeAt = Long.MAX_VALUE;
    startAt = Long.MAX_VALUE;
    began = context.now();
    starts.clear();
    ChannelSpec spec = context.spec();
    attempt = context.attempt(spec.session(spec.parameters(), member -> true), this).orElse(null);
    if (attempt == null) {
      pause();
      return;
    }
    attempt.sayHello();
    if (!others().isEmpty()) {
      startAt = began + window;
    }
  }

  private void pause() {
    attempt = null;
    int pause = Math.min(MIN_PAUSE << Math.min(failures, 10), MAX_PAUSE);
    failures++;
    resumeAt = context.now() + pause + context.below(pause);
  }

  private Map<Bytes, Hello> others() {
    return context.candidates().all(context.now());
  }

  @Override
  public Collection<Attempt> attempts() {
    return attempt == null ? List.of() : List.of(attempt);
  }

  @Override
  public void hear(Bytes hash, Hello hello, boolean isNew) {
    if (attempt == null || hash.equals(attempt.helloHash())) {
      return;
    }
    attempt.hear(hash, hello, context.now());
    starts.hear(hash, hello);
    followStarts();
    if (isNew && attempt != null && !attempt.isStarted()) {
      attempt.repeatSoon(context.now());
      startAt = Math.min(startAt, context.now() + window);
    }
  }

  /**
   * Others are in an epoch or in a set-up here, and may let one in: so one waits before one starts
   * an epoch beside theirs, but no longer than two set-ups take.
   */
  @Override
  public void hearOthers() {
    if (attempt != null && !attempt.isStarted() && startAt != Long.MAX_VALUE) {
      startAt = Math.max(startAt, Math.min(context.now() + window, began + 2 * timeout));
    }
  }

  @Override
  public void hear(Start start) {
    if (attempt == null || !start.helloHashes().contains(attempt.helloHash())) {
      hearOthers();
      return;
    }
    if (attempt.isStarted() || starts.contains(start)) {
      return;
    }
    if (parameters(start).filter(parameters -> isAcceptable(parameters, start)).isPresent()
        && StartSignature.holds(start)) {
      Map<Bytes, Hello> known = others();
      known.put(attempt.helloHash(), attempt.hello());
      starts.keep(start, known);
      followStarts();
    }
  }

  private static Optional<EpochParameters> parameters(Start start) {
    try {
      return Optional.of(EpochParameters.decode(start.parameters().toArray()));
    } catch (WireException e) {
      // Whoever sent it is nobody yet.
      return Optional.empty();
    }
  }

  private boolean isAcceptable(EpochParameters parameters, Start start) {
    return context.spec().accepts(parameters)
        && isFor(parameters, start)
        && parameters.epoch() <= MAX_EPOCH
        && start.helloHashes().size() <= parameters.limits().largestGroup()
        && (parameters.epoch() == 0) == start.proposal().equals(Start.NO_PROPOSAL);
  }

  /** A set-up of the group or, where candidates need one, a lobby. */
  private boolean isFor(EpochParameters parameters, Start start) {
    return parameters.purpose() == Purpose.CHAT
        || lobbies.areNeeded() && parameters.epoch() == 0 && start.helloHashes().size() == 2;
  }

  private void followStarts() {
    if (attempt != null && !attempt.isStarted()) {
      starts
          .take()
          .ifPresent(
              whole ->
                  follow(whole.start(), parameters(whole.start()).orElseThrow(), whole.hellos()));
    }
  }

  private void follow(Start start, EpochParameters parameters, Map<Bytes, Hello> hellos) {
    Attempt current = attempt;
    context.emit(new Event.Joining(parameters.epoch(), start.helloHashes().size()));
    if (!context.follow(
        current, start, context.spec().session(parameters, member -> true), hellos, Map.of())) {
      pause();
    }
  }

  @Override
  public void tick() {
    long now = context.now();
    if (attempt == null) {
      if (resumeAt <= now) {
        begin();
      }
      return;
    }
    if (attempt.isLate(now)) {
      late();
      return;
    }
    attempt.tick(now);
    if (attempt != null && !attempt.isStarted() && startAt <= now) {
      start(now);
    }
  }

  /** The set-up takes too long. Whoever has attested waits on beside what comes next. */
  private void late() {
    context.emit(
        new Event.SetupFailed(
            attempt.parameters().epoch(), ErrorCode.SETUP_TIMEOUT, Optional.empty(), -1));
    spend();
    if (attempt.hasAttested()) {
      owner.stuck(attempt);
    } else {
      attempt.giveUp(Abort.TIMEOUT);
    }
    pause();
  }

  private void spend() {
    attempt
        .start()
        .ifPresent(start -> context.candidates().spend(start.helloHashes(), context.now()));
  }

  private void start(long now) {
    long before = context.candidates().smallerThan(attempt.id());
    if (now < startAt + before * timeout) {
      return;
    }
    List<Bytes> hashes = new ArrayList<>();
    hashes.add(attempt.helloHash());
    others().keySet().stream()
        .limit(context.spec().parameters().limits().largestGroup() - 1L)
        .forEach(hashes::add);
    if (hashes.size() < 2) {
      startAt = Long.MAX_VALUE;
    } else {
      follow(attempt.makeStart(Start.NO_PROPOSAL, hashes), context.spec().parameters(), others());
    }
  }

  @Override
  public long nextDue() {
    if (attempt == null) {
      return resumeAt;
    }
    long due = attempt.nextDue();
    return attempt.isStarted() || startAt == Long.MAX_VALUE
        ? due
        : Math.min(due, Math.max(startAt, context.now() + timeout / 8));
  }

  @Override
  public void giveUp() {
    giveUpBut(null);
  }

  /** Gives up what is under way, but for an attempt that went well. */
  void giveUpBut(Attempt other) {
    if (attempt != null && attempt != other) {
      attempt.giveUp(Abort.FAILED);
    }
    attempt = null;
    resumeAt = Long.MAX_VALUE;
  }

  // What the attempt says

  @Override
  public void send(byte[] message) {
    context.send(message);
  }

  @Override
  public void mayRead(Attempt from, Roster roster) {
    context.emit(new Event.MayRead(from.parameters().epoch(), roster));
  }

  @Override
  public void completed(Attempt from, GroupKey key) {
    if (key.parameters().purpose() == Purpose.LOBBY) {
      spend();
      lobbies.keep(from);
      begin();
      lobbies.introduce(from, key, attempt);
    } else {
      owner.completed(from, key);
    }
  }

  @Override
  public void failed(Attempt from, Optional<SetupFailedException> check) {
    context.setupFailed(from.parameters().epoch(), check);
    if (from == attempt) {
      spend();
      pause();
    }
  }
}
