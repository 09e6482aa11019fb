package org.mpotr.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.Channel.State;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;

/**
 * A member's way through the epochs of its channel (PROTOCOL.md, sections 8 and 9): it gathers with
 * others, enters an epoch, follows it into the next, and leaves; past epochs live on until they are
 * closed. Not thread-safe.
 */
final class Course implements Inbox.Addressees, Succession.Owner, Epoch.Listener {

  private static final int MAX_STUCK = 4;
  private static final int MAX_PAST = 16;

  private final Context context;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Lobbies lobbies;
  private final Wishes wishes = new Wishes();
  private final List<Succession> past = new ArrayList<>();
  private final List<Attempt> stuck = new ArrayList<>();
  private final List<Attempt> finished = new ArrayList<>();
  private final Map<Bytes, Recorder> recorders = new LinkedHashMap<>();
  private State state = State.NEW;
  private Gathering gathering;
  private Succession current;

  Course(Context context) {
    this.context = context;
    this.outbox = new Outbox(context);
    this.inbox = new Inbox(context, this);
    this.lobbies = new Lobbies(context);
  }

  /** What the member is to the channel. */
  State state() {
    return state;
  }

  /** The epoch that the member may speak in, while it is a member. */
  Epoch present() {
    return current.epoch();
  }

  /** The epochs in which the member has not said its farewell: the present one, and lobbies. */
  Stream<Epoch> speaking() {
    return Stream.concat(Stream.ofNullable(current).map(Succession::epoch), lobbies.epochs())
        .filter(epoch -> epoch.phase() == Closing.Phase.OPEN && !epoch.isErased());
  }

  /** What comes in. */
  Inbox inbox() {
    return inbox;
  }

  /** What the application says. */
  Outbox outbox() {
    return outbox;
  }

  /** What the application wants of the group. */
  Wishes wishes() {
    return wishes;
  }

  /** What was recorded of an epoch. */
  Optional<Recording> recording(Bytes sid) {
    return Optional.ofNullable(recorders.get(sid)).map(Recorder::recording);
  }

  /** Where candidates are met. */
  Lobbies lobbies() {
    return lobbies;
  }

  /** Whether what is said now waits for the next epoch. */
  boolean mustWait() {
    return current.isLosingMembers() || !current.epoch().hasRoom();
  }

  // What the application asks for

  /** Says HELLO. */
  void gather() {
    wishes.drop();
    state = State.JOINING;
    gathering = new Gathering(context, this, lobbies);
  }

  /** Leaves, or closes the channel for all. */
  void sayGoodbye(FrameKind kind) {
    if (state == State.JOINING) {
      stopGathering();
      over();
    } else {
      state = State.LEAVING;
      retire(kind);
    }
  }

  /** Erases all keys; nothing follows. */
  void destroy() {
    state = State.DESTROYED;
    stopGathering();
    List<Succession> all = successions().toList();
    current = null;
    past.clear();
    all.forEach(
        succession -> {
          succession.giveUp();
          succession.epoch().erase(false);
        });
    lobbies.destroy();
    dropStuck(attempt -> true);
    finished.clear();
    recorders.clear();
    outbox.drop();
    context.destroy();
  }

  private void dropStuck(Predicate<Attempt> which) {
    stuck.stream().filter(which).forEach(attempt -> attempt.giveUp(Abort.TIMEOUT));
    stuck.removeIf(Attempt::isOver);
  }

  private void stopGathering() {
    if (gathering != null) {
      gathering.giveUp();
      gathering = null;
    }
  }

  // Whom messages concern

  @Override
  public Optional<Stage> stage() {
    return Optional.ofNullable(gathering != null ? gathering : current);
  }

  @Override
  public Stream<Attempt> attempts() {
    return Stream.of(
            stage().map(Stage::attempts).orElse(List.of()).stream(),
            lobbies.attempts(),
            stuck.stream(),
            finished.stream())
        .flatMap(each -> each);
  }

  @Override
  public Stream<Epoch> epochs() {
    return Stream.concat(successions().map(Succession::epoch), lobbies.epochs());
  }

  private Stream<Succession> successions() {
    return Stream.concat(Stream.ofNullable(current), past.stream());
  }

  private Optional<Succession> of(Epoch epoch) {
    return successions().filter(each -> each.epoch() == epoch).findAny();
  }

  // Time

  void tick() {
    dropStuck(attempt -> attempt.isExpired(context.now()));
    finished.removeIf(attempt -> epochOf(attempt).isEmpty());
    List.copyOf(stuck).forEach(attempt -> attempt.tick(context.now()));
    List.copyOf(finished).forEach(attempt -> attempt.tick(context.now()));
    successions().toList().forEach(succession -> succession.epoch().tick());
    past.removeIf(succession -> succession.epoch().isForgotten());
    lobbies.tick();
    stage().ifPresent(Stage::tick);
    inbox.feedAttempts();
    flush();
  }

  private Optional<Epoch> epochOf(Attempt attempt) {
    return successions()
        .map(Succession::epoch)
        .filter(epoch -> !epoch.isErased() && attempt.sid().filter(epoch.sid()::equals).isPresent())
        .findAny();
  }

  /** When something is due next. */
  long nextDue() {
    long due = Math.min(lobbies.nextDue(), stage().map(Stage::nextDue).orElse(Long.MAX_VALUE));
    for (Attempt attempt : Stream.concat(stuck.stream(), finished.stream()).toList()) {
      due = Math.min(due, attempt.nextDue());
    }
    for (Succession succession : successions().toList()) {
      due = Math.min(due, succession.epoch().nextDue());
    }
    return due;
  }

  private void flush() {
    if (state == State.MEMBER && !outbox.isEmpty() && !mustWait()) {
      outbox.flush(current.epoch());
    }
  }

  // How epochs come and go

  /** Ends one's own part in the present epoch; it is past from now on. */
  private void retire(FrameKind farewell) {
    Succession before = current;
    keepPast(before);
    current = null;
    before.giveUp();
    dropStuck(attempt -> true);
    outbox.drop();
    before.epoch().sayFarewell(farewell, Bytes.EMPTY);
  }

  private void keepPast(Succession succession) {
    past.add(succession);
    if (past.size() > MAX_PAST) {
      past.get(0).epoch().erase(false);
      past.remove(0);
    }
  }

  private void over() {
    state = State.CLOSED;
    context.emit(new Event.ChannelClosed());
  }

  @Override
  public void completed(Attempt attempt, GroupKey key) {
    boolean isWanted =
        current == null ? state == State.JOINING : follows(key.parameters(), current.epoch().key());
    if (isWanted) {
      stuck.remove(attempt);
      finished.add(attempt);
      enter(attempt, key);
    } else {
      key.destroy();
    }
  }

  /** Whether an epoch comes after the present one, or in its place with a higher number. */
  private boolean follows(EpochParameters next, GroupKey present) {
    return next.previousSid().equals(present.sid())
        || next.previousSid().equals(present.parameters().previousSid())
            && next.previousSid().length() > 0
            && next.epoch() > present.parameters().epoch();
  }

  private void enter(Attempt attempt, GroupKey key) {
    Succession before = current;
    if (gathering != null) {
      gathering.giveUpBut(attempt);
      gathering = null;
    }
    state = State.MEMBER;
    Epoch epoch = new Epoch(key, attempt.attestedAt(), context, context::emit, this);
    if (context.spec().isRecorded()) {
      recorders.put(key.sid(), epoch.record(attempt));
      if (recorders.size() > MAX_PAST) {
        recorders.remove(recorders.keySet().iterator().next());
      }
    }
    current = new Succession(epoch, context, lobbies, wishes, this);
    wishes.opened(key, before == null ? ChangeReason.NONE : before.reason());
    attempt
        .start()
        .ifPresent(start -> context.candidates().spend(start.helloHashes(), context.now()));
    lobbies.remember(key.roster());
    Event.EpochOpened opened =
        Event.EpochOpened.of(
            key, before == null ? List.of() : before.epoch().key().roster().members());
    if (before != null && before.reason() == ChangeReason.EVICTED) {
      opened.left().forEach(lobbies::forget);
    }
    if (!opened.joined().isEmpty()) {
      context.candidates().succeeded();
    }
    context.emit(opened);
    if (before != null) {
      keepPast(before);
      before.followedBy(key.sid());
      before.epoch().sayFarewell(FrameKind.CLOSE, key.sid());
    }
    dropStuck(each -> !follows(each.parameters(), key));
    List<byte[]> frames = inbox.framesOf(key.sid());
    if (!frames.isEmpty()) {
      epoch.receive(frames);
    }
    flush();
  }

  @Override
  public void stuck(Attempt attempt) {
    attempt.waitOn();
    stuck.add(attempt);
    if (stuck.size() > MAX_STUCK) {
      stuck.remove(0).giveUp(Abort.TIMEOUT);
    }
  }

  @Override
  public void alone(Succession from) {
    if (from == current) {
      retire(FrameKind.LEAVE);
      gather();
    }
  }

  @Override
  public void removed(Succession from, Member proposer, ChangeReason reason) {
    if (from == current) {
      context.emit(new Event.Removed(from.epoch().sid(), proposer, reason));
      state = State.LEAVING;
      retire(FrameKind.LEAVE);
      if (reason != ChangeReason.EVICTED) {
        gather();
      }
    }
  }

  @Override
  public void givesWay(Succession from) {
    if (current != null) {
      retire(FrameKind.LEAVE);
      gather();
    }
  }

  // What is said

  @Override
  public void delivered(Epoch epoch, Transcript.Delivery delivery) {
    FrameKind kind = delivery.spec().kind();
    if (kind.equals(FrameKind.PRIVATE)) {
      epoch
          .openPrivate(delivery)
          .ifPresent(
              content -> {
                context.emit(
                    Event.PrivateMessageDelivered.of(epoch, delivery, content, context.wall()));
                Arrays.fill(content, (byte) 0);
              });
    } else if (Epoch.hasContent(kind)) {
      context.emit(Event.MessageDelivered.of(epoch, delivery, context.wall()));
    }
    of(epoch).ifPresent(succession -> succession.delivered(delivery));
  }

  @Override
  public void farewell(Epoch epoch, int member, FrameKind kind, Farewell farewell) {
    if (member == epoch.key().ownIndex()) {
      return;
    }
    boolean isPresent = current != null && current.epoch() == epoch;
    if (kind.equals(FrameKind.LEAVE)) {
      context.emit(new Event.MemberLeaving(epoch.sid(), epoch.member(member)));
      of(epoch).ifPresent(succession -> succession.left(member));
    } else if (farewell.successor().length() > 0) {
      of(epoch).ifPresent(succession -> succession.wentOn(member, farewell.successor()));
    } else if (isPresent) {
      context.emit(new Event.MemberLeaving(epoch.sid(), epoch.member(member)));
      state = State.LEAVING;
      retire(FrameKind.CLOSE);
    }
  }

  @Override
  public void closed(Epoch epoch) {
    if (current != null && current.epoch() == epoch) {
      // Its time was over before another epoch was attested.
      context.emit(new Event.Failed(ErrorCode.EXPIRED, "session " + epoch.sid()));
      keepPast(current);
      current.giveUp();
      current = null;
      outbox.drop();
      gather();
    } else if (state == State.LEAVING
        && past.stream().allMatch(each -> each.epoch() == epoch || each.epoch().isErased())) {
      over();
    }
  }
}
