package org.mpotr.agreement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;

/**
 * The last check before anything is said that only members may know: who all these people are
 * (section 4.4).
 */
final class Admission {

  private Admission() {}

  /** The roster, when its members are distinct and the member's own policy admits them all. */
  static Roster roster(Assembly assembly, List<Peer> peers, Member own, SessionParameterSpec spec)
      throws SetupFailedException {
    List<Member> members = new ArrayList<>(peers.size() + 1);
    for (Peer peer : peers) {
      members.add(peer.member());
    }
    members.add(own.index(), own);
    Roster roster = roster(assembly, members);
    for (Peer peer : peers) {
      if (!spec.admits(peer.member())) {
        throw SetupFailedException.of(SetupCheck.NOT_ADMITTED, peer.candidate());
      }
    }
    return roster;
  }

  /** The roster, when its members are distinct. */
  static Roster roster(Assembly assembly, List<Member> members) throws SetupFailedException {
    Set<PublicPoint> identities = new HashSet<>();
    Set<String> skeletons = new HashSet<>();
    for (Member member : members) {
      Candidate candidate = assembly.candidates().get(member.index());
      if (!identities.add(member.identity())) {
        throw SetupFailedException.of(SetupCheck.DUPLICATE, candidate);
      }
      if (!skeletons.add(member.nickname().skeleton())) {
        throw SetupFailedException.of(SetupCheck.NICKNAME_TAKEN, candidate);
      }
    }
    return new Roster(members);
  }
}
