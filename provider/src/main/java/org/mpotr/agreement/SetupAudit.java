package org.mpotr.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.Seal;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.Share;
import org.mpotr.wire.SignedMessage;

/**
 * A recorded set-up as somebody judges it who did not take part: everything that can be checked
 * with what was handed over (PROTOCOL.md, section 8.3). One that nothing can be said against need
 * not have taken place.
 */
public final class SetupAudit {

  private final EpochParameters parameters;
  private final SetupEvidence evidence;
  private final Assembly assembly;
  private final Introductions introducing;
  private final List<Introduction> introductions;
  private final List<Share> shares;
  private final List<Attest> attests;

  private SetupAudit(
      EpochParameters parameters, List<? extends Message> messages, SetupEvidence evidence)
      throws SetupFailedException {
    this.parameters = parameters;
    this.evidence = evidence;
    List<Message> hellos = List.copyOf(only(Hello.class, messages));
    if (hellos.isEmpty()) {
      throw SetupFailedException.of(SetupCheck.GROUP_SIZE, "there is no HELLO");
    }
    this.assembly = Assembly.of(parameters, hellos, (Hello) hellos.get(0));
    this.introducing = new Introductions(assembly.sid(), parameters.authentication());
    this.introductions = round(Introduction.class, messages);
    this.shares = round(Share.class, messages);
    this.attests = round(Attest.class, messages);
  }

  /**
   * Checks a set-up.
   *
   * @param messages all HELLOs, INTRODUCTIONs, SHAREs and ATTESTs of it in any order, and no other
   * @param evidence gk and the keys of the introductions at least; all else that it holds is
   *     checked too
   * @param known whether an identity is one that the judge knows
   * @throws SetupFailedException naming the first check that failed and the member
   */
  public static AuditedSetup check(
      EpochParameters parameters,
      List<? extends Message> messages,
      SetupEvidence evidence,
      Predicate<Member> known)
      throws SetupFailedException {
    return new SetupAudit(parameters, messages, evidence).check(known);
  }

  private static <T extends Message> List<T> only(Class<T> type, List<? extends Message> messages) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The messages of a round; no one's own is among them for somebody who did not take part. */
  private <T extends SignedMessage> List<T> round(Class<T> type, List<? extends Message> messages)
      throws SetupFailedException {
    List<T> sent = only(type, messages);
    T own =
        sent.stream()
            .filter(message -> message.header().sender() == assembly.ownIndex())
            .findFirst()
            .orElseThrow(() -> SetupFailedException.of(SetupCheck.MISSING, assembly.own()));
    List<T> inOrder = assembly.collect(type, List.copyOf(sent), own);
    for (T message : inOrder) {
      Candidate from = candidate(message.header().sender());
      require(EphemeralKeys.verify(from.signatureKey(), message), SetupCheck.BAD_SIGNATURE, from);
    }
    return inOrder;
  }

  private AuditedSetup check(Predicate<Member> known) throws SetupFailedException {
    Roster roster = roster(known);
    checkCommitments();
    Bytes transcript2 = assembly.transcript2(introductions);
    Map<AuditedSetup.Places, PairSecret> pairs = checkPairs(roster, transcript2);
    Bytes transcript3 = assembly.transcript3(transcript2, shares);
    byte[] rosterHash =
        Attestation.rosterHash(
            assembly.sid(), roster, evidence.introKeys().stream().map(Bytes::toArray).toList());
    AuditedSetup audited =
        new AuditedSetup(
            new AuditedSetup.Facts(
                parameters,
                assembly.sid(),
                roster,
                transcript3,
                Bytes.of(rosterHash),
                evidence.groupKey()),
            pairs);
    EpochSecrets secrets = audited.secrets(AuditedSetup.noScalar());
    try (Attestation attestation =
        new Attestation(assembly.sid(), parameters, transcript3, rosterHash, secrets)) {
      for (Attest attest : attests) {
        attestation.check(attest, candidate(attest.header().sender()));
      }
    } finally {
      secrets.destroy();
    }
    return audited;
  }

  private Candidate candidate(int place) {
    return assembly.candidates().get(place);
  }

  private static void require(boolean holds, SetupCheck check, Candidate member)
      throws SetupFailedException {
    if (!holds) {
      throw SetupFailedException.of(check, member);
    }
  }

  private Roster roster(Predicate<Member> known) throws SetupFailedException {
    if (evidence.groupKey().length() == 0 || evidence.introKeys().size() != assembly.size()) {
      throw SetupFailedException.of(
          SetupCheck.BAD_INTRO_KEY, "not all keys of introductions are handed over");
    }
    List<Member> members = new ArrayList<>(assembly.size());
    for (Introduction message : introductions) {
      Candidate from = candidate(message.header().sender());
      introducing.requireShape(from, message, assembly.size() - 1);
      byte[] introKey = evidence.introKeys().get(from.index()).toArray();
      members.add(introducing.member(from, message, introKey));
    }
    Roster roster = Admission.roster(assembly, members);
    for (Member member : roster) {
      require(known.test(member), SetupCheck.NOT_ADMITTED, candidate(member.index()));
    }
    return roster;
  }

  private void checkCommitments() throws SetupFailedException {
    List<Bytes> contributions = evidence.contributions();
    if (contributions.isEmpty()) {
      return;
    }
    for (Candidate from : assembly.candidates()) {
      boolean isCommitted =
          contributions.size() == assembly.size()
              && introducing
                  .commitment(from.id(), contributions.get(from.index()).toArray())
                  .equals(introductions.get(from.index()).commitment());
      require(isCommitted, SetupCheck.SHARE_AGAINST_COMMITMENT, from);
    }
    byte[] groupKey =
        EpochSecrets.groupKey(assembly.sid(), contributions.stream().map(Bytes::toArray).toList());
    if (!Bytes.of(groupKey).equals(evidence.groupKey())) {
      throw SetupFailedException.of(
          SetupCheck.ATTEST_MISMATCH_KEY, "gk is not that of the contributions");
    }
  }

  private Map<AuditedSetup.Places, PairSecret> checkPairs(Roster roster, Bytes transcript2)
      throws SetupFailedException {
    Map<Integer, SecretScalar> scalars = agreementScalars();
    Map<AuditedSetup.Places, PairSecret> pairs = new HashMap<>();
    for (SetupEvidence.Pair pair : evidence.pairs()) {
      if (pair.second() >= assembly.size()) {
        throw SetupFailedException.of(SetupCheck.FOREIGN, "a pair without a place in the roster");
      }
      Candidate first = candidate(pair.first());
      Candidate second = candidate(pair.second());
      PairSecret secret =
          new PairSecret(
              assembly.sid(),
              first.id(),
              second.id(),
              pair.ephemeral().toArray(),
              evidence.preSharedKey().toArray());
      boolean isResumed = isResumed(secret, first, second);
      PairSecret.Mode mode = mode(pair, isResumed, second);
      checkAgreements(pair, mode, roster, scalars);
      secret.authenticate(mode, pair.authentication().toArray(), transcript2);
      Shares sharing = new Shares(introducing, transcript2);
      checkShare(
          sharing,
          first,
          second,
          secret.confirmationTo(transcript2),
          secret.sealTo(Shares.PURPOSE));
      checkShare(
          sharing,
          second,
          first,
          secret.confirmationFrom(transcript2),
          secret.sealFrom(Shares.PURPOSE));
      pairs.put(new AuditedSetup.Places(pair.first(), pair.second()), secret);
    }
    return pairs;
  }

  private Map<Integer, SecretScalar> agreementScalars() throws SetupFailedException {
    Map<Integer, SecretScalar> scalars = new HashMap<>();
    for (Map.Entry<Integer, Bytes> entry : evidence.agreementScalars().entrySet()) {
      if (entry.getKey() >= assembly.size()) {
        throw SetupFailedException.of(SetupCheck.FOREIGN, "a scalar without a place in the roster");
      }
      Candidate owner = candidate(entry.getKey());
      try {
        SecretScalar scalar = SecretScalar.of(entry.getValue().toArray());
        require(
            P256.engine().publicPoint(scalar).equals(owner.agreementKey()),
            SetupCheck.BAD_POINT,
            owner);
        scalars.put(entry.getKey(), scalar);
      } catch (IllegalArgumentException e) {
        throw SetupFailedException.of(SetupCheck.BAD_POINT, owner);
      }
    }
    return scalars;
  }

  /** Whether both members say that the pair resumes, after the checks of both seals. */
  private boolean isResumed(PairSecret secret, Candidate first, Candidate second)
      throws SetupFailedException {
    boolean bySecond =
        Introductions.isResumed(
            secret.sealFrom(Introductions.KEY_PURPOSE),
            second,
            introductions.get(second.index()),
            introductions.get(second.index()).sealedKeys().get(Assembly.entryFor(first, second)),
            evidence.introKeys().get(second.index()).toArray());
    boolean byFirst =
        Introductions.isResumed(
            secret.sealTo(Introductions.KEY_PURPOSE),
            first,
            introductions.get(first.index()),
            introductions.get(first.index()).sealedKeys().get(Assembly.entryFor(second, first)),
            evidence.introKeys().get(first.index()).toArray());
    return bySecond && byFirst;
  }

  private PairSecret.Mode mode(SetupEvidence.Pair pair, boolean isResumed, Candidate second)
      throws SetupFailedException {
    boolean isSigned = parameters.authentication() == AuthenticationMode.SIGNATURE;
    boolean hasAuthentication = pair.authentication().length() > 0;
    require(hasAuthentication != (isSigned && !isResumed), SetupCheck.BAD_CONFIRMATION, second);
    if (isResumed) {
      return PairSecret.Mode.RESUMED;
    }
    return isSigned ? PairSecret.Mode.SIGNATURE : PairSecret.Mode.TRIPLE_DH;
  }

  /** Does again every agreement of which one side's scalar was handed over. */
  private void checkAgreements(
      SetupEvidence.Pair pair,
      PairSecret.Mode mode,
      Roster roster,
      Map<Integer, SecretScalar> scalars)
      throws SetupFailedException {
    for (int place : new int[] {pair.first(), pair.second()}) {
      SecretScalar scalar = scalars.get(place);
      if (scalar == null) {
        continue;
      }
      int other = place == pair.first() ? pair.second() : pair.first();
      byte[] ee = P256.engine().agree(scalar, candidate(other).agreementKey());
      require(Bytes.of(ee).equals(pair.ephemeral()), SetupCheck.BAD_SEAL, candidate(other));
      if (mode == PairSecret.Mode.TRIPLE_DH) {
        byte[] agreed = P256.engine().agree(scalar, roster.get(other).identity());
        byte[] both = pair.authentication().toArray();
        // The agreement with the identity of the first member comes first.
        int offset = other == pair.first() ? 0 : P256.SCALAR_BYTES;
        require(
            Bytes.of(agreed).equals(Bytes.slice(both, offset, P256.SCALAR_BYTES)),
            SetupCheck.BAD_CONFIRMATION,
            candidate(other));
      }
    }
  }

  /** Checks what one member of a pair sent the other in its SHARE. */
  private void checkShare(
      Shares sharing, Candidate from, Candidate to, Bytes confirmation, Seal seal)
      throws SetupFailedException {
    // That it is the contribution handed over follows from the commitment, which holds for both.
    sharing.open(
        confirmation,
        seal,
        from,
        shares.get(from.index()),
        introductions.get(from.index()).commitment(),
        Assembly.entryFor(to, from),
        assembly.size() - 1);
  }
}
