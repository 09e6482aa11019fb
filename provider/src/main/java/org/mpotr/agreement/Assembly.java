package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Member;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.Share;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.WireWriter;

/**
 * Those who said HELLO, in roster order, and what their messages hash to: the session id after
 * round 1, T2 after round 2, T3 after round 3 (PROTOCOL.md, section 4.3).
 *
 * @param sid the session id, 32 bytes
 * @param candidates all of them, in ascending order of their ids
 * @param ownIndex one's own place among them
 */
record Assembly(Bytes sid, List<Candidate> candidates, int ownIndex) {

  static Assembly of(EpochParameters parameters, List<Message> messages, Hello own)
      throws SetupFailedException {
    Map<Bytes, Hello> hellos = inRosterOrder(messages);
    Bytes ownId = Member.idOf(own);
    if (!hellos.containsKey(ownId) || !isSame(hellos.get(ownId), own)) {
      throw SetupFailedException.of(
          SetupCheck.OWN_MESSAGE_ALTERED, "one's own HELLO is not among them");
    }
    if (hellos.size() < 2 || hellos.size() > parameters.limits().largestGroup()) {
      throw SetupFailedException.of(
          SetupCheck.GROUP_SIZE, hellos.size() + " members are too few or too many");
    }
    int ownIndex = 0;
    List<Candidate> candidates = new ArrayList<>(hellos.size());
    WireWriter input = WireWriter.labelled("sid", Bytes.EMPTY).vector(parameters.encoded());
    input.prefix(hellos.size() * Hello.BYTES);
    for (Map.Entry<Bytes, Hello> entry : hellos.entrySet()) {
      if (entry.getKey().equals(ownId)) {
        ownIndex = candidates.size();
      }
      candidates.add(candidate(candidates.size(), entry.getKey(), entry.getValue()));
      input.opaque(entry.getValue().encoded());
    }
    requireDistinct(candidates);
    return new Assembly(Labelled.hash32(input), List.copyOf(candidates), ownIndex);
  }

  /** Whether two messages are one, byte for byte. */
  private static boolean isSame(Message a, Message b) {
    return a.encoded().equals(b.encoded());
  }

  /** The HELLOs in ascending order of their ids. */
  private static Map<Bytes, Hello> inRosterOrder(List<Message> messages)
      throws SetupFailedException {
    Map<Bytes, Hello> hellos = new TreeMap<>();
    for (Message message : messages) {
      if (!(message instanceof Hello hello)) {
        throw SetupFailedException.of(SetupCheck.WRONG_ROUND, message.type() + " among the HELLOs");
      }
      Bytes id = Member.idOf(hello);
      Hello other = hellos.put(id, hello);
      if (other != null) {
        throw SetupFailedException.of(
            isSame(other, hello) ? SetupCheck.DOUBLED : SetupCheck.DUPLICATE,
            "two HELLOs with id " + id);
      }
    }
    return hellos;
  }

  private static Candidate candidate(int index, Bytes id, Hello hello) throws SetupFailedException {
    try {
      return new Candidate(
          index,
          id,
          hello,
          PublicPoint.decode(hello.agreementKey().toArray()),
          PublicPoint.decode(hello.signatureKey().toArray()));
    } catch (InvalidKeyException e) {
      throw SetupFailedException.of(SetupCheck.BAD_POINT, index, id);
    }
  }

  private static void requireDistinct(List<Candidate> candidates) throws SetupFailedException {
    Set<PublicPoint> points = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (!points.add(candidate.agreementKey()) || !points.add(candidate.signatureKey())) {
        throw SetupFailedException.of(SetupCheck.DUPLICATE, candidate);
      }
    }
  }

  int size() {
    return candidates.size();
  }

  Candidate own() {
    return candidates.get(ownIndex);
  }

  /** Everybody else, in roster order. */
  List<Candidate> peers() {
    List<Candidate> peers = new ArrayList<>(candidates);
    peers.remove(ownIndex);
    return peers;
  }

  /** The place of {@code to} in the lists of {@code from}, which leave {@code from} itself out. */
  static int entryFor(Candidate to, Candidate from) {
    return to.index() < from.index() ? to.index() : to.index() - 1;
  }

  /** T2: all HELLOs and INTRODUCTIONs, member by member. */
  Bytes transcript2(List<Introduction> introductions) {
    List<Bytes> messages = new ArrayList<>(2 * size());
    for (Candidate candidate : candidates) {
      messages.add(candidate.hello().encoded());
      messages.add(introductions.get(candidate.index()).encoded());
    }
    return hashOf(WireWriter.labelled("transcript 2", sid), messages);
  }

  /** T3: T2 and all SHAREs. */
  Bytes transcript3(Bytes transcript2, List<Share> shares) {
    List<Bytes> messages = new ArrayList<>(size());
    for (Share share : shares) {
      messages.add(share.encoded());
    }
    return hashOf(WireWriter.labelled("transcript 3", sid).opaque(transcript2), messages);
  }

  private static Bytes hashOf(WireWriter input, Collection<Bytes> messages) {
    for (Bytes message : messages) {
      input.vector(message);
    }
    return Labelled.hash32(input);
  }

  /**
   * The messages of one round in roster order: exactly one of each member, of this session, one's
   * own as it was made.
   */
  <T extends SignedMessage> List<T> collect(Class<T> round, List<Message> messages, T own)
      throws SetupFailedException {
    SignedMessage[] found = new SignedMessage[size()];
    for (Message message : messages) {
      if (!round.isInstance(message)) {
        throw SetupFailedException.of(
            SetupCheck.WRONG_ROUND, message.type() + " in the round of " + own.type());
      }
      T member = round.cast(message);
      int sender = member.header().sender();
      if (!member.header().sid().equals(sid) || sender >= size()) {
        throw SetupFailedException.of(
            SetupCheck.FOREIGN, "a message of place " + sender + " in another session");
      }
      if (found[sender] != null) {
        throw SetupFailedException.of(SetupCheck.DOUBLED, candidates.get(sender));
      }
      found[sender] = member;
    }
    List<T> inOrder = new ArrayList<>(size());
    for (Candidate candidate : candidates) {
      if (found[candidate.index()] == null) {
        throw SetupFailedException.of(SetupCheck.MISSING, candidate);
      }
      inOrder.add(round.cast(found[candidate.index()]));
    }
    if (!isSame(inOrder.get(ownIndex), own)) {
      throw SetupFailedException.of(SetupCheck.OWN_MESSAGE_ALTERED, own());
    }
    return inOrder;
  }
}
