package org.mpotr.session.closing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mpotr.agreement.AuditedSetup;
import org.mpotr.epoch.GroupKey;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.WireException;

/**
 * The frames of a recording, opened and put into order, when nothing can be said against them
 * (PROTOCOL.md, section 8.3).
 */
final class ReadFrames {

  private final AuditedSetup setup;
  private final Transcript transcript;
  private final Map<Bytes, FrameOpener.Opened> opened = new LinkedHashMap<>();
  private final Map<Integer, Bytes> farewells = new HashMap<>();
  private final Map<Integer, Bytes> ends = new HashMap<>();

  private ReadFrames(AuditedSetup setup) {
    this.setup = setup;
    this.transcript = new Transcript(setup.sid(), setup.roster());
  }

  static ReadFrames of(Recording recording, AuditedSetup setup) throws RefusedRecordingException {
    ReadFrames frames = new ReadFrames(setup);
    frames.open(recording);
    frames.order();
    for (Bytes id : frames.transcript.order()) {
      frames.checkPlace(id);
    }
    frames.checkEnds();
    return frames;
  }

  Transcript transcript() {
    return transcript;
  }

  /** All frames by their ids, as they were heard. */
  Map<Bytes, FrameOpener.Opened> opened() {
    return opened;
  }

  private static RefusedRecordingException refusal(ErrorCode code, int sender) {
    return new RefusedRecordingException(Verdict.Part.FRAME, code.toString(), sender);
  }

  private static int sender(FrameOpener.Opened frame) {
    return frame.spec().sender().orElseThrow();
  }

  private void open(Recording recording) throws RefusedRecordingException {
    GroupKey key = setup.readingKey(0);
    FrameOpener opener = new FrameOpener(key);
    Map<Bytes, Bytes> originals = new HashMap<>();
    try {
      for (Frame frame : recording.messages(Frame.class)) {
        Bytes encoded = frame.encoded();
        FrameOpener.Opened read = opener.open(encoded.toArray());
        Bytes id = read.spec().id().orElseThrow();
        // What comes again is the very same bytes: nobody but a forger signs a frame twice.
        if (!originals.computeIfAbsent(id, first -> encoded).equals(encoded)) {
          throw refusal(ErrorCode.REPLAY, sender(read));
        }
        opened.put(id, read);
      }
    } catch (FrameRefusedException e) {
      throw refusal(e.code(), -1);
    } finally {
      opener.destroy();
      key.destroy();
    }
  }

  /** Delivers all frames, whatever the order in which they were heard. */
  private void order() throws RefusedRecordingException {
    List<FrameOpener.Opened> waiting = new ArrayList<>();
    for (FrameOpener.Opened frame : opened.values()) {
      if (Transcript.isInGraph(frame.spec().kind())) {
        waiting.add(frame);
      } else {
        checkContent(frame);
      }
    }
    while (!waiting.isEmpty()) {
      List<FrameOpener.Opened> later = new ArrayList<>();
      for (FrameOpener.Opened frame : waiting) {
        if (!isPlaced(frame)) {
          later.add(frame);
        }
      }
      if (later.size() == waiting.size()) {
        throw refusal(ErrorCode.GAP, sender(later.get(0)));
      }
      waiting = later;
    }
  }

  private boolean isPlaced(FrameOpener.Opened frame) throws RefusedRecordingException {
    if (!frame.spec().parents().stream().allMatch(transcript::contains)) {
      return false;
    }
    Transcript.Placement placed = transcript.place(frame.spec(), new byte[0], frame.content());
    if (placed.outcome() != Transcript.Outcome.DELIVERED) {
      throw refusal(ErrorCode.MALFORMED, sender(frame));
    }
    if (placed.deliveries().get(0).conflictsWith().isPresent()) {
      throw refusal(ErrorCode.CONFLICT, sender(frame));
    }
    return true;
  }

  private void checkContent(FrameOpener.Opened frame) throws RefusedRecordingException {
    if (frame.spec().kind().equals(FrameKind.RESEND_REQUEST)) {
      try {
        ResendRequest.decode(frame.content());
      } catch (WireException e) {
        throw refusal(e.code(), sender(frame));
      }
    }
  }

  private void checkPlace(Bytes id) throws RefusedRecordingException {
    FrameOpener.Opened frame = opened.get(id);
    FrameKind kind = frame.spec().kind();
    int sender = sender(frame);
    checkParents(frame);
    if (ends.containsKey(sender)
        || farewells.containsKey(sender) && Transcript.isConfirmed(kind)
        || kind.equals(FrameKind.END) && !farewells.containsKey(sender)) {
      throw refusal(ErrorCode.CLOSED, sender);
    }
    if (kind.equals(FrameKind.LEAVE) || kind.equals(FrameKind.CLOSE)) {
      checkFarewell(id, frame);
      farewells.put(sender, id);
    } else if (kind.equals(FrameKind.END)) {
      ends.put(sender, id);
    }
  }

  /** Nobody names what another parent says already, but for its own last frame. */
  private void checkParents(FrameOpener.Opened frame) throws RefusedRecordingException {
    int sender = sender(frame);
    List<Bytes> parents = frame.spec().parents();
    for (Bytes parent : parents) {
      if (sender(opened.get(parent)) != sender
          && parents.stream()
              .anyMatch(other -> !other.equals(parent) && transcript.reaches(other, parent))) {
        throw refusal(ErrorCode.MALFORMED, sender);
      }
    }
  }

  private void checkFarewell(Bytes id, FrameOpener.Opened frame) throws RefusedRecordingException {
    Farewell farewell;
    try {
      farewell = Farewell.decode(frame.content(), setup.roster().size());
    } catch (WireException e) {
      throw refusal(e.code(), sender(frame));
    }
    boolean isHeard =
        farewell.frontier().stream()
            .allMatch(
                heard ->
                    transcript.contains(heard)
                        && !heard.equals(id)
                        && transcript.reaches(id, heard));
    if (!isHeard) {
      throw new RefusedRecordingException(Verdict.Part.FAREWELL, "frontier", sender(frame));
    }
    if (!transcript.digests(farewell.frontier()).equals(farewell.digests())) {
      throw new RefusedRecordingException(Verdict.Part.FAREWELL, "digests", sender(frame));
    }
  }

  /** Nobody ends before it has heard every member's farewell. */
  private void checkEnds() throws RefusedRecordingException {
    for (Map.Entry<Integer, Bytes> end : ends.entrySet()) {
      boolean hasHeardAll =
          farewells.size() == setup.roster().size()
              && farewells.values().stream()
                  .allMatch(farewell -> transcript.reaches(end.getValue(), farewell));
      if (!hasHeardAll) {
        throw new RefusedRecordingException(Verdict.Part.FAREWELL, "early", end.getKey());
      }
    }
  }

  /** Everything that was said. */
  List<Verdict.Said> conversation() throws RefusedRecordingException {
    List<Verdict.Said> said = new ArrayList<>(opened.size());
    for (Bytes id : transcript.order()) {
      said.add(said(opened.get(id)));
    }
    for (FrameOpener.Opened frame : opened.values()) {
      if (!Transcript.isInGraph(frame.spec().kind())) {
        said.add(said(frame));
      }
    }
    return said;
  }

  private Verdict.Said said(FrameOpener.Opened frame) throws RefusedRecordingException {
    FrameParameterSpec spec = frame.spec();
    byte[] content = spec.kind().equals(FrameKind.PRIVATE) ? openPrivate(frame) : frame.content();
    return new Verdict.Said(
        setup.roster().get(sender(frame)),
        spec.kind(),
        spec.seq(),
        spec.id().orElseThrow(),
        spec.parents(),
        Bytes.of(content));
  }

  /** Private content where the pair's key was handed over, else the frame's content as it is. */
  private byte[] openPrivate(FrameOpener.Opened frame) throws RefusedRecordingException {
    int from = sender(frame);
    PrivateFrame sealed;
    try {
      sealed = PrivateFrame.decode(frame.content(), setup.roster().size());
    } catch (WireException e) {
      throw refusal(e.code(), from);
    }
    if (!setup.hasPair(from, sealed.to())) {
      return frame.content();
    }
    GroupKey key = setup.readingKey(sealed.to());
    try {
      Optional<byte[]> content = sealed.open(key, from, frame.spec().seq());
      return content.orElseThrow(() -> refusal(ErrorCode.BAD_TAG, from));
    } finally {
      key.destroy();
    }
  }
}
