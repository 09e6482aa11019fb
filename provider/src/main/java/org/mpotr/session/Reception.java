package org.mpotr.session;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mpotr.epoch.GroupKey;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.transcript.Recovery;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireException;

/**
 * The frames of an epoch that come in (PROTOCOL.md, sections 6.5 and 7): they are opened, those of
 * the graph come to the transcript, and the others to whom they are for. Not thread-safe.
 */
final class Reception {

  /** The ids of frames outside the graph that are remembered. */
  private static final int MAX_REMEMBERED = 4_096;

  private final GroupKey key;
  private final Context context;
  private final Consumer<Event> events;
  private final Transcript transcript;
  private final Recovery recovery;
  private final Closing closing;
  private final Consumer<Transcript.Placement> placed;
  private final FrameOpener opener;
  private final Set<Bytes> outside = new LinkedHashSet<>();

  /**
   * Nothing has come yet.
   *
   * @param events takes what the application is to know
   * @param placed takes what follows from each frame of the graph
   */
  Reception(
      GroupKey key,
      Context context,
      Consumer<Event> events,
      Transcript transcript,
      Recovery recovery,
      Closing closing,
      Consumer<Transcript.Placement> placed) {
    this.key = key;
    this.context = context;
    this.events = events;
    this.transcript = transcript;
    this.recovery = recovery;
    this.closing = closing;
    this.placed = placed;
    this.opener = new FrameOpener(key, this::isKnown);
  }

  private boolean isKnown(Bytes id, byte[] frame) {
    boolean isInGraph = transcript.isKnown(id);
    if (isInGraph && transcript.isCopy(id, frame)) {
      recovery.repeated(id, context.now());
    }
    return isInGraph || outside.contains(id);
  }

  /**
   * Remembers a frame outside the graph, which otherwise might come again and again.
   *
   * @return whether it is new
   */
  boolean remember(Bytes id) {
    boolean isNew = outside.add(id);
    if (outside.size() > MAX_REMEMBERED) {
      outside.remove(outside.iterator().next());
    }
    return isNew;
  }

  /** A frame of this epoch, or one that claims to be. */
  void receive(byte[] frame) {
    try {
      accept(frame, opener.open(frame));
    } catch (FrameRefusedException e) {
      refuse(e);
    }
  }

  /** Many frames, whose signatures are checked together. */
  void receive(List<byte[]> frames) {
    List<FrameOpener.Outcome> outcomes = opener.open(frames);
    for (int i = 0; i < outcomes.size(); i++) {
      FrameOpener.Outcome outcome = outcomes.get(i);
      if (outcome.refusal() != null) {
        refuse(outcome.refusal());
      } else {
        accept(frames.get(i), outcome.opened());
      }
    }
  }

  private void refuse(FrameRefusedException refusal) {
    if (refusal.isByMember()) {
      blame(refusal.code(), "a frame in session " + key.sid());
    } else if (refusal.code() != ErrorCode.REPLAY) {
      // An outsider's garbage is counted and not reported.
      context.refuse(refusal.code());
    }
  }

  /** A member has said what no member says. */
  void blame(ErrorCode code, String what) {
    context.refuse(code);
    events.accept(new Event.Failed(code, what));
  }

  private void accept(byte[] frame, FrameOpener.Opened opened) {
    FrameParameterSpec spec = opened.spec();
    if (Transcript.isInGraph(spec.kind())) {
      if (isTooLate(spec)) {
        context.refuse(ErrorCode.CLOSED);
        Arrays.fill(opened.content(), (byte) 0);
      } else {
        placed.accept(transcript.place(spec, frame, opened.content()));
      }
    } else {
      outsideGraph(spec, opened.content());
      Arrays.fill(opened.content(), (byte) 0);
    }
  }

  /**
   * Whoever has ended has said everything that led to it, and its keys may be public. Whoever ends
   * has all farewells, and nobody says anything after those (PROTOCOL.md, section 8, item 3).
   */
  private boolean isTooLate(FrameParameterSpec spec) {
    return closing.hasEnded(spec.sender().orElseThrow())
        || closing.phase() == Closing.Phase.ENDED && Transcript.isConfirmed(spec.kind());
  }

  private void outsideGraph(FrameParameterSpec spec, byte[] content) {
    int sender = spec.sender().orElseThrow();
    if (!remember(spec.id().orElseThrow()) || sender == key.ownIndex()) {
      return;
    }
    if (spec.kind().equals(FrameKind.RESEND_REQUEST)) {
      try {
        recovery.requested(sender, ResendRequest.decode(content).ids(), context.now());
      } catch (WireException e) {
        blame(e.code(), "a request of member " + sender);
      }
    } else if (closing.phase() == Closing.Phase.OPEN) {
      events.accept(
          new Event.FileFrame(key.sid(), key.roster().get(sender), spec.kind(), Bytes.of(content)));
    }
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
      blame(e.code(), "a private frame of member " + from);
      return Optional.empty();
    }
  }

  /** Forgets the keys. */
  void destroy() {
    opener.destroy();
  }
}
