package org.mpotr.session;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.session.verification.PrivateKind;
import org.mpotr.session.verification.SmpMessage;
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

  /** The longest secret of the socialist millionaires' protocol, in bytes. */
  public static final int MAX_SECRET = 1_024;

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
  private final Course course;

  private Channel(Context context) {
    this.context = context;
    this.course = new Course(context);
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
    course.gather();
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
    return !course.outbox().isEmpty() || course.mustWait()
        ? course.outbox().keep(course.present(), kind, content)
        : course.outbox().send(course.present(), kind, content);
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
    return course.outbox().send(course.present(), kind, content);
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
    Epoch epoch = course.present();
    byte[] sealed = PrivateKind.APPLICATION.with(content);
    PrivateFrame frame = PrivateFrame.seal(epoch.key(), to.index(), epoch.nextSeq(), sealed);
    Arrays.fill(sealed, (byte) 0);
    return course.outbox().send(epoch, FrameKind.PRIVATE, frame.encoded());
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
    course.present().say(kind, content);
  }

  /**
   * Asks the group for new keys.
   *
   * @param full whether no pair may resume, which alone locks out a thief of keys who is active
   * @throws IllegalStateException unless a member
   */
  public void refresh(boolean full) {
    require("refresh", State.MEMBER);
    course.wishes().refresh(full);
  }

  /**
   * Asks the group for other limits, or agrees to such a proposal: they come when all others have
   * asked for the same, or accept them by {@link ChannelSpec#withLimitsPolicy}.
   *
   * @throws IllegalStateException unless a member
   */
  public void change(Limits limits) {
    require("change", State.MEMBER);
    course.wishes().change(limits);
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
    course.wishes().remove(member);
  }

  private void requireOther(Member member) {
    if (!course.present().hasOther(member)) {
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
    course.lobbies().vouch(candidate.identity());
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
    context.verified(sid(), present, how);
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
   * Asks another member to show that it knows the same secret, by the socialist millionaires'
   * protocol (PROTOCOL.md, section 10): neither learns anything of the other's secret but whether
   * it is the same. {@link Event.Verified} or {@link Event.SmpEnded} follows. A run that goes on
   * with this member ends first; when both have asked, it is one run. It ends with the epoch.
   *
   * @param member of the present epoch, or of a lobby, see {@link Event.CandidateMet}
   * @param question a hint for the other's user, at most 1,024 bytes of UTF-8; only it reads it
   * @param secret what both know, 1 to 1,024 bytes, as both spell it; it stays the caller's to
   *     clear
   * @throws IllegalArgumentException when it is no other member, or something is too long
   * @throws IllegalStateException unless joining or a member, or when three runs with this member
   *     have been tried in this epoch
   */
  public void askSmp(Member member, String question, byte[] secret) {
    SmpRuns runs = smp("askSmp", member);
    requireSecret(secret);
    if (question.getBytes(StandardCharsets.UTF_8).length > SmpMessage.MAX_QUESTION) {
      throw new IllegalArgumentException("a question has at most 1,024 bytes");
    }
    runs.ask(member.index(), question, secret);
  }

  /**
   * Answers {@link Event.SmpAsked} with what one knows oneself.
   *
   * @param secret 1 to 1,024 bytes; it stays the caller's to clear
   * @throws IllegalArgumentException when it is no other member, or the secret is too long
   * @throws IllegalStateException unless joining or a member, or when this member does not ask, or
   *     three runs with it have been tried in this epoch
   */
  public void answerSmp(Member member, byte[] secret) {
    SmpRuns runs = smp("answerSmp", member);
    requireSecret(secret);
    runs.answer(member.index(), secret);
  }

  /**
   * Ends a run with a member, its question unanswered; nothing where there is none.
   *
   * @throws IllegalArgumentException when it is no other member
   * @throws IllegalStateException unless joining or a member
   */
  public void abortSmp(Member member) {
    smp("abortSmp", member).abort(member.index());
  }

  private SmpRuns smp(String call, Member member) {
    require(call, State.JOINING, State.MEMBER);
    return course
        .speaking()
        .filter(epoch -> epoch.hasOther(member))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("no other member of an open epoch"))
        .smp();
  }

  private static void requireSecret(byte[] secret) {
    if (secret.length < 1 || secret.length > MAX_SECRET) {
      throw new IllegalArgumentException("a secret has 1 to 1,024 bytes");
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
    course.sayGoodbye(kind);
  }

  /** Erases all keys at once; for others this member has vanished. */
  public void destroy() {
    course.destroy();
  }

  private void require(String call, State... allowed) {
    if (!List.of(allowed).contains(course.state())) {
      throw new IllegalChannelStateException(call, course.state());
    }
  }

  // What the application may know

  /** What the member is to the channel at present. */
  public State state() {
    return course.state();
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
    return context.isVerified(member.identity());
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

  /**
   * What was recorded of an epoch, present or past, so far; nothing unless {@link
   * ChannelSpec#withRecordings} has asked for it. Of epochs that are over the last 16 are kept,
   * until the channel is destroyed. Once the keys of those who spoke are published, anybody can
   * make it say something else: see {@link org.mpotr.session.closing.Forger#retell}.
   *
   * @param sid of {@link Event.EpochOpened}
   */
  public Optional<Recording> recording(Bytes sid) {
    return course.recording(sid);
  }

  /**
   * How many messages were refused since the channel was opened, by why (PROTOCOL.md, section 12).
   * {@link ErrorCode#UNKNOWN_EPOCH} is what one who joins hears of those who talk already; of
   * {@link ErrorCode#MALFORMED} and {@link ErrorCode#BAD_TAG} more than a few mean that somebody on
   * the way alters messages or invents them.
   */
  public Map<ErrorCode, Long> refused() {
    return context.refused();
  }

  Epoch present(String call) {
    require(call, State.MEMBER);
    return course.present();
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
    course.inbox().receive(message, "");
  }

  /**
   * A message from the transport.
   *
   * @param source a hint of where it comes from, or nothing; of each source one candidate is kept
   */
  public void receive(byte[] message, String source) {
    course.inbox().receive(message, source);
  }

  /** Messages from the transport; signatures of frames of one epoch are checked together. */
  public void receive(List<byte[]> messages) {
    course.inbox().receive(messages);
  }

  // Time

  /** Does what is due by now. */
  public void tick(Time now) {
    if (course.state() != State.DESTROYED) {
      context.advance(now);
      course.tick();
    }
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
    long due = course.nextDue();
    return due == Long.MAX_VALUE ? due : Math.max(0, due - context.now());
  }
}
