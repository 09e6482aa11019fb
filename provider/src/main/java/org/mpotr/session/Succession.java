package org.mpotr.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.agreement.StartSignature;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.membership.Proposals;
import org.mpotr.session.membership.Proposals.Open;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireException;

/**
 * How one epoch is followed by the next (PROTOCOL.md, section 9): a change is proposed, everybody
 * who stays agrees with a HELLO in the present epoch, one of them starts the set-up, and the epoch
 * goes on until the next is attested. Not thread-safe.
 */
final class Succession implements Stage, Attempt.Listener {

  /** Whom changes of the group concern. */
  interface Owner extends SetupOwner {

    /** All others have left or vanished. */
    void alone(Succession from);

    /** The others go on without this member. */
    void removed(Succession from, Member proposer, ChangeReason reason);

    /** The part of the group that this member is in gives way to another. */
    void givesWay(Succession from);
  }

  private static final int MAX_EARLY_STARTS = 8;
  private static final int PROPOSALS_PER_TIMEOUT = 16;
  private static final int MIN_BACKOFF = 1_000;
  private static final int MAX_BACKOFF = 300_000;

  private final Epoch epoch;
  private final Context context;
  private final Lobbies lobbies;
  private final Owner owner;
  private final Proposals proposals;
  private final Wishes wishes;
  private final Parts parts;
  private final Needs needs;
  private final Consent consent;
  private final long timeout;
  private final Map<Bytes, Attempt> attempts = new LinkedHashMap<>();
  private final Map<Bytes, Long> agreedAt = new HashMap<>();
  private final Map<Bytes, Start> starts = new LinkedHashMap<>();
  private Open followed;
  private Bytes successor;
  private boolean isSettled;
  private int backoff = MIN_BACKOFF;
  private long notBefore;

  Succession(Epoch epoch, Context context, Lobbies lobbies, Wishes wishes, Owner owner) {
    this.epoch = epoch;
    this.context = context;
    this.lobbies = lobbies;
    this.owner = owner;
    GroupKey key = epoch.key();
    EpochSecrets secrets = key.secrets(SecretAccess.GRANTED);
    this.proposals = new Proposals(key.sid(), key.parameters(), key.roster(), secrets::rank);
    this.wishes = wishes;
    this.parts = new Parts(proposals, epoch.member(key.ownIndex()).id());
    this.needs = new Needs(epoch, context, lobbies, proposals, parts, wishes);
    this.consent = new Consent(epoch, context, lobbies, needs, wishes);
    this.timeout = 1_000L * key.parameters().limits().setupTimeout();
  }

  Epoch epoch() {
    return epoch;
  }

  private Roster roster() {
    return epoch.key().roster();
  }

  /** The session id of the epoch that took over, once there is one. */
  Optional<Bytes> successor() {
    return Optional.ofNullable(successor);
  }

  /** Whether somebody is on the way out, so that what is said now would be for fewer. */
  boolean isLosingMembers() {
    return !needs.left().isEmpty()
        || proposals
            .best(open -> isRemoval(open) && consent.isGivenTo(open, context.now()))
            .isPresent();
  }

  private static boolean isRemoval(Open open) {
    return open.proposal().change() == Change.REMOVE;
  }

  // What members say

  /** A frame was delivered. */
  void delivered(Transcript.Delivery delivery) {
    int sender = delivery.spec().sender().orElseThrow();
    try {
      if (delivery.spec().kind().equals(FrameKind.PROPOSE)) {
        Bytes id = delivery.spec().id().orElseThrow();
        proposals
            .hear(id, sender, Proposal.decode(delivery.content()), context.now())
            .ifPresent(this::announce);
      } else if (delivery.spec().kind().equals(FrameKind.HELLO)) {
        vote(sender, ContinuingHello.decode(delivery.content()));
      }
    } catch (WireException e) {
      context.emit(new Event.Failed(e.code(), "a proposal or HELLO of member " + sender));
    }
  }

  private void announce(Open open) {
    Proposal proposal = open.proposal();
    context.emit(
        new Event.ChangeProposed(
            epoch.sid(),
            epoch.member(open.proposer()),
            proposal.change(),
            proposal.reason(),
            roster().members().stream()
                .filter(member -> proposal.removed().contains(member.id()))
                .toList(),
            proposal.added().size()));
  }

  private void vote(int sender, ContinuingHello vote) {
    if (proposals.vote(sender, vote)) {
      context.candidates().spend(List.of(ContinuingHello.hashOf(vote.hello())), context.now());
    }
  }

  /** A member says that it leaves. */
  void left(int member) {
    needs.left(member);
  }

  /** A member goes on in another epoch. */
  void wentOn(int member, Bytes sid) {
    parts.wentOn(member, sid, context.now());
    judgeParts();
  }

  private void judgeParts() {
    parts
        .without(sid -> sid.equals(successor) || isOwnAttempt(sid))
        .ifPresent(part -> parted(part.proposal(), part.sid()));
  }

  private void parted(Open theirs, Bytes theirSid) {
    if (epoch.phase() == Closing.Phase.OPEN && successor == null) {
      owner.removed(this, epoch.member(theirs.proposer()), theirs.proposal().reason());
    } else if (successor != null && followed != null && !isSettled) {
      isSettled = true;
      int ownSize = proposals.continuing(followed).size();
      int otherSize = proposals.continuing(theirs).size();
      boolean gives =
          ownSize < otherSize || ownSize == otherSize && successor.compareTo(theirSid) > 0;
      context.emit(new Event.PartsFound(epoch.sid(), ownSize, otherSize, gives));
      if (gives) {
        owner.givesWay(this);
      }
    }
  }

  private boolean isOwnAttempt(Bytes sid) {
    return attempts.values().stream()
        .anyMatch(attempt -> attempt.sid().filter(sid::equals).isPresent());
  }

  // What the transport brings

  @Override
  public Collection<Attempt> attempts() {
    return List.copyOf(attempts.values());
  }

  @Override
  public void hear(Bytes hash, Hello hello, boolean isNew) {
    attempts().forEach(attempt -> attempt.hear(hash, hello, context.now()));
    if (isNew) {
      context.emit(new Event.CandidateSeen(hash));
    }
  }

  @Override
  public void hear(Start start) {
    if (!isOver() && !isRunning(start) && isPossible(start)) {
      starts.remove(start.proposal());
      starts.put(start.proposal(), start);
      followStarts();
      if (starts.size() > MAX_EARLY_STARTS) {
        starts.remove(starts.keySet().iterator().next());
      }
    }
  }

  @Override
  public void hearOthers() {
    // The group of this channel is this one, whatever else is said in it.
  }

  /** Whether it may carry out a proposal that is known, or one that is not known yet. */
  private boolean isPossible(Start start) {
    return proposals
        .get(start.proposal())
        .map(open -> start.parameters().equals(open.proposal().parameters().encoded()))
        .orElse(true);
  }

  private boolean isRunning(Start start) {
    Attempt attempt = attempts.get(start.proposal());
    return attempt != null && attempt.isStarted();
  }

  private boolean isOver() {
    return successor != null || epoch.isErased() || epoch.phase() != Closing.Phase.OPEN;
  }

  // Time

  @Override
  public void tick() {
    if (isOver()) {
      return;
    }
    long now = context.now();
    for (Attempt attempt : attempts()) {
      if (attempt.isLate(now)) {
        late(attempt);
      } else if (attempt.isStarted()) {
        attempt.tick(now);
      }
    }
    if (isOver()) {
      return;
    }
    lapse(now);
    needs.meetCandidates(now);
    propose(now);
    agree(now);
    followStarts();
    start(now);
  }

  private Optional<Attempt> running() {
    return followed == null ? Optional.empty() : Optional.ofNullable(attempts.get(followed.id()));
  }

  private void late(Attempt attempt) {
    context.emit(
        new Event.SetupFailed(
            attempt.parameters().epoch(), ErrorCode.SETUP_TIMEOUT, Optional.empty(), -1));
    if (attempt.hasAttested()) {
      owner.stuck(attempt);
    } else {
      attempt.giveUp(Abort.TIMEOUT);
    }
    dropFollowed();
  }

  private void dropFollowed() {
    if (followed != null) {
      attempts.remove(followed.id());
      fail(followed);
      followed = null;
    }
  }

  private void fail(Open open) {
    open.fail();
    agreedAt.remove(open.id());
    starts.remove(open.id());
    Attempt unused = attempts.remove(open.id());
    if (unused != null && !unused.isStarted()) {
      unused.giveUp(Abort.FAILED);
    }
    if (open.proposal().change() == Change.ADD) {
      context.candidates().spend(hashes(open), context.now());
      lobbies.forget(hashes(open));
      context.candidates().failed(context.now());
    } else if (isWish(open)) {
      wishes.failed(context.now(), timeout);
    } else {
      notBefore = context.now() + backoff;
      backoff = Math.min(2 * backoff, MAX_BACKOFF);
    }
  }

  private static List<Bytes> hashes(Open open) {
    return open.proposal().added().stream().map(Proposal.Addition::helloHash).toList();
  }

  /** Proposals that not everybody agrees to in time, or nobody can any more. */
  private void lapse(long now) {
    for (Open open : List.copyOf(proposals.all())) {
      boolean isDead =
          proposals.continuing(open).stream().anyMatch(place -> needs.hasGone(place, now))
              || consent.isRefuted(open)
              || now - open.heardAt() >= patience(open);
      if (!open.hasFailed() && open != followed && isDead) {
        fail(open);
      }
    }
  }

  /**
   * How long a proposal waits for all to agree: what one member wishes is to show soon that not all
   * do, since those who agree to it agree to nothing else until then.
   */
  private long patience(Open open) {
    return isWish(open) ? timeout : 2 * timeout;
  }

  /** Whether it is what an application wants, and not what everybody sees to be needed. */
  private static boolean isWish(Open open) {
    return open.proposal().reason() == ChangeReason.EVICTED
        || open.proposal().change() == Change.PARAMETERS;
  }

  // Proposing

  private void propose(long now) {
    if (needs.isAlone(now)) {
      owner.alone(this);
    } else if (now >= notBefore && followed == null) {
      needs
          .due(now, need -> !isUnderWay(need, now))
          .ifPresent(
              need -> {
                notBefore = now + timeout / PROPOSALS_PER_TIMEOUT;
                say(FrameKind.PROPOSE, need.encoded());
              });
    }
  }

  private boolean isUnderWay(Proposal need, long now) {
    Optional<Open> best = proposals.best(open -> consent.isGivenTo(open, now));
    return best.isPresent()
        && best.get().proposal().change().compareTo(need.change()) <= 0
        && best.get().proposal().removed().containsAll(need.removed());
  }

  private void say(FrameKind kind, byte[] content) {
    try {
      epoch.say(kind, content);
    } catch (FrameTooLongException e) {
      context.emit(new Event.Failed(ErrorCode.RATE_LIMITED, "the frame limit is too small"));
    }
  }

  // Agreeing

  private void agree(long now) {
    if (followed != null) {
      return;
    }
    Optional<Open> best = proposals.best(open -> consent.isGivenTo(open, now));
    if (best.isPresent() && !attempts.containsKey(best.get().id())) {
      Open open = best.get();
      context
          .attempt(session(open), this)
          .ifPresent(
              attempt -> {
                attempts.put(open.id(), attempt);
                say(FrameKind.HELLO, new ContinuingHello(open.id(), attempt.hello()).encoded());
              });
    }
  }

  private SessionParameterSpec session(Open open) {
    SessionParameterSpec session =
        context.spec().session(open.proposal().parameters(), admits(open));
    return isFull(open) ? session : session.withPrevious(epoch.key());
  }

  private static boolean isFull(Open open) {
    return open.proposal().reason() == ChangeReason.FULL;
  }

  /** Who stays is who it was, and who is added is who the proposal says. */
  private Predicate<Member> admits(Open open) {
    return member -> {
      Bytes key = Bytes.of(member.signatureKey().encoded());
      for (Map.Entry<Integer, Hello> vote : open.votes().entrySet()) {
        if (vote.getValue().signatureKey().equals(key)) {
          Member before = epoch.member(vote.getKey());
          return before.identity().equals(member.identity())
              && before.nickname().equals(member.nickname());
        }
      }
      Bytes identity = Bytes.of(SubjectPublicKey.encode(member.identity()));
      Optional<Bytes> hash =
          Optional.ofNullable(attempts.get(open.id())).flatMap(a -> a.helloHashOf(key));
      return open.proposal().added().stream()
          .filter(addition -> hash.filter(addition.helloHash()::equals).isPresent())
          .anyMatch(a -> a.identity().length() == 0 || a.identity().equals(identity));
    };
  }

  // Starting

  /** The smallest of those who agreed starts, and after each further timeout the next. */
  private void start(long now) {
    for (Map.Entry<Bytes, Attempt> entry : Map.copyOf(attempts).entrySet()) {
      Open open = proposals.get(entry.getKey()).orElseThrow();
      Attempt attempt = entry.getValue();
      if (followed != null || open.hasFailed() || !proposals.isAgreed(open)) {
        continue;
      }
      long since = agreedAt.computeIfAbsent(open.id(), id -> now);
      long before =
          open.votes().values().stream()
              .filter(hello -> Member.idOf(hello).compareTo(attempt.id()) < 0)
              .count();
      if (now >= since + before * timeout) {
        Set<Bytes> hashes = new TreeSet<>(Proposals.places(open).keySet());
        hashes.addAll(hashes(open));
        follow(open, attempt.makeStart(open.id(), hashes));
      }
    }
  }

  private void followStarts() {
    for (Start start : List.copyOf(starts.values())) {
      Optional<Open> open = proposals.get(start.proposal());
      if (open.isEmpty() || !attempts.containsKey(start.proposal())) {
        continue;
      }
      if (open.get().hasFailed() || !proposals.isAgreed(open.get())) {
        continue;
      }
      starts.remove(start.proposal());
      if (isRight(start, open.get()) && givesWayTo(open.get()) && StartSignature.holds(start)) {
        follow(open.get(), start);
      }
    }
  }

  private boolean isRight(Start start, Open open) {
    Set<Bytes> expected = new TreeSet<>(Proposals.places(open).keySet());
    expected.addAll(hashes(open));
    return start.parameters().equals(open.proposal().parameters().encoded())
        && start.helloHashes().equals(List.copyOf(expected))
        && open.votes().values().stream()
            .anyMatch(hello -> hello.signatureKey().equals(start.signatureKey()));
  }

  /** A set-up that is not bound yet makes room for one that goes before it. */
  private boolean givesWayTo(Open other) {
    Optional<Attempt> running = running();
    if (running.isEmpty()) {
      return true;
    }
    Open present = followed;
    boolean isBefore =
        proposals
            .best(open -> open == other || open == present)
            .filter(o -> o == other)
            .isPresent();
    if (!isBefore || running.get().isBound()) {
      return false;
    }
    running.get().giveUp(Abort.FAILED);
    dropFollowed();
    return true;
  }

  private void follow(Open open, Start start) {
    Attempt attempt = attempts.get(open.id());
    followed = open;
    context.emit(
        new Event.Joining(open.proposal().parameters().epoch(), start.helloHashes().size()));
    if (!open.proposal().added().isEmpty()) {
      attempt.sayHello();
    }
    Map<Bytes, Integer> places = Proposals.places(open);
    Map<Bytes, Hello> known = context.candidates().all(context.now());
    open.votes().values().forEach(hello -> known.put(ContinuingHello.hashOf(hello), hello));
    if (!context.follow(attempt, start, session(open), known, isFull(open) ? Map.of() : places)) {
      dropFollowed();
    }
  }

  // What attempts say

  @Override
  public void send(byte[] message) {
    context.send(message);
  }

  @Override
  public void mayRead(Attempt attempt, Roster roster) {
    context.emit(new Event.MayRead(attempt.parameters().epoch(), roster));
  }

  @Override
  public void completed(Attempt attempt, GroupKey key) {
    owner.completed(attempt, key);
  }

  @Override
  public void failed(Attempt attempt, Optional<SetupFailedException> check) {
    context.setupFailed(attempt.parameters().epoch(), check);
    if (running().filter(attempt::equals).isPresent()) {
      dropFollowed();
    }
  }

  /** Why the epoch that follows was wanted. */
  ChangeReason reason() {
    return followed == null ? ChangeReason.NONE : followed.proposal().reason();
  }

  /** The next epoch is there; attempts at others are given up. */
  void followedBy(Bytes sid) {
    successor = sid;
    giveUp();
    judgeParts();
  }

  @Override
  public void giveUp() {
    for (Attempt attempt : attempts()) {
      attempt.giveUp(Abort.FAILED);
    }
    attempts.clear();
    starts.clear();
  }

  @Override
  public long nextDue() {
    if (isOver()) {
      return Long.MAX_VALUE;
    }
    long now = context.now();
    long due = needs.nextDue(now);
    for (Attempt attempt : attempts.values()) {
      due = Math.min(due, attempt.isStarted() ? attempt.nextDue() : now + timeout / 8);
    }
    return proposals.best(open -> open != followed).isPresent()
        ? Math.min(due, now + timeout / 16)
        : due;
  }
}
