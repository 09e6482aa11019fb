package org.mpotr.reference;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The members of an attempt, from their HELLOs (section 4.3). Part of the second reading of the
 * text.
 */
public final class Roster {
  private final byte[] sid;
  private final List<Place> places;

  /** What a HELLO says. */
  public record Place(byte[] hello, byte[] m, byte[] x, byte[] e) {
    static Place read(byte[] hello) throws Refused {
      Fields fields = message(2, hello);
      if (fields.u16() != 1) {
        throw new Refused("unsupported-suite");
      }
      byte[] n = fields.raw(32);
      byte[] x = fields.raw(65);
      byte[] e = fields.raw(65);
      fields.end();
      byte[] m = Arrays.copyOf(Labelled.hash("member", Labelled.NO_SID, n, x, e), 16);
      return new Place(hello, m, x, e);
    }
  }

  private Roster(byte[] sid, List<Place> places) {
    this.sid = sid;
    this.places = places;
  }

  /** The fields of a message behind its version and type, both checked (section 2.2). */
  static Fields message(int type, byte[] message) throws Refused {
    if (message.length < 1 || message.length > 1_048_576) {
      throw new Refused("malformed");
    }
    if (message[0] != 1) {
      throw new Refused("unsupported-version");
    }
    if (message.length < 2 || message[1] < 1 || message[1] > 9) {
      throw new Refused("malformed");
    }
    if (message[1] != type) {
      throw new Refused("wrong-round");
    }
    Fields fields = new Fields(message);
    fields.raw(2);
    return fields;
  }

  /** The fields of a message of rounds 2 to 4 behind its header. */
  static Fields body(int type, byte[] message) throws Refused {
    Fields fields = message(type, message);
    fields.raw(32);
    if (fields.u16() > 255) {
      throw new Refused("malformed");
    }
    return fields;
  }

  /** The checks of section 2.2 on a message by itself, frames left to {@link Frame}. */
  public static void checkEncoding(byte[] message) throws Refused {
    int type = message.length < 2 ? 0 : message[1];
    switch (type) {
      case 2 -> Place.read(message);
      case 3 -> Introduction.read(message);
      case 4 -> RoundThree.read(message);
      case 5 -> Member.readAttest(message);
      default -> {
        message(type, message);
        throw new Refused("malformed");
      }
    }
  }

  /** All checks on all HELLOs, in the order of the text. */
  static Roster of(Parameters parameters, List<byte[]> hellos, byte[] own) throws Refused {
    List<Place> places = new ArrayList<>();
    for (byte[] hello : hellos) {
      places.add(Place.read(hello));
    }
    for (int i = 0; i < hellos.size(); i++) {
      if (contains(hellos.subList(0, i), hellos.get(i))) {
        throw new Refused("doubled");
      }
    }
    if (!contains(hellos, own)) {
      throw new Refused("own-message-altered");
    }
    if (places.size() < 2 || places.size() > largestGroup(parameters)) {
      throw new Refused("group-size");
    }
    places.sort(Comparator.comparing(Place::m, Arrays::compareUnsigned));
    List<byte[]> points = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      try {
        Curve.decode(places.get(i).x());
        Curve.decode(places.get(i).e());
      } catch (Refused e) {
        throw e.of(i);
      }
    }
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      boolean sameM = i > 0 && Arrays.equals(place.m(), places.get(i - 1).m());
      boolean sameX = contains(points, place.x());
      points.add(place.x());
      if (sameM || sameX || contains(points, place.e())) {
        throw new Refused("duplicate", i);
      }
      points.add(place.e());
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    places.forEach(place -> all.writeBytes(place.hello()));
    byte[] sid =
        Labelled.hash32(
            "sid", Labelled.NO_SID, Struct.v(parameters.encoded()), Struct.v(all.toByteArray()));
    return new Roster(sid, Collections.unmodifiableList(places));
  }

  /** No more than can close an epoch. */
  private static long largestGroup(Parameters parameters) {
    return Math.min(parameters.maxMembers(), (parameters.frameLimit() - 256) / 112);
  }

  static boolean contains(List<byte[]> list, byte[] wanted) {
    return list.stream().anyMatch(element -> Arrays.equals(element, wanted));
  }

  /** The session id. */
  public byte[] sid() {
    return sid.clone();
  }

  /** How many members. */
  public int size() {
    return places.size();
  }

  /** The member at a place. */
  public Place at(int index) {
    return places.get(index);
  }

  /** The place of a member. */
  int indexOf(byte[] hello) {
    for (int i = 0; i < size(); i++) {
      if (Arrays.equals(at(i).hello(), hello)) {
        return i;
      }
    }
    return -1;
  }

  /** The 36 bytes that messages of rounds 2 to 4 begin with (section 4.2). */
  byte[] header(int type, int sender) {
    return new Struct().u8(1).u8(type).raw(sid).u16(sender).bytes();
  }

  /** A message with its signature (section 4.2). */
  byte[] signed(byte[] message, BigInteger e, byte[] hedge) {
    return Struct.join(
        message, Ecdsa.sign(e, Labelled.hash("set-up signature", sid, Struct.v(message)), hedge));
  }

  /** Refuses a message whose signature is not its sender's. */
  void verify(byte[] message, int sender) throws Refused {
    int length = message.length - 64;
    byte[] hash = Labelled.hash("set-up signature", sid, Struct.v(Arrays.copyOf(message, length)));
    byte[] signature = Arrays.copyOfRange(message, length, message.length);
    if (!Ecdsa.verify(at(sender).e(), hash, signature)) {
      throw new Refused("bad-signature", sender);
    }
  }

  /** The set of section 4.4: exactly one message of each member; gives them in roster order. */
  List<byte[]> set(int type, List<byte[]> messages, int self, byte[] own) throws Refused {
    List<Fields> heads = new ArrayList<>();
    for (byte[] message : messages) {
      heads.add(message(type, message));
    }
    List<Integer> senders = new ArrayList<>();
    for (Fields head : heads) {
      byte[] theirs = head.raw(32);
      int sender = head.u16();
      if (!Arrays.equals(sid, theirs) || sender >= size()) {
        throw new Refused("foreign");
      }
      senders.add(sender);
    }
    byte[][] ordered = new byte[size()][];
    for (int i = 0; i < messages.size(); i++) {
      if (ordered[senders.get(i)] != null) {
        throw new Refused("doubled", senders.get(i));
      }
      ordered[senders.get(i)] = messages.get(i);
    }
    for (int i = 0; i < size(); i++) {
      if (ordered[i] == null) {
        throw new Refused("missing", i);
      }
    }
    if (!Arrays.equals(ordered[self], own)) {
      throw new Refused("own-message-altered", self);
    }
    return List.of(ordered);
  }
}
