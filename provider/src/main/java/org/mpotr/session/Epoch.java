package org.mpotr.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.transcript.Recovery;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.session.verification.PrivateKind;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.KeysSeen;
import org.mpotr.wire.WireException;

/**
 * One attested epoch as one member lives it: frames go out and come in, the transcript grows, and
 * in the end it closes (PROTOCOL.md, sections 6 to 8). What frames mean for the group is the
 * listener's. Not thread-safe.
 */
final class Epoch implements Recovery.Voice {

  /** Who hears what is said in an epoch. */
  interface Listener {
    /** A frame was delivered that is not this class's own business. */
    void delivered(Epoch epoch, Transcript.Delivery delivery);

    /** A member has said its farewell. */
    void farewell(Epoch epoch, int member, FrameKind kind, Farewell farewell);

    /** The keys are erased. */
    void closed(Epoch epoch);
  }

  private static final int MS = 1_000;

  private final GroupKey key;
  private final Context context;
  private final Consumer<Event> events;
  private final Listener listener;
  private final FrameSealer sealer;
  private final Transcript transcript;
  private final Recovery recovery;
  private final Closing closing;
  private final Reception reception;
  private final Statuses statuses;
  private final Ending ending;
  private final SmpRuns smp;
  private final long attestedAt;
  private final long[] heardAt;
  private final Set<Integer> provedLiars = new HashSet<>();
  private int contentFrames;
  private Recorder recorder;

  /**
   * An epoch that is attested.
   *
   * @param attestedAt when this member's own ATTEST went out, by the clock of the context
   * @param events takes what the application is to know
   */
  Epoch(GroupKey key, long attestedAt, Context context, Consumer<Event> events, Listener listener) {
    this.key = key;
    this.context = context;
    this.events = events;
    this.listener = listener;
    this.attestedAt = attestedAt;
    this.transcript = new Transcript(key.sid(), key.roster());
    this.recovery =
        new Recovery(transcript, key.ownIndex(), key.roster().size(), context::below, this);
    this.closing = new Closing(transcript, key.ownIndex(), key.roster().size());
    this.sealer = new FrameSealer(key);
    this.reception =
        new Reception(key, context, events, transcript, recovery, closing, this::handle);
    this.statuses = new Statuses(key, transcript, context, events);
    this.ending = new Ending(key, context, events);
    this.smp = new SmpRuns(this, context);
    this.heardAt = new long[key.roster().size()];
    Arrays.fill(heardAt, -1);
  }

  GroupKey key() {
    return key;
  }

  Bytes sid() {
    return key.sid();
  }

  Transcript transcript() {
    return transcript;
  }

  Closing.Phase phase() {
    return closing.phase();
  }

  boolean isErased() {
    return key.isDestroyed();
  }

  /** Records the epoch from now on; nothing was said in it yet. */
  Recorder record(Attempt attempt) {
    recorder = Recorder.of(attempt, key, ending::publications);
    return recorder;
  }

  /** The runs of the socialist millionaires' protocol. */
  SmpRuns smp() {
    return smp;
  }

  /** Whether somebody else is a member of just this epoch. */
  boolean hasOther(Member member) {
    return key.roster().members().contains(member) && member.index() != key.ownIndex();
  }

  Member member(int place) {
    return key.roster().get(place);
  }

  /** Milliseconds since this member's own ATTEST. */
  long age() {
    return context.now() - attestedAt;
  }

  /** How many frames with content were delivered. */
  int contentFrames() {
    return contentFrames;
  }

  /** Members that have not confirmed a message for longer than the set-up timeout. */
  Set<Integer> silent() {
    return statuses.silent();
  }

  /** Whether the application may say more here; else it waits for the next epoch. */
  boolean hasRoom() {
    return transcript.hasRoom(key.ownIndex());
  }

  /** Whether so much was said by some member that the next epoch is due. */
  boolean isFilling() {
    return transcript.isFilling();
  }

  /** When a frame of a member that still takes part was delivered last; -1 for never. */
  long heardAt(int member) {
    return heardAt[member];
  }

  private int limit(int seconds) {
    return seconds * MS;
  }

  // Sending

  /**
   * Says something to all members.
   *
   * @return the id of the frame; nothing when this member may say nothing of the kind any more,
   *     since it has said its farewell or as much as anybody may in one epoch
   */
  Bytes say(FrameKind kind, byte[] content) throws FrameTooLongException {
    return Transcript.isInGraph(kind) ? sayInGraph(kind, content) : sayOutside(kind, content);
  }

  private Bytes sayInGraph(FrameKind kind, byte[] content) throws FrameTooLongException {
    int own = key.ownIndex();
    if (!transcript.mayFollow(own, kind)) {
      return Bytes.EMPTY;
    }
    FrameSealer.Sealed sealed =
        seal(FrameParameterSpec.of(kind, nextSeq(), transcript.parents(own)), content);
    Transcript.Placement placed = transcript.place(sealed.spec(), sealed.frame(), content.clone());
    if (placed.outcome() != Transcript.Outcome.DELIVERED) {
      throw new IllegalStateException("one's own frame is " + placed.outcome());
    }
    context.send(sealed.frame());
    recovery.spoke(sealed.spec(), context.now());
    handle(placed);
    return sealed.spec().id().orElseThrow();
  }

  private Bytes sayOutside(FrameKind kind, byte[] content) throws FrameTooLongException {
    FrameSealer.Sealed sealed = seal(FrameParameterSpec.of(kind, 0, List.of()), content);
    Bytes id = sealed.spec().id().orElseThrow();
    reception.remember(id);
    context.send(sealed.frame());
    return id;
  }

  private FrameSealer.Sealed seal(FrameParameterSpec spec, byte[] content)
      throws FrameTooLongException {
    return sealer.seal(spec, content, 0, content.length, context.random());
  }

  /**
   * Checks that a frame with so much content may be as long as it would be, whatever its parents.
   *
   * @throws FrameTooLongException when it may not
   */
  void requireFits(FrameKind kind, int contentLength) throws FrameTooLongException {
    sealer.requireFits(
        kind, Math.min(key.roster().size(), FrameParameterSpec.MAX_PARENTS), contentLength);
  }

  private void sayBriefly(FrameKind kind, byte[] content) {
    try {
      say(kind, content);
    } catch (FrameTooLongException e) {
      events.accept(new Event.Failed(ErrorCode.RATE_LIMITED, "the frame limit is too small"));
    }
  }

  /** The place that one's own next frame will have in one's own line. */
  long nextSeq() {
    return transcript.nextSeq(key.ownIndex());
  }

  @Override
  public void acknowledge() {
    if (closing.phase() != Closing.Phase.ENDED) {
      sayBriefly(FrameKind.ACK, new byte[0]);
    }
  }

  @Override
  public void request(List<Bytes> ids) {
    sayBriefly(FrameKind.RESEND_REQUEST, new ResendRequest(ids).encoded());
  }

  @Override
  public void repeat(byte[] original) {
    context.send(original);
  }

  /** Says one's farewell; nothing but acknowledgements and the end may follow. */
  void sayFarewell(FrameKind kind, Bytes successor) {
    if (closing.phase() != Closing.Phase.OPEN || isErased()) {
      return;
    }
    smp.end();
    List<Bytes> frontier = transcript.frontier();
    sayBriefly(kind, new Farewell(successor, frontier, transcript.digests(frontier)).encoded());
  }

  // Receiving

  /** A frame of this epoch, or one that claims to be. */
  void receive(byte[] frame) {
    if (isErased()) {
      ending.asked();
    } else {
      reception.receive(frame);
      smp.goOn();
    }
  }

  /** Many frames, whose signatures are checked together. */
  void receive(List<byte[]> frames) {
    if (isErased() || frames.size() == 1) {
      frames.forEach(this::receive);
    } else {
      reception.receive(frames);
      smp.goOn();
    }
  }

  private void handle(Transcript.Placement placement) {
    for (FrameParameterSpec spec : placement.refusals()) {
      reception.blame(
          ErrorCode.MALFORMED, "member " + spec.sender().orElseThrow() + " broke its line");
    }
    for (Transcript.Delivery delivery : placement.deliveries()) {
      deliver(delivery);
      Arrays.fill(delivery.content(), (byte) 0);
    }
    placement.confirmations().forEach(statuses::confirmed);
  }

  private void deliver(Transcript.Delivery delivery) {
    FrameParameterSpec spec = delivery.spec();
    int sender = spec.sender().orElseThrow();
    Bytes id = spec.id().orElseThrow();
    statuses.delivered(spec);
    if (recorder != null) {
      recorder.delivered(delivery.original());
    }
    if (sender != key.ownIndex()) {
      recovery.delivered(spec, context.now());
    }
    delivery.conflictsWith().ifPresent(other -> conflict(sender, id, other));
    if (hasContent(spec.kind())) {
      contentFrames++;
    }
    if (spec.kind().equals(FrameKind.END)) {
      closing.ended(sender);
    } else if (spec.kind().equals(FrameKind.LEAVE) || spec.kind().equals(FrameKind.CLOSE)) {
      hearFarewell(sender, spec.kind(), delivery.content());
    } else {
      heardAt[sender] = context.now();
      if (!spec.kind().equals(FrameKind.ACK)) {
        listener.delivered(this, delivery);
      }
    }
    if (hasContent(spec.kind())) {
      statuses.report(id, false);
    }
  }

  static boolean hasContent(FrameKind kind) {
    return kind.equals(FrameKind.TEXT)
        || kind.equals(FrameKind.PRIVATE)
        || kind.equals(FrameKind.FILE)
        || kind.code() >= 128;
  }

  /** One proof is enough, however often a member lies. */
  private void conflict(int sender, Bytes id, Bytes other) {
    if (provedLiars.add(sender)) {
      events.accept(
          new Event.ConflictFound(
              sid(),
              member(sender),
              transcript.original(other).map(Bytes::of),
              transcript.original(id).map(Bytes::of).orElse(Bytes.EMPTY)));
    }
    statuses.report(other, true);
  }

  private void hearFarewell(int sender, FrameKind kind, byte[] content) {
    try {
      Farewell farewell = Farewell.decode(content, key.roster().size());
      closing.farewell(sender, farewell);
      listener.farewell(this, sender, kind, farewell);
    } catch (WireException e) {
      reception.blame(e.code(), "the farewell of member " + sender);
    }
  }

  // Time

  void tick() {
    if (isErased()) {
      ending.tick();
      return;
    }
    if (age() >= limit(key.parameters().limits().lifetime())) {
      erase(false);
      return;
    }
    recovery.tick(context.now());
    statuses.tick();
    closing
        .compare()
        .forEach(
            (reporter, concerned) ->
                events.accept(
                    new Event.Divergence(
                        sid(), member(reporter), concerned.stream().map(this::member).toList())));
    if (closing.mayEnd()) {
      sayBriefly(FrameKind.END, new byte[0]);
    }
    if (closing.isOver()) {
      erase(true);
    }
  }

  /** A member's keys of this epoch are public. */
  void published(Keys keys) {
    int member = ending.published(keys);
    if (member >= 0 && !isErased()) {
      closing.ended(member);
      transcript.drop(member);
    }
  }

  /** Somebody has seen the own keys. */
  void seen(KeysSeen receipt) {
    ending.seen(receipt);
  }

  /** Erases all keys; what is to be published later is kept until then. */
  void erase(boolean inFull) {
    if (isErased()) {
      return;
    }
    smp.end();
    ending.erase(inFull);
    sealer.destroy();
    reception.destroy();
    transcript.clear();
    events.accept(new Event.EpochClosed(sid(), inFull));
    listener.closed(this);
  }

  /** Whether nothing is left to be done for this epoch. */
  boolean isForgotten() {
    return isErased() && ending.isDone();
  }

  /** Private content for this member's application; messages of SMP are heard here. */
  Optional<byte[]> openPrivate(Transcript.Delivery delivery) {
    int sender = delivery.spec().sender().orElseThrow();
    byte[] opened = reception.openPrivate(delivery).orElse(null);
    if (opened == null) {
      return Optional.empty();
    }
    try {
      PrivateKind kind = PrivateKind.of(opened);
      byte[] content = PrivateKind.contentOf(opened);
      if (kind == PrivateKind.APPLICATION) {
        return Optional.of(content);
      }
      smp.hear(sender, content);
    } catch (WireException e) {
      reception.blame(e.code(), "a private frame of member " + sender);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
    return Optional.empty();
  }

  /** When something is due next. */
  long nextDue() {
    if (isErased()) {
      return ending.nextDue();
    }
    long lifetime = attestedAt + limit(key.parameters().limits().lifetime());
    return Math.min(Math.min(lifetime, statuses.nextDue()), recovery.nextDue());
  }
}
