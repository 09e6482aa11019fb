package org.mpotr.reference;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * INTRODUCTION as one member makes and checks it (section 4.4). Part of the second reading of the
 * text.
 */
final class RoundTwo {
  private final Member member;
  private final Roster roster;
  private final byte[] sid;
  private final SortedMap<Integer, Known> known = new TreeMap<>();

  RoundTwo(Member member) {
    this.member = member;
    this.roster = member.roster();
    this.sid = roster.sid();
  }

  /** What is known of a member, once all INTRODUCTIONs are checked. */
  Known known(int index) {
    return known.get(index);
  }

  byte[] introduction() {
    Inputs own = member.own;
    Roster.Place place = roster.at(member.self);
    byte[] header = roster.header(3, member.self);
    byte[] identity = own.identity().spki();
    byte[] signature = {};
    if (member.parameters.signed()) {
      byte[] hash = Introduction.identityHash(sid, place, identity);
      signature = Ecdsa.sign(own.identity().scalar(), hash, own.identityHedge());
    }
    signature = member.watcher.see("identity signature", signature);
    byte[] body = new Introduction.Body(member.nickname(), identity, signature).encoded();
    body = member.watcher.see("introduction body", body);
    Struct keys = new Struct();
    for (Pair pair : member.pairs.values()) {
      int peer = pair.peer();
      byte[] key = new Struct().raw(own.introKey()).u8(member.flag(peer)).bytes();
      key = member.watcher.see("introduction key for " + peer, key);
      Seal seal = pair.seal(pair.kEe(), "introduction key", member.self, peer);
      keys.raw(member.watcher.see("sealed key for " + peer, seal.close(header, key)));
    }
    byte[] hash = Labelled.hash32("intro key", sid, place.m(), own.introKey());
    byte[] commitment = Labelled.hash32("commit", sid, place.m(), own.r());
    Seal seal = Introduction.bodySeal(sid, place.m(), own.introKey());
    byte[] message =
        new Struct()
            .raw(header)
            .raw(member.watcher.see("intro_key_hash", hash))
            .vector(member.watcher.see("sealed body", seal.close(header, body)))
            .vector(member.watcher.see("sealed keys", keys.bytes()))
            .raw(member.watcher.see("commitment", commitment))
            .bytes();
    return roster.signed(message, own.e(), own.introductionHedge());
  }

  /** The checks behind those of the set. */
  void check(List<byte[]> introductions) throws Refused {
    for (int i = 0; i < roster.size(); i++) {
      try {
        Introduction introduction = Introduction.read(introductions.get(i));
        known.put(i, i == member.self ? self(introduction) : peer(i, introduction));
      } catch (Refused e) {
        throw e.of(i);
      }
    }
    Set<BigInteger> identities = new HashSet<>();
    for (int i = 0; i < roster.size(); i++) {
      if (!identities.add(new BigInteger(known(i).identity()))) {
        throw new Refused("duplicate", i);
      }
    }
    Set<String> skeletons = new HashSet<>();
    for (int i = 0; i < roster.size(); i++) {
      if (!skeletons.add(Nickname.skeleton(Nickname.read(known(i).nickname())))) {
        throw new Refused("nickname-taken", i);
      }
    }
  }

  private Known self(Introduction introduction) {
    return new Known(
        member.own.introKey(),
        Known.FULL,
        member.nickname(),
        member.own.identity().spki(),
        introduction.commitment());
  }

  private Known peer(int peer, Introduction introduction) throws Refused {
    boolean signed = member.parameters.signed();
    if (introduction.keys().size() != roster.size() - 1
        || introduction.body().length != (signed ? 256 : 191)) {
      throw new Refused("malformed");
    }
    Pair pair = member.pairs.get(peer);
    int slot = member.self < peer ? member.self : member.self - 1;
    byte[] key =
        pair.seal(pair.kEe(), "introduction key", peer, member.self)
            .open(introduction.header(), introduction.keys().get(slot));
    byte[] introKey = Arrays.copyOf(key, 16);
    if (key[16] != Known.FULL && key[16] != Known.RESUMED) {
      throw new Refused("malformed");
    }
    Roster.Place place = roster.at(peer);
    if (!Arrays.equals(
        introduction.introKeyHash(), Labelled.hash32("intro key", sid, place.m(), introKey))) {
      throw new Refused("bad-intro-key");
    }
    Introduction.Body body =
        Introduction.Body.read(
            Introduction.bodySeal(sid, place.m(), introKey)
                .open(introduction.header(), introduction.body()));
    if (body.identitySignature().length != (signed ? 64 : 0)) {
      throw new Refused("malformed");
    }
    byte[] point = Identity.point(body.identity());
    Nickname.read(body.nickname());
    byte[] hash = Introduction.identityHash(sid, place, body.identity());
    if (signed && !Ecdsa.verify(point, hash, body.identitySignature())) {
      throw new Refused("bad-identity-signature");
    }
    Known result =
        new Known(introKey, key[16], body.nickname(), body.identity(), introduction.commitment());
    if (member.changed(peer, result)) {
      throw new Refused("identity-changed");
    }
    return result;
  }
}
