package org.mpotr.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** The keys of an epoch (sections 4.6 and 5). Part of the second reading of the text. */
public final class Epoch {
  private final Parameters parameters;
  private final Roster roster;
  private final byte[] t2;
  private final byte[] t3;
  private final List<Person> people;
  private final SortedMap<Integer, Pair> pairs;
  private final byte[] rosterHash;
  private final byte[] gk;
  private final byte[] secret;

  /** Who stands at a place of the roster. */
  public record Person(byte[] introKey, byte[] nickname, byte[] identity) {}

  Epoch(
      Parameters parameters,
      Roster roster,
      byte[] t2,
      byte[] t3,
      List<Person> people,
      List<byte[]> contributions,
      SortedMap<Integer, Pair> pairs) {
    this.parameters = parameters;
    this.roster = roster;
    this.t2 = t2;
    this.t3 = t3;
    this.people = List.copyOf(people);
    this.pairs = pairs;
    Struct members = new Struct();
    for (int i = 0; i < roster.size(); i++) {
      Roster.Place place = roster.at(i);
      members
          .raw(place.m(), people.get(i).introKey(), place.x(), place.e())
          .vector(people.get(i).nickname())
          .vector(people.get(i).identity());
    }
    this.rosterHash = Labelled.hash("roster", sid(), members.bytes());
    byte[][] sorted = contributions.toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    this.gk = Labelled.hash("group key", sid(), Struct.v(Struct.join(sorted)));
    this.secret = Labelled.hmac(Labelled.label("epoch", sid(), t3, rosterHash), gk);
  }

  /** confirmation of the ATTEST of a place. */
  byte[] confirmation(int index) {
    byte[] input = Labelled.label("attest", sid(), t3, rosterHash, roster.at(index).m());
    return Arrays.copyOf(Labelled.hmac(attestKey(), input), 32);
  }

  /** What ATTEST's confirmation is made with. */
  public byte[] attestKey() {
    return Labelled.expand(secret, 64, "attest key", sid());
  }

  /** params_hash of ATTEST. */
  public byte[] paramsHash() {
    return Labelled.hash32("parameters", sid(), Struct.v(parameters.encoded()));
  }

  /** AES key of a sender (section 5.2). */
  public byte[] frameKey(int index) {
    return Labelled.expand(secret, 16, "frame key", sid(), roster.at(index).m());
  }

  /** MAC key of a sender (section 5.2). */
  public byte[] frameMac(int index) {
    return Labelled.expand(secret, 64, "frame mac", sid(), roster.at(index).m());
  }

  /** Section 5.3. */
  public byte[] exporter(String label, byte[] context, int n) {
    byte[] fields =
        new Struct().vector(label.getBytes(StandardCharsets.UTF_8)).vector(context).u16(n).bytes();
    return Labelled.expand(secret, n, "exporter", sid(), fields);
  }

  /** Section 5.4. */
  public byte[] groupCode() {
    return Labelled.expand(gk, 20, "group code", sid());
  }

  /** The session id. */
  public byte[] sid() {
    return roster.sid();
  }

  /** The members by place. */
  public Roster roster() {
    return roster;
  }

  /** Who they are. */
  public List<Person> people() {
    return people;
  }

  /** The pairs of the member whose view this is, by the other one's place. */
  public SortedMap<Integer, Pair> pairs() {
    return pairs;
  }

  /** T2. */
  public byte[] t2() {
    return t2.clone();
  }

  /** T3. */
  public byte[] t3() {
    return t3.clone();
  }

  /** The roster hash. */
  public byte[] rosterHash() {
    return rosterHash.clone();
  }

  /** gk. */
  public byte[] gk() {
    return gk.clone();
  }

  /** The epoch secret. */
  public byte[] secret() {
    return secret.clone();
  }

  Parameters parameters() {
    return parameters;
  }
}
