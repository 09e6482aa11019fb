package org.mpotr.reference;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One member in one attempt (section 4): each round takes the messages of the one before, all
 * checks in the order of the text, and gives the next message. Part of the second reading of the
 * text.
 */
public final class Member {
  final Parameters parameters;
  final byte[] psk;
  final Inputs own;
  final Watcher watcher;
  private List<Continuing> continuing = List.of();
  private final SortedMap<Integer, Continuing> standing = new TreeMap<>();
  final SortedMap<Integer, Pair> pairs = new TreeMap<>();
  private byte[] hello = {};
  private byte[] introduction = {};
  private byte[] share = {};
  private byte[] attest = {};
  private List<byte[]> introductions = List.of();
  private List<byte[]> shares = List.of();
  private Roster roster;
  int self;
  private RoundTwo roundTwo;
  private byte[] t2 = {};
  private Epoch epoch;

  /** A HELLO of this attempt that is known to be that of a member of the epoch before. */
  public record Continuing(byte[] hello, Epoch before, int place) {}

  /** A member before its first round. */
  public Member(Parameters parameters, byte[] psk, Inputs own, Watcher watcher) {
    this.parameters = parameters;
    this.psk = psk;
    this.own = own;
    this.watcher = watcher;
  }

  /**
   * Tells a member, before its INTRODUCTION, which HELLOs are those of members of the epoch before.
   */
  void continuing(List<Continuing> known) {
    continuing = known;
  }

  /** Section 4.3. */
  public byte[] hello() {
    hello =
        new Struct()
            .u8(1)
            .u8(2)
            .u16(1)
            .raw(own.n())
            .raw(watcher.see("X", Curve.publicPoint(own.x())))
            .raw(watcher.see("E", Curve.publicPoint(own.e())))
            .bytes();
    return hello.clone();
  }

  /** Sections 4.3 and 4.4: what the HELLOs say, and INTRODUCTION. */
  public byte[] introduction(List<byte[]> hellos) throws Refused {
    roster = Roster.of(parameters, hellos, hello);
    self = roster.indexOf(hello);
    byte[] secret = watcher.see("psk", psk);
    for (int peer = 0; peer < roster.size(); peer++) {
      if (peer != self) {
        byte[] ee = Curve.agree(own.x(), roster.at(peer).x());
        pairs.put(peer, new Pair(roster, self, peer, secret, ee));
      }
    }
    for (Continuing one : continuing) {
      standing.put(roster.indexOf(one.hello()), one);
    }
    roundTwo = new RoundTwo(this);
    introduction = roundTwo.introduction();
    return introduction.clone();
  }

  /** Sections 4.4 and 4.5: the checks on all INTRODUCTIONs, T2, and SHARE. */
  public byte[] share(List<byte[]> all) throws Refused {
    introductions = roster.set(3, all, self, introduction);
    try {
      roundTwo.check(introductions);
      Struct said = new Struct();
      for (int i = 0; i < roster.size(); i++) {
        said.vector(roster.at(i).hello()).vector(introductions.get(i));
      }
      t2 = Labelled.hash32("transcript 2", roster.sid(), said.bytes());
      for (Pair pair : pairs.values()) {
        agree(pair);
      }
      Struct message = new Struct().raw(roster.header(4, self));
      message.vector(RoundThree.entries(this));
      share = roster.signed(message.bytes(), own.e(), own.shareHedge());
      return share.clone();
    } catch (Refused e) {
      throw cause(e, List.of());
    }
  }

  /** mode and auth of section 4.5. */
  private void agree(Pair pair) throws Refused {
    int peer = pair.peer();
    boolean ours = flag(peer) == Known.RESUMED;
    if (ours && roundTwo.known(peer).flag() == Known.RESUMED) {
      Continuing before = standing.get(peer);
      Pair old = before.before().pairs().get(before.place());
      pair.agree(3, old.resumption(before.before().t3()), t2, old.resumedInARow() + 1);
    } else if (parameters.signed()) {
      pair.agree(2, new byte[0], t2, 0);
    } else {
      BigInteger a = own.identity().scalar();
      byte[] ourIdentity = Curve.agree(a, roster.at(peer).x());
      byte[] theirIdentity = Curve.agree(own.x(), Identity.point(roundTwo.known(peer).identity()));
      byte[] auth =
          self < peer
              ? Struct.join(ourIdentity, theirIdentity)
              : Struct.join(theirIdentity, ourIdentity);
      pair.agree(1, auth, t2, 0);
    }
  }

  /** Sections 4.5 and 4.6: the checks on all SHAREs, the keys, and ATTEST. */
  public byte[] attest(List<byte[]> all) throws Refused {
    shares = roster.set(4, all, self, share);
    List<byte[]> contributions;
    try {
      contributions = RoundThree.check(this, shares);
    } catch (Refused e) {
      throw cause(e, shares);
    }
    Struct said = new Struct().raw(t2);
    shares.forEach(said::vector);
    byte[] t3 = Labelled.hash32("transcript 3", roster.sid(), said.bytes());
    List<Epoch.Person> people = new ArrayList<>();
    for (int i = 0; i < roster.size(); i++) {
      Known known = roundTwo.known(i);
      people.add(new Epoch.Person(known.introKey(), known.nickname(), known.identity()));
    }
    epoch = new Epoch(parameters, roster, t2, t3, people, contributions, pairs);
    byte[] message =
        new Struct()
            .raw(roster.header(5, self))
            .raw(watcher.see("T3", t3))
            .raw(watcher.see("params_hash", epoch.paramsHash()))
            .raw(watcher.see("attest confirmation", epoch.confirmation(self)))
            .bytes();
    attest = roster.signed(message, own.e(), own.attestHedge());
    return attest.clone();
  }

  /** Section 4.6: the checks on all ATTESTs. */
  public Epoch complete(List<byte[]> all) throws Refused {
    List<byte[]> attests = roster.set(5, all, self, attest);
    try {
      check(attests);
      return epoch;
    } catch (Refused e) {
      throw cause(e, shares);
    }
  }

  private void check(List<byte[]> attests) throws Refused {
    for (int i = 0; i < roster.size(); i++) {
      roster.verify(attests.get(i), i);
      List<byte[]> said = readAttest(attests.get(i));
      same("transcript", i, said.get(0), epoch.t3());
      same("parameters", i, said.get(1), epoch.paramsHash());
      same("key", i, said.get(2), epoch.confirmation(i));
    }
  }

  /** T3, params_hash and confirmation of an ATTEST. */
  static List<byte[]> readAttest(byte[] message) throws Refused {
    Fields fields = Roster.body(5, message);
    List<byte[]> said = List.of(fields.raw(32), fields.raw(32), fields.raw(32));
    fields.raw(64);
    fields.end();
    return said;
  }

  private static void same(String field, int index, byte[] theirs, byte[] ours) throws Refused {
    if (!Arrays.equals(theirs, ours)) {
      throw new Refused("attest-mismatch(" + field + ")", index);
    }
  }

  /** Section 4.8: a wrong signature at hand is the cause of whatever failed. */
  private Refused cause(Refused failed, List<byte[]> atHand) {
    try {
      for (List<byte[]> messages : List.of(introductions, atHand)) {
        for (int i = 0; i < messages.size(); i++) {
          roster.verify(messages.get(i), i);
        }
      }
      return failed;
    } catch (Refused wrong) {
      return wrong;
    }
  }

  /** Whether this member would resume a pair. */
  int flag(int peer) {
    Continuing before = standing.get(peer);
    if (before == null) {
      return Known.FULL;
    }
    Pair old = before.before().pairs().get(before.place());
    return old.resumedInARow() < parameters.resumptions() ? Known.RESUMED : Known.FULL;
  }

  /** Whether a peer is somebody else than in the epoch before. */
  boolean changed(int peer, Known known) {
    Continuing before = standing.get(peer);
    return before != null && !known.sameAs(before.before().people().get(before.place()));
  }

  byte[] nickname() {
    return own.nickname().getBytes(StandardCharsets.UTF_8);
  }

  Roster roster() {
    return roster;
  }

  RoundTwo roundTwo() {
    return roundTwo;
  }

  byte[] t2() {
    return t2;
  }
}
