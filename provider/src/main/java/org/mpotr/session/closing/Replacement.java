package org.mpotr.session.closing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mpotr.epoch.Roster;
import org.mpotr.framing.FrameForger;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * Frames of a recorded epoch that say something else, without gk (PROTOCOL.md, section 8.4): each
 * has its place and its parents, and what names a changed frame is changed with it. Not
 * thread-safe.
 */
final class Replacement implements AutoCloseable {

  private final Recording recorded;
  private final Verdict.Accepted known;
  private final SecureRandom random;
  private final Bytes sid;
  private final Roster roster;
  private final Map<Integer, FrameForger> forgers = new HashMap<>();
  private final Map<Bytes, byte[]> frames = new HashMap<>();
  private final Map<Bytes, Bytes> newIds = new HashMap<>();
  private final Map<Bytes, Message> changed = new HashMap<>();
  private final Transcript transcript;

  Replacement(Recording recorded, Verdict.Accepted known, SecureRandom random)
      throws GeneralSecurityException {
    this.recorded = recorded;
    this.known = known;
    this.random = random;
    this.roster = known.roster();
    List<Keys> published = recorded.messages(Keys.class);
    if (published.isEmpty()) {
      throw new InvalidKeyException("no keys are published");
    }
    this.sid = published.get(0).sid();
    this.transcript = new Transcript(sid, roster);
    for (Keys keys : published) {
      Publication.author(roster, sid, keys)
          .ifPresent(
              author ->
                  forgers.computeIfAbsent(
                      author.index(), place -> new FrameForger(recorded.parameters(), keys)));
    }
    for (Frame frame : recorded.messages(Frame.class)) {
      byte[] bytes = frame.encoded().toArray();
      frames.put(FrameForger.id(sid, bytes), bytes);
    }
  }

  Recording with(Map<Bytes, Bytes> contents) throws GeneralSecurityException {
    List<Bytes> ids = known.conversation().stream().map(Verdict.Said::id).toList();
    if (!ids.containsAll(contents.keySet()) || !frames.keySet().containsAll(ids)) {
      throw new IllegalArgumentException("a frame is not in the recording, or not known");
    }
    for (Verdict.Said said : known.conversation()) {
      tell(said, contents);
    }
    List<Message> messages = new ArrayList<>();
    for (Message message : recorded.messages()) {
      messages.add(
          message instanceof Frame
              ? changed.getOrDefault(FrameForger.id(sid, message.encoded().toArray()), message)
              : message);
    }
    return recorded.withMessages(messages);
  }

  private void tell(Verdict.Said said, Map<Bytes, Bytes> contents) throws GeneralSecurityException {
    List<Bytes> parents = renamed(said.parents());
    Bytes content = contents.containsKey(said.id()) ? contents.get(said.id()) : following(said);
    FrameParameterSpec before = FrameParameterSpec.of(said.kind(), said.seq(), said.parents());
    FrameParameterSpec after = FrameParameterSpec.of(said.kind(), said.seq(), parents);
    int place = said.sender().index();
    byte[] original = frames.get(said.id());
    boolean isSame = content.equals(said.content()) && after.parents().equals(before.parents());
    FrameForger forger = forgers.get(place);
    if (forger == null && !isSame) {
      throw new InvalidKeyException("the keys of member " + place + " are not published");
    }
    if (!isSame) {
      FrameSealer.Sealed sealed =
          forger.replace(
              original, before, said.content().toArray(), after, content.toArray(), random);
      newIds.put(said.id(), sealed.spec().id().orElseThrow());
      changed.put(said.id(), Conversation.message(sealed.frame()));
    }
    if (Transcript.isInGraph(said.kind())) {
      Bytes id = newIds.getOrDefault(said.id(), said.id());
      transcript.place(after.existing(place, id), new byte[0], content.toArray());
    }
  }

  private List<Bytes> renamed(List<Bytes> ids) {
    return List.copyOf(new TreeSet<>(ids.stream().map(id -> newIds.getOrDefault(id, id)).toList()));
  }

  /** What a frame says that speaks of others, now that those have other ids. */
  private Bytes following(Verdict.Said said) {
    try {
      if (said.kind().equals(FrameKind.LEAVE) || said.kind().equals(FrameKind.CLOSE)) {
        Farewell farewell = Farewell.decode(said.content().toArray(), roster.size());
        List<Bytes> frontier = renamed(farewell.frontier());
        Farewell now = new Farewell(farewell.successor(), frontier, transcript.digests(frontier));
        return Bytes.of(now.encoded());
      }
      if (said.kind().equals(FrameKind.RESEND_REQUEST)) {
        List<Bytes> ids = ResendRequest.decode(said.content().toArray()).ids();
        return Bytes.of(new ResendRequest(renamed(ids)).encoded());
      }
      return said.content();
    } catch (WireException e) {
      throw new IllegalArgumentException("a frame does not say what it is known to say", e);
    }
  }

  @Override
  public void close() {
    forgers.values().forEach(FrameForger::close);
  }
}
