package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.wire.Hello;

/**
 * What the epoch before says of those who come from it (PROTOCOL.md, section 4.4): who they were,
 * and the secrets from which a pair may resume.
 */
final class Continuity {

  private static final byte[] NONE = new byte[0];

  private final GroupKey previous;
  private final int limit;
  private final Map<Candidate, Member> before = new HashMap<>();

  private Continuity(GroupKey previous, int limit) {
    this.previous = previous;
    this.limit = limit;
  }

  /**
   * The continuing members of an assembly.
   *
   * @throws InvalidKeyException when a HELLO is called continuing that is not there, or a place
   *     that is not another member's
   */
  static Continuity of(SessionParameterSpec spec, Assembly assembly, Map<Hello, Integer> continuing)
      throws InvalidKeyException {
    GroupKey previous = spec.previous().orElse(null);
    Continuity continuity = new Continuity(previous, spec.parameters().limits().resumptions());
    for (Map.Entry<Hello, Integer> entry : continuing.entrySet()) {
      int place = entry.getValue();
      boolean isOther =
          previous != null
              && place >= 0
              && place < previous.roster().size()
              && place != previous.ownIndex();
      Candidate candidate =
          assembly.peers().stream()
              .filter(peer -> peer.hello().equals(entry.getKey()))
              .findFirst()
              .orElse(null);
      if (!isOther || candidate == null) {
        throw new InvalidKeyException("a continuing member is another one of the epoch before");
      }
      continuity.before.put(candidate, previous.roster().get(place));
    }
    return continuity;
  }

  /** Who a candidate was, or null. */
  Member before(Candidate candidate) {
    return before.get(candidate);
  }

  /**
   * The resumption secret of the pair, to be cleared by the caller; empty when the pair runs in
   * full.
   */
  byte[] resumption(Candidate candidate) {
    Member member = before.get(candidate);
    return member == null
        ? NONE
        : previous.secrets(SecretAccess.GRANTED).resumption(member.id(), limit).orElse(NONE);
  }

  /** Whether a continuing member came back as somebody else. */
  static boolean isChanged(Peer peer) {
    Optional<Member> before = peer.before();
    return before.isPresent()
        && !(before.get().identity().equals(peer.member().identity())
            && before.get().nickname().equals(peer.member().nickname()));
  }
}
