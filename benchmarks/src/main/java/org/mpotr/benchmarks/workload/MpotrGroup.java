package org.mpotr.benchmarks.workload;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.identity.Nickname;

/** Set-ups of mpOTR through {@code KeyAgreement}, all members in one process. */
public final class MpotrGroup {

  /** Frames may be as long as the protocol allows, a mebibyte. */
  private static final Limits LIMITS = Limits.DEFAULT.withFrameBytes(1 << 20);

  private static final Provider PROVIDER = new MpotrProvider();
  private static final List<KeyPair> IDENTITIES = new ArrayList<>();

  private MpotrGroup() {}

  /** The provider "mpOTR", not installed. */
  public static Provider provider() {
    return PROVIDER;
  }

  /** Long-term keys, which exist before any set-up; the same at every call. */
  public static synchronized List<KeyPair> identities(int count) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("mpOTR", PROVIDER);
    while (IDENTITIES.size() < count) {
      IDENTITIES.add(generator.generateKeyPair());
    }
    return List.copyOf(IDENTITIES.subList(0, count));
  }

  /** The first epoch of members who share nothing: the key of each, in the order of identities. */
  public static List<GroupKey> setUp(List<KeyPair> identities) throws Exception {
    EpochParameters parameters = EpochParameters.of("#benchmark").withLimits(LIMITS);
    return run(parameters, identities, null);
  }

  /**
   * The next epoch of members who continue, each pair resuming.
   *
   * @param identities of those who continue
   * @param previous their keys of the epoch before, in the same order
   */
  public static List<GroupKey> refresh(List<KeyPair> identities, List<GroupKey> previous)
      throws Exception {
    GroupKey before = previous.get(0);
    return run(before.parameters().next(before.sid()), identities, previous);
  }

  private static List<GroupKey> run(
      EpochParameters parameters, List<KeyPair> identities, List<GroupKey> previous)
      throws Exception {
    List<KeyAgreement> members = new ArrayList<>();
    List<Key> round = new ArrayList<>();
    Map<Integer, Key> hellos = new HashMap<>();
    for (int i = 0; i < identities.size(); i++) {
      SessionParameterSpec spec = SessionParameterSpec.of(parameters, nickname(i, previous));
      KeyAgreement member = KeyAgreement.getInstance("mpOTR", PROVIDER);
      member.init(
          identities.get(i).getPrivate(),
          previous == null ? spec : spec.withPrevious(previous.get(i)));
      Key hello = member.doPhase(identities.get(i).getPublic(), false);
      round.add(hello);
      members.add(member);
      if (previous != null) {
        hellos.put(previous.get(i).ownIndex(), hello);
      }
    }
    for (int phase = 1; phase <= 4; phase++) {
      RoundKey heard = RoundKey.of(round);
      round.clear();
      for (int i = 0; i < members.size(); i++) {
        RoundKey own =
            phase == 1 && previous != null ? continuing(heard, hellos, previous, i) : heard;
        round.add(members.get(i).doPhase(own, phase == 4));
      }
    }
    List<GroupKey> keys = new ArrayList<>();
    for (KeyAgreement member : members) {
      keys.add((GroupKey) member.generateSecret("mpOTR"));
    }
    return keys;
  }

  private static RoundKey continuing(
      RoundKey heard, Map<Integer, Key> hellos, List<GroupKey> previous, int member)
      throws InvalidKeyException {
    Map<Integer, Key> others = new HashMap<>(hellos);
    others.remove(previous.get(member).ownIndex());
    return heard.continuing(others);
  }

  private static Nickname nickname(int i, List<GroupKey> previous) {
    if (previous == null) {
      // No concatenation by the operator, whose linkage would count as a part of a cold start.
      return new Nickname("member".concat(Integer.toString(i)));
    }
    GroupKey before = previous.get(i);
    Member self = before.roster().get(before.ownIndex());
    return self.nickname();
  }
}
