package org.mpotr.session.closing;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * Members that talk in one place and hear each other at once: what they say, acknowledge and close
 * is what a network without delay would carry. Not thread-safe.
 */
final class Conversation {

  private final List<GroupKey> keys;
  private final Set<Integer> speakers;
  private final List<FrameSealer> sealers;
  private final Transcript transcript;
  private final SecureRandom random;
  private final List<Message> heard = new ArrayList<>();

  /**
   * @param keys the members' in roster order, which become this object's to destroy
   * @param speakers the places of those whose keys can sign
   */
  Conversation(List<GroupKey> keys, Set<Integer> speakers, SecureRandom random) {
    this.keys = List.copyOf(keys);
    this.speakers = Set.copyOf(speakers);
    this.sealers = keys.stream().map(FrameSealer::new).toList();
    this.transcript = new Transcript(keys.get(0).sid(), keys.get(0).roster());
    this.random = random;
  }

  /** All frames and publications so far. */
  List<Message> heard() {
    return heard;
  }

  /** Everybody heard this before. */
  void hear(FrameOpener.Opened frame) {
    transcript.place(frame.spec(), new byte[0], frame.content());
  }

  /**
   * Lets a member say something.
   *
   * @throws InvalidKeyException when it is none of the speakers
   */
  void say(int place, FrameKind kind, byte[] content)
      throws FrameTooLongException, InvalidKeyException {
    if (!speakers.contains(place)) {
      throw new InvalidKeyException("the keys of member " + place + " are not known");
    }
    boolean isInGraph = Transcript.isInGraph(kind);
    FrameParameterSpec spec =
        isInGraph
            ? FrameParameterSpec.of(kind, transcript.nextSeq(place), transcript.parents(place))
            : FrameParameterSpec.of(kind, 0, List.of());
    FrameSealer.Sealed sealed = sealers.get(place).seal(spec, content, 0, content.length, random);
    if (isInGraph) {
      transcript.place(sealed.spec(), sealed.frame(), content);
    }
    heard.add(message(sealed.frame()));
  }

  static Message message(byte[] own) {
    try {
      return Message.decode(own);
    } catch (WireException e) {
      throw new IllegalStateException("a message of one's own is malformed", e);
    }
  }

  private List<Integer> places() {
    List<Integer> places = new ArrayList<>(speakers);
    // Delays are random, and who speaks first with them.
    Collections.shuffle(places, random);
    return places;
  }

  /** Everybody acknowledges who has not said anything since. */
  void acknowledge() throws FrameTooLongException, InvalidKeyException {
    for (int place : places()) {
      if (transcript.owesAcknowledgement(place)) {
        say(place, FrameKind.ACK, new byte[0]);
      }
    }
  }

  /** Lets a member leave or close. */
  void sayFarewell(int place, FrameKind kind, Bytes successor)
      throws FrameTooLongException, InvalidKeyException {
    List<Bytes> frontier = transcript.frontier();
    say(place, kind, new Farewell(successor, frontier, transcript.digests(frontier)).encoded());
  }

  /** Everybody closes the epoch, acknowledges that, ends, and publishes its keys. */
  void close() throws FrameTooLongException, InvalidKeyException {
    for (int place : places()) {
      sayFarewell(place, FrameKind.CLOSE, Bytes.EMPTY);
    }
    acknowledge();
    for (int place : places()) {
      say(place, FrameKind.END, new byte[0]);
    }
    for (int place : places()) {
      GroupKey key = keys.get(place);
      heard.add(key.secrets(SecretAccess.GRANTED).publication(key.roster().get(place).id()));
    }
  }

  /** Erases the keys. */
  void destroy() {
    sealers.forEach(FrameSealer::destroy);
    keys.forEach(GroupKey::destroy);
  }
}
