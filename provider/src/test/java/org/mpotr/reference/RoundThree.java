package org.mpotr.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * SHARE as one member makes and checks it (section 4.5). Part of the second reading of the text.
 */
final class RoundThree {
  private RoundThree() {}

  static byte[] entries(Member member) {
    byte[] header = member.roster().header(4, member.self);
    Struct entries = new Struct();
    for (Pair pair : member.pairs.values()) {
      int peer = pair.peer();
      byte[] confirmation = pair.confirmation(member.t2(), member.self, peer);
      byte[] r = member.watcher.see("contribution for " + peer, member.own.r());
      byte[] sealed = pair.seal(pair.k(), "share", member.self, peer).close(header, r);
      entries
          .raw(member.watcher.see("confirmation for " + peer, confirmation))
          .raw(member.watcher.see("sealed contribution for " + peer, sealed));
    }
    return member.watcher.see("entries", entries.bytes());
  }

  /** The checks behind those of the set; gives the contributions in roster order. */
  static List<byte[]> check(Member member, List<byte[]> shares) throws Refused {
    List<byte[]> contributions = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      try {
        contributions.add(
            i == member.self ? member.own.r() : contribution(member, i, shares.get(i)));
      } catch (Refused e) {
        throw e.of(i);
      }
    }
    return contributions;
  }

  /** The entries of a SHARE, 80 bytes each. */
  static List<byte[]> read(byte[] share) throws Refused {
    Fields fields = Roster.body(4, share);
    List<byte[]> entries = Introduction.elements(fields.vector(), 80);
    fields.raw(64);
    fields.end();
    return entries;
  }

  private static byte[] contribution(Member member, int peer, byte[] share) throws Refused {
    Roster roster = member.roster();
    List<byte[]> entries = read(share);
    if (entries.size() != roster.size() - 1) {
      throw new Refused("malformed");
    }
    byte[] entry = entries.get(member.self < peer ? member.self : member.self - 1);
    Pair pair = member.pairs.get(peer);
    byte[] confirmation = pair.confirmation(member.t2(), peer, member.self);
    if (!Arrays.equals(Arrays.copyOf(entry, 32), confirmation)) {
      throw new Refused("bad-confirmation");
    }
    byte[] r =
        pair.seal(pair.k(), "share", peer, member.self)
            .open(Arrays.copyOf(share, 36), Arrays.copyOfRange(entry, 32, 80));
    byte[] commitment = Labelled.hash32("commit", roster.sid(), roster.at(peer).m(), r);
    if (!Arrays.equals(commitment, member.roundTwo().known(peer).commitment())) {
      throw new Refused("share-against-commitment");
    }
    return r;
  }
}
