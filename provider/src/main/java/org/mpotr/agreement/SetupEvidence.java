package org.mpotr.agreement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mpotr.crypto.Labelled;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * What somebody who took part in a set-up hands over to convince others that it took place
 * (PROTOCOL.md, section 8.3). It opens the whole epoch: it is for conversations that are over, or
 * that never were. The values are no secrets any more once they are here.
 *
 * @param groupKey gk, 64 bytes; nothing when nothing is handed over at all
 * @param introKeys the keys of all introductions in roster order, 16 bytes each
 * @param contributions r of all members in roster order, 16 bytes each, or none
 * @param preSharedKey psk, 32 bytes, or nothing
 * @param agreementScalars x by place in the roster, 32 bytes each, of those who hand theirs over
 * @param pairs what keys of pairs rest on, in ascending order of their places
 */
public record SetupEvidence(
    Bytes groupKey,
    List<Bytes> introKeys,
    List<Bytes> contributions,
    Bytes preSharedKey,
    SortedMap<Integer, Bytes> agreementScalars,
    List<Pair> pairs) {

  /** Nothing, as an outsider has it. */
  public static final SetupEvidence NONE =
      new SetupEvidence(Bytes.EMPTY, List.of(), List.of(), Bytes.EMPTY, new TreeMap<>(), List.of());

  private static final int SCALAR_BYTES = 32;
  private static final int AUTHENTICATION_BYTES = 64;
  private static final int MAX_PAIRS = Message.MAX_MEMBERS * (Message.MAX_MEMBERS - 1) / 2;

  /**
   * What the key of a pair rests on (PROTOCOL.md, section 4.5).
   *
   * @param first the place of the member that is first in the roster
   * @param second the place of the other
   * @param ephemeral ee, 32 bytes
   * @param authentication auth, 64 bytes, or nothing in mode signature
   */
  public record Pair(int first, int second, Bytes ephemeral, Bytes authentication) {

    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public Pair {
      require(first >= 0 && first < second && second < Message.MAX_MEMBERS, "places of a pair");
      require(ephemeral.length() == SCALAR_BYTES, "ee");
      require(isNothingOr(AUTHENTICATION_BYTES, authentication), "auth");
    }

    private boolean isBefore(Pair other) {
      return first < other.first || first == other.first && second < other.second;
    }

    /** The places; the secrets are not shown. */
    @Override
    public String toString() {
      return "Pair[" + first + ", " + second + "]";
    }
  }

  /**
   * @throws IllegalArgumentException when a value is out of range, or a list out of order
   */
  public SetupEvidence {
    introKeys = List.copyOf(introKeys);
    contributions = List.copyOf(contributions);
    agreementScalars = Collections.unmodifiableSortedMap(new TreeMap<>(agreementScalars));
    pairs = List.copyOf(pairs);
    require(isNothingOr(Labelled.HASH_BYTES, groupKey), "gk");
    require(isNothingOr(PreSharedKey.BYTES, preSharedKey), "psk");
    requireEach(introKeys, EphemeralKeys.INTRO_KEY_BYTES, "introduction key");
    requireEach(contributions, EphemeralKeys.CONTRIBUTION_BYTES, "contribution");
    requireEach(agreementScalars.values(), SCALAR_BYTES, "agreement scalar");
    for (int place : agreementScalars.keySet()) {
      require(place >= 0 && place < Message.MAX_MEMBERS, "place of an agreement scalar");
    }
    for (int i = 1; i < pairs.size(); i++) {
      require(pairs.get(i - 1).isBefore(pairs.get(i)), "order of pairs");
    }
  }

  /**
   * What opens the frames and no more.
   *
   * @param groupKey gk, 64 bytes
   * @param introKeys the keys of all introductions in roster order, 16 bytes each
   */
  public static SetupEvidence ofKeys(Bytes groupKey, List<Bytes> introKeys) {
    return new SetupEvidence(
        groupKey, introKeys, List.of(), Bytes.EMPTY, new TreeMap<>(), List.of());
  }

  private static void requireEach(Iterable<Bytes> values, int length, String field) {
    values.forEach(value -> require(value.length() == length, field));
  }

  private static void require(boolean holds, String field) {
    if (!holds) {
      throw new IllegalArgumentException(field + " is out of range");
    }
  }

  private static boolean isNothingOr(int length, Bytes value) {
    return value.length() == 0 || value.length() == length;
  }

  /** This and what another one of the same set-up hands over. */
  public SetupEvidence with(SetupEvidence other) {
    SortedMap<Integer, Bytes> scalars = new TreeMap<>(agreementScalars);
    scalars.putAll(other.agreementScalars);
    List<Pair> all = new ArrayList<>(pairs);
    other.pairs.stream()
        .filter(pair -> pairs.stream().noneMatch(known -> isSamePair(known, pair)))
        .forEach(all::add);
    all.sort((a, b) -> isSamePair(a, b) ? 0 : a.isBefore(b) ? -1 : 1);
    return new SetupEvidence(
        groupKey.length() == 0 ? other.groupKey : groupKey,
        introKeys.isEmpty() ? other.introKeys : introKeys,
        contributions.isEmpty() ? other.contributions : contributions,
        preSharedKey.length() == 0 ? other.preSharedKey : preSharedKey,
        scalars,
        all);
  }

  private static boolean isSamePair(Pair a, Pair b) {
    return a.first == b.first && a.second == b.second;
  }

  /** No more than what opens the frames: gk and the keys of the introductions. */
  public SetupEvidence onlyKeys() {
    return ofKeys(groupKey, introKeys);
  }

  /** Writes the encoding (PROTOCOL.md, section 8.2). */
  public void write(WireWriter writer) {
    writer.vector(groupKey);
    writeAll(writer, introKeys, EphemeralKeys.INTRO_KEY_BYTES);
    writeAll(writer, contributions, EphemeralKeys.CONTRIBUTION_BYTES);
    writer.vector(preSharedKey);
    writer.prefix(agreementScalars.size() * (1 + SCALAR_BYTES));
    for (Map.Entry<Integer, Bytes> entry : agreementScalars.entrySet()) {
      writer.uint8(entry.getKey()).opaque(entry.getValue());
    }
    WireWriter list = new WireWriter();
    for (Pair pair : pairs) {
      list.uint8(pair.first())
          .uint8(pair.second())
          .opaque(pair.ephemeral())
          .vector(pair.authentication());
    }
    writer.vector(list.finish());
  }

  private static void writeAll(WireWriter writer, List<Bytes> values, int length) {
    writer.prefix(values.size() * length);
    values.forEach(writer::opaque);
  }

  /**
   * Reads the encoding.
   *
   * @throws WireException when it is not one
   */
  public static SetupEvidence read(WireReader reader) throws WireException {
    try {
      return new SetupEvidence(
          Bytes.of(reader.vector(0, Labelled.HASH_BYTES, "gk")),
          readAll(reader, EphemeralKeys.INTRO_KEY_BYTES, "introduction keys"),
          readAll(reader, EphemeralKeys.CONTRIBUTION_BYTES, "contributions"),
          Bytes.of(reader.vector(0, PreSharedKey.BYTES, "psk")),
          readScalars(reader),
          readPairs(reader));
    } catch (IllegalArgumentException e) {
      throw WireException.malformed(e.getMessage());
    }
  }

  private static List<Bytes> readAll(WireReader reader, int length, String field)
      throws WireException {
    WireReader list = reader.nested(0, Message.MAX_MEMBERS * length, field);
    List<Bytes> values = new ArrayList<>();
    while (list.hasMore()) {
      values.add(list.bytes(length, field));
    }
    return values;
  }

  private static SortedMap<Integer, Bytes> readScalars(WireReader reader) throws WireException {
    String field = "agreement scalars";
    WireReader list = reader.nested(0, Message.MAX_MEMBERS * (1 + SCALAR_BYTES), field);
    SortedMap<Integer, Bytes> scalars = new TreeMap<>();
    while (list.hasMore()) {
      int place = list.uint8(field);
      if (!scalars.isEmpty() && scalars.lastKey() >= place) {
        throw WireException.malformed(field + " are not in ascending order");
      }
      scalars.put(place, list.bytes(SCALAR_BYTES, field));
    }
    return scalars;
  }

  private static List<Pair> readPairs(WireReader reader) throws WireException {
    int pairBytes = 2 + SCALAR_BYTES + WireWriter.prefixSize(AUTHENTICATION_BYTES);
    WireReader list = reader.nested(0, MAX_PAIRS * (pairBytes + AUTHENTICATION_BYTES), "pairs");
    List<Pair> pairs = new ArrayList<>();
    while (list.hasMore()) {
      pairs.add(
          new Pair(
              list.uint8("first place"),
              list.uint8("second place"),
              list.bytes(SCALAR_BYTES, "ee"),
              Bytes.of(list.vector(0, AUTHENTICATION_BYTES, "auth"))));
    }
    return pairs;
  }

  /** How much is handed over, and nothing of it. */
  @Override
  public String toString() {
    return "SetupEvidence[introKeys="
        + introKeys.size()
        + ", scalars="
        + agreementScalars.size()
        + ", pairs="
        + pairs.size()
        + "]";
  }
}
