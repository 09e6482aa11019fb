package org.mpotr.session.closing;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mpotr.agreement.AuditedSetup;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameForger;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * A recorded epoch in which something else was said, with gk and the published keys (PROTOCOL.md,
 * section 8.4). The set-up stays, and so do the frames up to the first difference; what comes later
 * is said anew, by members that hear each other at once. Not thread-safe.
 */
final class Retelling implements AutoCloseable {

  private final Recording recorded;
  private final AuditedSetup setup;
  private final Conversation conversation;
  private final Map<Bytes, Verdict.Said> known = new LinkedHashMap<>();
  private final Map<Bytes, FrameOpener.Opened> opened;
  private final List<Bytes> order;
  private final Set<Bytes> kept = new HashSet<>();

  Retelling(Recording recorded, SecureRandom random) throws GeneralSecurityException {
    this.recorded = recorded;
    try {
      this.setup = TranscriptVerifier.audit(recorded, member -> true);
      ReadFrames frames = ReadFrames.of(recorded, setup);
      this.opened = frames.opened();
      this.order = frames.transcript().order();
      frames.conversation().forEach(said -> known.put(said.id(), said));
    } catch (RefusedRecordingException e) {
      throw new GeneralSecurityException("the recording is refused: " + e.getMessage(), e);
    }
    Map<Integer, Keys> published = new HashMap<>();
    for (Keys keys : recorded.messages(Keys.class)) {
      Optional<Member> author = Publication.author(setup.roster(), setup.sid(), keys);
      author.ifPresent(member -> published.put(member.index(), keys));
    }
    List<GroupKey> all = new ArrayList<>();
    for (int place = 0; place < setup.roster().size(); place++) {
      Keys keys = published.get(place);
      all.add(
          keys == null
              ? setup.readingKey(place)
              : setup.key(place, SecretScalar.of(keys.signatureScalar().toArray())));
    }
    this.conversation = new Conversation(all, published.keySet(), random);
  }

  Recording with(List<Script.Line> lines) throws GeneralSecurityException {
    int told = keep(lines);
    for (Script.Line line : lines.subList(told, lines.size())) {
      say(line);
      conversation.acknowledge();
    }
    end();
    return recorded.withMessages(messages());
  }

  /** Keeps what was said as it is to be said now; how many lines that are. */
  private int keep(List<Script.Line> lines) {
    int told = 0;
    boolean isSame = true;
    for (Bytes id : order) {
      Verdict.Said said = known.get(id);
      if (said.kind().equals(FrameKind.ACK)) {
        keepIf(kept.containsAll(said.parents()), id);
        continue;
      }
      boolean isLine = Verdict.Accepted.isLine(said.kind());
      isSame &=
          isLine ? told < lines.size() && isSaidBy(said, lines.get(told)) : told == lines.size();
      told += isSame && isLine ? 1 : 0;
      keepIf(isSame, id);
    }
    return told;
  }

  private void keepIf(boolean isToStay, Bytes id) {
    if (isToStay) {
      conversation.hear(opened.get(id));
      kept.add(id);
    }
  }

  private static boolean isSaidBy(Verdict.Said said, Script.Line line) {
    return said.sender().nickname().equals(line.speaker())
        && said.kind().equals(line.kind())
        && said.content().equals(line.content());
  }

  private void say(Script.Line line) throws GeneralSecurityException {
    if (!Verdict.Accepted.isLine(line.kind()) || line.kind().equals(FrameKind.PRIVATE)) {
      throw new IllegalArgumentException(
          "frames of kind " + line.kind().code() + " are not said anew");
    }
    Member speaker =
        setup.roster().members().stream()
            .filter(member -> member.nickname().equals(line.speaker()))
            .findAny()
            .orElseThrow(() -> new IllegalArgumentException("a speaker was not in the epoch"));
    conversation.say(speaker.index(), line.kind(), line.content().toArray());
  }

  /** Farewells and ends by those who said them, in their order. */
  private void end() throws GeneralSecurityException {
    boolean isEnding = false;
    for (Bytes id : order) {
      FrameOpener.Opened frame = opened.get(id);
      FrameKind kind = frame.spec().kind();
      int sender = frame.spec().sender().orElseThrow();
      if (kept.contains(id)) {
        continue;
      }
      if (kind.equals(FrameKind.LEAVE) || kind.equals(FrameKind.CLOSE)) {
        conversation.sayFarewell(sender, kind, farewell(frame).successor());
      } else if (kind.equals(FrameKind.END)) {
        if (!isEnding) {
          conversation.acknowledge();
        }
        isEnding = true;
        conversation.say(sender, kind, new byte[0]);
      }
    }
    if (!isEnding && !conversation.heard().isEmpty()) {
      conversation.acknowledge();
    }
  }

  private Farewell farewell(FrameOpener.Opened frame) {
    try {
      return Farewell.decode(frame.content(), setup.roster().size());
    } catch (WireException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  /** The recording with new frames in the place of those that were not kept. */
  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    List<Message> published = new ArrayList<>();
    for (Message message : recorded.messages()) {
      if (message instanceof Keys) {
        published.add(message);
      } else if (!(message instanceof Frame) || stays(message.encoded())) {
        messages.add(message);
      }
    }
    messages.addAll(conversation.heard());
    messages.addAll(published);
    return messages;
  }

  private boolean stays(Bytes frame) {
    Bytes id = FrameForger.id(setup.sid(), frame.toArray());
    Verdict.Said said = known.get(id);
    return Transcript.isInGraph(said.kind())
        ? kept.contains(id)
        : !said.kind().equals(FrameKind.RESEND_REQUEST) || kept.containsAll(requested(said));
  }

  private static List<Bytes> requested(Verdict.Said request) {
    try {
      return ResendRequest.decode(request.content().toArray()).ids();
    } catch (WireException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  @Override
  public void close() {
    conversation.destroy();
  }
}
