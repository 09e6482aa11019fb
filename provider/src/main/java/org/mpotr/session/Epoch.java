package org.mpotr.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.framing.FrameSealer;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.transcript.Recovery;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.session.verification.PrivateFrame;
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
  private static final int LOOKS_PER_TIMEOUT = 4;

  private record Unconfirmed(long since, boolean hasContent) {}

  private final GroupKey key;
  private final Context context;
  private final Consumer<Event> events;
  private final Listener listener;
  private final FrameSealer sealer;
  private final FrameOpener opener;
  private final Transcript transcript;
  private final Recovery recovery;
  private final Closing closing;
  private final Ending ending;
  private final long attestedAt;
  private final Map<Bytes, Unconfirmed> unconfirmed = new LinkedHashMap<>();
  private final Set<Integer> silent = new HashSet<>();
  private final long[] heardAt;
  private int contentFrames;
  private int refused;
  private long lookAt;

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
    this.opener = new FrameOpener(key, this::isKnown);
    this.ending = new Ending(key, context, events);
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

  /** How many frames came that no member made, or that broke the rules. */
  int refused() {
    return refused;
  }

  /** Members that have not confirmed a message for longer than the set-up timeout. */
  Set<Integer> silent() {
    return silent;
  }

  /** When a frame of a member that still takes part was delivered last; -1 for never. */
  long heardAt(int member) {
    return heardAt[member];
  }

  private int limit(int seconds) {
    return seconds * MS;
  }

  private boolean isKnown(Bytes id) {
    boolean known = transcript.isKnown(id);
    if (known) {
      recovery.repeated(id, context.now());
    }
    return known;
  }

  // Sending

  /**
   * Says something to all members.
   *
   * @return the id of the frame
   */
  Bytes say(FrameKind kind, byte[] content) throws FrameTooLongException {
    boolean inGraph = Transcript.isInGraph(kind);
    int own = key.ownIndex();
    FrameParameterSpec spec =
        inGraph
            ? FrameParameterSpec.of(kind, transcript.nextSeq(own), transcript.parents(own))
            : FrameParameterSpec.of(kind, 0, List.of());
    FrameSealer.Sealed sealed = sealer.seal(spec, content, 0, content.length, context.random());
    context.send(sealed.frame());
    if (inGraph) {
      Transcript.Placement placed =
          transcript.place(sealed.spec(), sealed.frame(), content.clone());
      recovery.spoke(sealed.spec(), context.now());
      handle(placed);
    }
    return sealed.spec().id().orElseThrow();
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
    List<Bytes> frontier = transcript.frontier();
    sayBriefly(kind, new Farewell(successor, frontier, transcript.digests(frontier)).encoded());
  }

  // Receiving

  /** A frame of this epoch, or one that claims to be. */
  void receive(byte[] frame) {
    if (isErased()) {
      ending.asked();
      return;
    }
    try {
      accept(frame, opener.open(frame));
    } catch (FrameRefusedException e) {
      refuse(e.code());
    }
  }

  /** Many frames, whose signatures are checked together. */
  void receive(List<byte[]> frames) {
    if (isErased() || frames.size() == 1) {
      frames.forEach(this::receive);
      return;
    }
    List<FrameOpener.Outcome> outcomes = opener.open(frames);
    for (int i = 0; i < outcomes.size() && !isErased(); i++) {
      FrameOpener.Outcome outcome = outcomes.get(i);
      if (outcome.refusal() != null) {
        refuse(outcome.refusal().code());
      } else {
        accept(frames.get(i), outcome.opened());
      }
    }
  }

  private void refuse(ErrorCode code) {
    // An outsider's garbage is counted and not reported one by one; a member's is.
    if (code != ErrorCode.REPLAY) {
      refused++;
    }
    if (code == ErrorCode.BAD_SIGNATURE || code == ErrorCode.MALFORMED && !isErased()) {
      events.accept(new Event.Failed(code, "a frame in session " + sid()));
    }
  }

  private void accept(byte[] frame, FrameOpener.Opened opened) {
    FrameParameterSpec spec = opened.spec();
    int sender = spec.sender().orElseThrow();
    if (!Transcript.isInGraph(spec.kind())) {
      outsideGraph(sender, spec, opened.content());
      return;
    }
    boolean isLate =
        closing.hasEnded(sender)
            || closing.phase() == Closing.Phase.ENDED && Transcript.isConfirmed(spec.kind())
            || closing.hasSaidFarewell(sender) && Transcript.isConfirmed(spec.kind());
    if (isLate && !transcript.isAwaited(spec.id().orElseThrow())) {
      refuse(ErrorCode.CLOSED);
      Arrays.fill(opened.content(), (byte) 0);
      return;
    }
    handle(transcript.place(spec, frame, opened.content()));
  }

  private void outsideGraph(int sender, FrameParameterSpec spec, byte[] content) {
    if (sender == key.ownIndex()) {
      return;
    }
    if (spec.kind().equals(FrameKind.RESEND_REQUEST)) {
      try {
        recovery.requested(ResendRequest.decode(content).ids(), context.now());
      } catch (WireException e) {
        refuse(e.code());
      }
    } else if (closing.phase() == Closing.Phase.OPEN) {
      events.accept(new Event.FileFrame(sid(), member(sender), spec.kind(), Bytes.of(content)));
    }
  }

  private void handle(Transcript.Placement placement) {
    for (FrameParameterSpec spec : placement.refusals()) {
      refused++;
      events.accept(
          new Event.Failed(
              ErrorCode.MALFORMED, "member " + spec.sender().orElseThrow() + " broke its line"));
    }
    for (Transcript.Delivery delivery : placement.deliveries()) {
      deliver(delivery);
    }
    for (Transcript.Confirmation confirmation : placement.confirmations()) {
      confirmed(confirmation);
    }
  }

  private void confirmed(Transcript.Confirmation confirmation) {
    Unconfirmed frame = unconfirmed.get(confirmation.frame());
    if (frame != null && frame.hasContent()) {
      report(confirmation.frame(), false);
    } else if (confirmation.confirmations() == key.roster().size() - 1) {
      unconfirmed.remove(confirmation.frame());
    }
  }

  private void deliver(Transcript.Delivery delivery) {
    FrameParameterSpec spec = delivery.spec();
    int sender = spec.sender().orElseThrow();
    Bytes id = spec.id().orElseThrow();
    silent.remove(sender);
    if (sender != key.ownIndex()) {
      recovery.delivered(spec, context.now());
    }
    delivery.conflictsWith().ifPresent(other -> conflict(sender, id, other));
    if (hasContent(spec.kind())) {
      contentFrames++;
    }
    if (Transcript.isConfirmed(spec.kind())) {
      unconfirmed.put(id, new Unconfirmed(context.now(), hasContent(spec.kind())));
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
      report(id, false);
    }
  }

  static boolean hasContent(FrameKind kind) {
    return kind.equals(FrameKind.TEXT)
        || kind.equals(FrameKind.PRIVATE)
        || kind.equals(FrameKind.FILE)
        || kind.code() >= 128;
  }

  private void conflict(int sender, Bytes id, Bytes other) {
    events.accept(
        new Event.ConflictFound(
            sid(),
            member(sender),
            transcript.original(other).map(Bytes::of),
            transcript.original(id).map(Bytes::of).orElse(Bytes.EMPTY)));
    report(other, true);
  }

  private void hearFarewell(int sender, FrameKind kind, byte[] content) {
    try {
      Farewell farewell = Farewell.decode(content, key.roster().size());
      closing.farewell(sender, farewell);
      listener.farewell(this, sender, kind, farewell);
    } catch (WireException e) {
      refuse(e.code());
    }
  }

  private void report(Bytes id, boolean isInConflict) {
    int others = key.roster().size() - 1;
    int confirmed = transcript.confirmations(id);
    if (confirmed == others) {
      unconfirmed.remove(id);
    }
    events.accept(
        new Event.StatusChanged(
            sid(), id, new Status(confirmed, others, isOverdue(id), isInConflict)));
  }

  private boolean isOverdue(Bytes id) {
    Unconfirmed frame = unconfirmed.get(id);
    return frame != null
        && context.now() - frame.since() >= limit(key.parameters().limits().setupTimeout());
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
    findOverdue();
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

  private void findOverdue() {
    long now = context.now();
    if (unconfirmed.isEmpty() || now < lookAt) {
      return;
    }
    int timeout = limit(key.parameters().limits().setupTimeout());
    long bound = now - timeout;
    long oldest = unconfirmed.values().iterator().next().since();
    lookAt = oldest > bound ? oldest + timeout : now + timeout / LOOKS_PER_TIMEOUT;
    Set<Integer> overdue = new HashSet<>();
    for (Map.Entry<Bytes, Unconfirmed> entry : unconfirmed.entrySet()) {
      if (entry.getValue().since() > bound) {
        break;
      }
      overdue.addAll(transcript.unconfirmedBy(entry.getKey()));
    }
    overdue.remove(key.ownIndex());
    if (silent.addAll(overdue)) {
      events.accept(
          new Event.MembersOverdue(sid(), overdue.stream().sorted().map(this::member).toList()));
      List<Bytes> overdueFrames =
          unconfirmed.entrySet().stream()
              .filter(entry -> entry.getValue().hasContent() && isOverdue(entry.getKey()))
              .map(Map.Entry::getKey)
              .toList();
      overdueFrames.forEach(id -> report(id, false));
    }
  }

  /** A member's keys of this epoch are public. */
  void published(Keys keys) {
    int member = ending.published(keys);
    if (member >= 0 && !isErased()) {
      closing.ended(member);
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
    ending.erase(inFull);
    sealer.destroy();
    opener.destroy();
    events.accept(new Event.EpochClosed(sid(), inFull));
    listener.closed(this);
  }

  /** Whether nothing is left to be done for this epoch. */
  boolean isForgotten() {
    return isErased() && ending.isDone();
  }

  /** Private content for one member. */
  Optional<byte[]> openPrivate(Transcript.Delivery delivery) {
    int from = delivery.spec().sender().orElseThrow();
    try {
      PrivateFrame frame = PrivateFrame.decode(delivery.content(), key.roster().size());
      return frame.to() == key.ownIndex() && from != key.ownIndex()
          ? frame.open(key, from, delivery.spec().seq())
          : Optional.empty();
    } catch (WireException e) {
      refuse(e.code());
      return Optional.empty();
    }
  }

  /** When something is due next. */
  long nextDue() {
    if (isErased()) {
      return ending.nextDue();
    }
    long lifetime = attestedAt + limit(key.parameters().limits().lifetime());
    long overdue = unconfirmed.isEmpty() ? Long.MAX_VALUE : Math.max(lookAt, context.now());
    return Math.min(Math.min(lifetime, overdue), recovery.nextDue());
  }
}
