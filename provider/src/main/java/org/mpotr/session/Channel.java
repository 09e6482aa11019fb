package org.mpotr.session;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;

/**
 * One member's view of one channel (PROTOCOL.md, sections 7 to 9): what an application talks to. It
 * does no input or output, starts no threads and reads no clock. Bytes from the transport and the
 * time go in; bytes for the transport and {@link Event}s come out, and are fetched after each call:
 *
 * <pre>{@code
 * channel.tick(Time.now());
 * channel.receive(bytes);
 * channel.takeMessages().forEach(transport::publish);
 * channel.takeEvents().forEach(application::show);
 * }</pre>
 *
 * <p>Confined to one thread at a time; {@link ChannelDriver} is for applications with more.
 *
 * <p>Every call that the present {@link State} does not allow is an {@link
 * IllegalChannelStateException} that names both, and changes nothing. Bad bytes never are an
 * exception: they are counted, and where they concern a member they are an event.
 */
public final class Channel {

  /** The most that waits to be sent while the group changes. */
  public static final int MAX_PENDING = 256;

  private static final int MAX_STUCK = 4;
  private static final int MAX_PAST = 16;

  /** What a member is to its channel. */
  public enum State {
    /** It has not joined. */
    NEW,
    /** It says HELLO and waits for an epoch. */
    JOINING,
    /** It is in an epoch and may speak. */
    MEMBER,
    /** It has said its farewell and waits until everybody has. */
    LEAVING,
    /** It is in no epoch; it may join again. */
    CLOSED,
    /** Its keys are erased, the identity's among them; nothing is possible any more. */
    DESTROYED
  }

  private final Context context;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Lobbies lobbies;
  private final Wishes wishes = new Wishes();
  private final ChangeOwner changeOwner = new ChangeOwner();
  private final EpochListener epochListener = new EpochListener();
  private final List<Succession> past = new ArrayList<>();
  private final List<Attempt> stuck = new ArrayList<>();
  private final List<Attempt> finished = new ArrayList<>();
  private final Set<PublicPoint> verified = new HashSet<>();
  private State state = State.NEW;
  private Gathering gathering;
  private Succession current;

  private Channel(Context context) {
    this.context = context;
    this.outbox = new Outbox(context);
    this.inbox = new Inbox(context, new Addressees());
    this.lobbies = new Lobbies(context);
  }

  /**
   * A channel that was not joined yet.
   *
   * @param now the time; what follows is counted from here
   * @throws InvalidKeyException when the identity is not an EC key on P-256
   */
  public static Channel open(ChannelSpec spec, Time now) throws InvalidKeyException {
    return new Channel(new Context(spec, now));
  }

  // What the application asks for

  /**
   * Says HELLO, to be let into the group of the channel or to start one with others who come.
   *
   * @throws IllegalStateException unless new or closed
   */
  public void join() {
    require("join", State.NEW, State.CLOSED);
    gather();
  }

  /**
   * Says a text to all members.
   *
   * @param text UTF-8
   * @return as {@link #send(FrameKind, byte[])}
   */
  public long send(byte[] text) throws FrameTooLongException {
    return send(FrameKind.TEXT, text);
  }

  /**
   * Says something to all members: at once, or in the next epoch when somebody is about to leave
   * this one. {@link Event.Sent} tells when and in which epoch.
   *
   * @param kind text, a file offer, or one of the application's own
   * @return a number for it, from 1
   * @throws FrameTooLongException when the frame would be longer than the group allows
   * @throws IllegalStateException unless a member, or when {@value #MAX_PENDING} wait already
   */
  public long send(FrameKind kind, byte[] content) throws FrameTooLongException {
    require("send", State.MEMBER);
    requireContent(kind);
    return !outbox.isEmpty() || current.isLosingMembers() || !current.epoch().hasRoom()
        ? outbox.keep(current.epoch(), kind, content)
        : outbox.send(current.epoch(), kind, content);
  }

  /**
   * The same, in the present epoch even if somebody who can read it is about to leave.
   *
   * @throws FrameTooLongException when the frame would be longer than the group allows
   * @throws IllegalStateException unless a member, or when this member's share of the epoch's
   *     frames is used up (PROTOCOL.md, section 7)
   */
  public long sendInPresentEpoch(FrameKind kind, byte[] content) throws FrameTooLongException {
    require("sendInPresentEpoch", State.MEMBER);
    requireContent(kind);
    return outbox.send(current.epoch(), kind, content);
  }

  private static void requireContent(FrameKind kind) {
    if (!Epoch.hasContent(kind) || kind.equals(FrameKind.PRIVATE)) {
      throw new IllegalArgumentException("frames of kind " + kind.code() + " are not sent so");
    }
  }

  /**
   * Says something to one other member; all see that, and nobody else what.
   *
   * @return a number for it, from 1
   * @throws FrameTooLongException when the frame would be longer than the group allows
   * @throws IllegalArgumentException when it is no other member of the present epoch
   * @throws IllegalStateException unless a member, or when this member's share of the epoch's
   *     frames is used up (PROTOCOL.md, section 7)
   */
  public long sendPrivate(Member to, byte[] content) throws FrameTooLongException {
    require("sendPrivate", State.MEMBER);
    requireOther(to);
    Epoch epoch = current.epoch();
    PrivateFrame frame = PrivateFrame.seal(epoch.key(), to.index(), epoch.nextSeq(), content);
    return outbox.send(epoch, FrameKind.PRIVATE, frame.encoded());
  }

  /**
   * Sends a chunk of a file, or a request for some: outside the transcript, unconfirmed.
   *
   * @param kind {@link FrameKind#FILE_CHUNK} or {@link FrameKind#FILE_REQUEST}
   * @throws FrameTooLongException when the frame would be longer than the group allows
   * @throws IllegalStateException unless a member
   */
  public void sendFileFrame(FrameKind kind, byte[] content) throws FrameTooLongException {
    require("sendFileFrame", State.MEMBER);
    if (!kind.equals(FrameKind.FILE_CHUNK) && !kind.equals(FrameKind.FILE_REQUEST)) {
      throw new IllegalArgumentException("frames of kind " + kind.code() + " are not sent so");
    }
    current.epoch().say(kind, content);
  }

  /**
   * Asks the group for new keys.
   *
   * @param full whether no pair may resume, which alone locks out a thief of keys who is active
   * @throws IllegalStateException unless a member
   */
  public void refresh(boolean full) {
    require("refresh", State.MEMBER);
    wishes.refresh(full);
  }

  /**
   * Asks the group for other limits, or agrees to such a proposal: they come when all others have
   * asked for the same, or accept them by {@link ChannelSpec#withLimitsPolicy}.
   *
   * @throws IllegalStateException unless a member
   */
  public void change(Limits limits) {
    require("change", State.MEMBER);
    wishes.change(limits);
  }

  /**
   * Proposes to go on without a member, or agrees to such a proposal; it is done when everybody
   * else has.
   *
   * @throws IllegalArgumentException when it is no other member of the present epoch
   * @throws IllegalStateException unless a member
   */
  public void remove(Member member) {
    require("remove", State.MEMBER);
    requireOther(member);
    wishes.remove(member);
  }

  private void requireOther(Member member) {
    if (!roster().members().contains(member) || member.index() == own().index()) {
      throw new IllegalArgumentException("no other member of the present epoch");
    }
  }

  /**
   * Vouches for a candidate that this member met in a lobby, where the join policy is sponsored or
   * SMP; under other policies that happens by itself.
   *
   * @param candidate of {@link Event.CandidateMet}
   * @throws IllegalStateException unless a member
   */
  public void vouch(Member candidate) {
    require("vouch", State.MEMBER);
    lobbies.vouch(candidate.identity());
  }

  /**
   * States that the application's user has made sure who a member is, by comparing with that member
   * itself: this is of a pair and never transitive (PROTOCOL.md, section 10). The channel remembers
   * the member's identity until it is destroyed, through all epochs; whoever comes with another
   * identity is not verified, whatever the nickname.
   *
   * @throws IllegalArgumentException when nobody else in the present epoch has this identity
   * @throws IllegalStateException unless a member
   */
  public void verify(Member member, Verification how) {
    require("verify", State.MEMBER);
    Member present =
        roster().members().stream()
            .filter(each -> each.identity().equals(member.identity()))
            .filter(each -> each.index() != own().index())
            .findAny()
            .orElseThrow(
                () -> new IllegalArgumentException("no other member of the present epoch"));
    verified.add(present.identity());
    context.emit(new Event.Verified(sid(), present, how));
  }

  /**
   * States that all members have compared the group code with each other, so that each of them is
   * verified. Where only some took part, {@link #verify} those.
   *
   * @param code as it was compared; the epoch may have changed meanwhile, and its members with it
   * @throws IllegalArgumentException when this is not the code of the present epoch
   * @throws IllegalStateException unless a member
   */
  public void verifyGroupCode(String code) {
    require("verifyGroupCode", State.MEMBER);
    if (!groupCode().equals(code)) {
      throw new IllegalArgumentException("not the group code of the present epoch");
    }
    for (Member member : roster()) {
      if (member.index() != own().index()) {
        verify(member, Verification.GROUP_CODE);
      }
    }
  }

  /**
   * Leaves. What others still say in this epoch comes in until all have ended it; then its keys are
   * erased and published.
   *
   * @throws IllegalStateException unless joining or a member
   */
  public void leave() {
    sayGoodbye("leave", FrameKind.LEAVE);
  }

  /**
   * Closes the channel for everybody.
   *
   * @throws IllegalStateException unless joining or a member
   */
  public void close() {
    sayGoodbye("close", FrameKind.CLOSE);
  }

  private void sayGoodbye(String call, FrameKind kind) {
    require(call, State.JOINING, State.MEMBER);
    if (state == State.JOINING) {
      stopGathering();
      closed();
    } else {
      state = State.LEAVING;
      retire(kind);
    }
  }

  /** Erases all keys at once; for others this member has vanished. */
  public void destroy() {
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
    outbox.drop();
    verified.clear();
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

  private void require(String call, State... allowed) {
    if (!List.of(allowed).contains(state)) {
      throw new IllegalChannelStateException(call, state);
    }
  }

  // What the application may know

  /** What the member is to the channel at present. */
  public State state() {
    return state;
  }

  /**
   * The members of the present epoch.
   *
   * @throws IllegalStateException unless a member
   */
  public Roster roster() {
    return present("roster").key().roster();
  }

  /**
   * One's own place among them.
   *
   * @throws IllegalStateException unless a member
   */
  public Member own() {
    GroupKey key = present("own").key();
    return key.roster().get(key.ownIndex());
  }

  /** Whether a member, of any epoch, has an identity that was verified in this channel. */
  public boolean isVerified(Member member) {
    return verified.contains(member.identity());
  }

  /**
   * The group code of the present epoch: twenty decimal digits in groups of five, the same for all
   * members, to be compared over another way.
   *
   * @throws IllegalStateException unless a member
   */
  public String groupCode() {
    return present("groupCode").key().groupCode();
  }

  /**
   * The present session id, 32 bytes.
   *
   * @throws IllegalStateException unless a member
   */
  public Bytes sid() {
    return present("sid").sid();
  }

  /**
   * What the members of the present epoch hold in common.
   *
   * @throws IllegalStateException unless a member
   */
  public EpochParameters parameters() {
    return present("parameters").key().parameters();
  }

  /**
   * A key of the present epoch for a use of the application's own (PROTOCOL.md, section 5.3).
   *
   * @throws IllegalStateException unless a member
   */
  public byte[] export(String label, byte[] purpose, int length) {
    return present("export").key().export(label, purpose, length);
  }

  /**
   * The ids of the delivered frames of the present epoch in the one order (PROTOCOL.md, section 7).
   *
   * @throws IllegalStateException unless a member
   */
  public List<Bytes> order() {
    return present("order").transcript().order();
  }

  /** How many messages were no messages, or nobody's. */
  public long refused() {
    return inbox.refused() + successions().mapToLong(each -> each.epoch().refused()).sum();
  }

  Epoch present(String call) {
    require(call, State.MEMBER);
    return current.epoch();
  }

  // What goes out

  /** What is to be sent to everybody in the channel, and is handed over once. */
  public List<byte[]> takeMessages() {
    return context.takeMessages();
  }

  /** What has happened, and is handed over once. */
  public List<Event> takeEvents() {
    return context.takeEvents();
  }

  // What comes in

  /** A message from the transport. */
  public void receive(byte[] message) {
    inbox.receive(message, "");
  }

  /**
   * A message from the transport.
   *
   * @param source a hint of where it comes from, or nothing; of each source one candidate is kept
   */
  public void receive(byte[] message, String source) {
    inbox.receive(message, source);
  }

  /** Messages from the transport; signatures of frames of one epoch are checked together. */
  public void receive(List<byte[]> messages) {
    inbox.receive(messages);
  }

  private final class Addressees implements Inbox.Addressees {

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
  }

  private Stream<Succession> successions() {
    return Stream.concat(Stream.ofNullable(current), past.stream());
  }

  // Time

  /** Does what is due by now. */
  public void tick(Time now) {
    if (state == State.DESTROYED) {
      return;
    }
    context.advance(now);
    dropStuck(attempt -> attempt.isExpired(context.now()));
    finished.removeIf(attempt -> epochOf(attempt).isEmpty());
    List.copyOf(stuck).forEach(attempt -> attempt.tick(context.now()));
    List.copyOf(finished).forEach(attempt -> attempt.tick(context.now()));
    successions().toList().forEach(succession -> succession.epoch().tick());
    past.removeIf(succession -> succession.epoch().isForgotten());
    lobbies.tick();
    Optional.<Stage>ofNullable(gathering != null ? gathering : current).ifPresent(Stage::tick);
    inbox.feedAttempts();
    flush();
  }

  private Optional<Epoch> epochOf(Attempt attempt) {
    return successions()
        .map(Succession::epoch)
        .filter(epoch -> !epoch.isErased() && attempt.sid().filter(epoch.sid()::equals).isPresent())
        .findAny();
  }

  /**
   * Milliseconds from when the channel was opened to the last tick, by whichever clock went
   * further.
   */
  public long elapsed() {
    return context.now();
  }

  /** Milliseconds from the last tick until the next is due at the latest. */
  public long untilDue() {
    long due = lobbies.nextDue();
    due = gathering == null ? due : Math.min(due, gathering.nextDue());
    due = current == null ? due : Math.min(due, current.nextDue());
    for (Attempt attempt : Stream.concat(stuck.stream(), finished.stream()).toList()) {
      due = Math.min(due, attempt.nextDue());
    }
    for (Succession succession : successions().toList()) {
      due = Math.min(due, succession.epoch().nextDue());
    }
    return due == Long.MAX_VALUE ? due : Math.max(0, due - context.now());
  }

  private void flush() {
    if (state == State.MEMBER && !outbox.isEmpty() && !current.isLosingMembers()) {
      outbox.flush(current.epoch());
    }
  }

  // How epochs come and go

  private void gather() {
    wishes.drop();
    state = State.JOINING;
    gathering = new Gathering(context, changeOwner, lobbies);
  }

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

  private void closed() {
    state = State.CLOSED;
    context.emit(new Event.ChannelClosed());
  }

  private final class ChangeOwner implements Succession.Owner {

    @Override
    public void completed(Attempt attempt, GroupKey key) {
      boolean isWanted =
          current == null
              ? state == State.JOINING
              : follows(key.parameters(), current.epoch().key());
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
      Epoch epoch = new Epoch(key, attempt.attestedAt(), context, context::emit, epochListener);
      current = new Succession(epoch, context, lobbies, wishes, this);
      wishes.opened(key, before == null ? ChangeReason.NONE : before.reason());
      attempt
          .start()
          .ifPresent(start -> context.candidates().spend(start.helloHashes(), context.now()));
      lobbies.remember(key.roster());
      Event.EpochOpened opened = opened(key, Optional.ofNullable(before).map(Succession::epoch));
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

    private Event.EpochOpened opened(GroupKey key, Optional<Epoch> before) {
      List<Member> old = before.map(epoch -> epoch.key().roster().members()).orElse(List.of());
      List<Member> members = key.roster().members();
      return new Event.EpochOpened(
          key.parameters(),
          key.sid(),
          key.roster(),
          key.ownIndex(),
          without(members, old),
          without(old, members),
          key.groupCode());
    }

    private List<Member> without(List<Member> members, List<Member> others) {
      return members.stream()
          .filter(one -> others.stream().noneMatch(o -> o.identity().equals(one.identity())))
          .toList();
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
  }

  private Optional<Succession> of(Epoch epoch) {
    return successions().filter(each -> each.epoch() == epoch).findAny();
  }

  private final class EpochListener implements Epoch.Listener {

    @Override
    public void delivered(Epoch epoch, Transcript.Delivery delivery) {
      FrameKind kind = delivery.spec().kind();
      Member sender = epoch.member(delivery.spec().sender().orElseThrow());
      Bytes id = delivery.spec().id().orElseThrow();
      if (kind.equals(FrameKind.PRIVATE)) {
        epoch
            .openPrivate(delivery)
            .ifPresent(
                content -> {
                  context.emit(
                      new Event.PrivateMessageDelivered(
                          epoch.sid(),
                          number(epoch),
                          id,
                          sender,
                          Bytes.of(content),
                          context.wall(),
                          status(epoch, delivery)));
                  Arrays.fill(content, (byte) 0);
                });
      } else if (Epoch.hasContent(kind)) {
        context.emit(
            new Event.MessageDelivered(
                epoch.sid(),
                number(epoch),
                id,
                sender,
                kind,
                Bytes.of(delivery.content()),
                context.wall(),
                status(epoch, delivery),
                delivery.conflictsWith()));
      }
      of(epoch).ifPresent(succession -> succession.delivered(delivery));
    }

    private static long number(Epoch epoch) {
      return epoch.key().parameters().epoch();
    }

    private static Status status(Epoch epoch, Transcript.Delivery delivery) {
      Bytes id = delivery.spec().id().orElseThrow();
      return new Status(
          epoch.transcript().confirmations(id),
          epoch.key().roster().size() - 1,
          false,
          delivery.conflictsWith().isPresent());
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
        Channel.this.closed();
      }
    }
  }
}
