package org.mpotr.agreement;

import java.util.HashMap;
import java.util.Map;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.PairKeys;
import org.mpotr.epoch.Roster;
import org.mpotr.wire.Bytes;

/** A set-up that {@link SetupAudit} found in order, and the keys that follow from it. */
public final class AuditedSetup {

  /** What there is once one knows who takes part and what they said. */
  record Facts(
      EpochParameters parameters,
      Bytes sid,
      Roster roster,
      Bytes transcript3,
      Bytes rosterHash,
      Bytes groupKey) {}

  /** The pair of the members at two places, in order. */
  record Places(int first, int second) {
    static Places of(int a, int b) {
      return new Places(Math.min(a, b), Math.max(a, b));
    }
  }

  private static final byte[] ONE = new byte[32];

  static {
    ONE[ONE.length - 1] = 1;
  }

  private final Facts facts;
  private final Map<Places, PairSecret> pairs;

  AuditedSetup(Facts facts, Map<Places, PairSecret> pairs) {
    this.facts = facts;
    this.pairs = new HashMap<>(pairs);
  }

  /** The session id, 32 bytes. */
  public Bytes sid() {
    return facts.sid();
  }

  /** Who took part, if this set-up took place at all. */
  public Roster roster() {
    return facts.roster();
  }

  /** Whether the key of the pair at these places was handed over. */
  public boolean hasPair(int one, int other) {
    return pairs.containsKey(Places.of(one, other));
  }

  /**
   * The key of the epoch in the hands of the member at a place.
   *
   * @param scalar e of that member, which becomes the key's to destroy
   */
  public GroupKey key(int place, SecretScalar scalar) {
    EpochSecrets secrets = secrets(scalar);
    for (int other = 0; other < facts.roster().size(); other++) {
      PairSecret pair = pairs.get(Places.of(place, other));
      if (pair != null) {
        PairKeys remaining = pair.remaining(facts.transcript3(), 0);
        secrets.keep(facts.roster().get(other).id(), remaining);
      }
    }
    return new GroupKey(facts.parameters(), facts.sid(), facts.roster(), place, secrets);
  }

  /** The key of the epoch as far as it reads: it signs nothing. */
  public GroupKey readingKey(int place) {
    return key(place, noScalar());
  }

  EpochSecrets secrets(SecretScalar scalar) {
    return EpochSecrets.of(
        facts.sid(),
        facts.groupKey().toArray(),
        facts.transcript3(),
        facts.rosterHash().toArray(),
        scalar);
  }

  /** A scalar that is erased already, so that each use of it is an error. */
  static SecretScalar noScalar() {
    SecretScalar scalar = SecretScalar.of(ONE);
    scalar.destroy();
    return scalar;
  }
}
