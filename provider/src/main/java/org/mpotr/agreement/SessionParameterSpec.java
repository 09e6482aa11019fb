package org.mpotr.agreement;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.identity.Nickname;

/**
 * What {@code KeyAgreement} "mpOTR" is initialized with (PROTOCOL.md, section 4.9): the parameters
 * that all members attest, and what is the member's own. Immutable; each {@code with} gives a
 * changed copy.
 */
public final class SessionParameterSpec implements AlgorithmParameterSpec {

  private final EpochParameters parameters;
  private final Nickname nickname;
  private final PreSharedKey preSharedKey;
  private final Predicate<Member> policy;
  private final GroupKey previous;
  private final Cores cores;

  private SessionParameterSpec(
      EpochParameters parameters,
      Nickname nickname,
      PreSharedKey preSharedKey,
      Predicate<Member> policy,
      GroupKey previous,
      Cores cores) {
    this.parameters = parameters;
    this.nickname = nickname;
    this.preSharedKey = preSharedKey;
    this.policy = policy;
    this.previous = previous;
    this.cores = cores;
  }

  /** A member of this nickname in an epoch of these parameters. */
  public static SessionParameterSpec of(EpochParameters parameters, Nickname nickname) {
    return new SessionParameterSpec(parameters, nickname, null, null, null, Cores.CALLER);
  }

  /**
   * A member of this nickname in the first epoch of a channel with the default parameters.
   *
   * @throws IllegalArgumentException when channel or nickname break their rules
   */
  public static SessionParameterSpec of(String channel, String nickname) {
    return of(EpochParameters.of(channel), new Nickname(nickname));
  }

  /** The same with a pre-shared key, which stays the caller's to destroy. */
  public SessionParameterSpec withPreSharedKey(PreSharedKey key) {
    return new SessionParameterSpec(parameters, nickname, key, policy, previous, cores);
  }

  /**
   * The same with the member's own policy: it sees every other member once its identity is proved,
   * and before anything that only members may know is sent; whom it turns down ends the set-up with
   * {@code not-admitted}.
   */
  public SessionParameterSpec withPolicy(Predicate<Member> admits) {
    return new SessionParameterSpec(parameters, nickname, preSharedKey, admits, previous, cores);
  }

  /** The same with the key of the epoch before, from which pairs may resume. */
  public SessionParameterSpec withPrevious(GroupKey key) {
    return new SessionParameterSpec(parameters, nickname, preSharedKey, policy, key, cores);
  }

  /**
   * The same with threads that share the work of the set-up, which grows with the number of
   * members; each phase returns when all of it is done. Without them everything runs in the
   * caller's thread.
   */
  public SessionParameterSpec withExecutor(Executor executor) {
    return new SessionParameterSpec(
        parameters, nickname, preSharedKey, policy, previous, Cores.of(executor));
  }

  /** The parameters that all members attest. */
  public EpochParameters parameters() {
    return parameters;
  }

  /** The member's own nickname. */
  public Nickname nickname() {
    return nickname;
  }

  /** The pre-shared key. */
  public Optional<PreSharedKey> preSharedKey() {
    return Optional.ofNullable(preSharedKey);
  }

  /** The key of the epoch before. */
  public Optional<GroupKey> previous() {
    return Optional.ofNullable(previous);
  }

  Cores cores() {
    return cores;
  }

  boolean admits(Member member) {
    return policy == null || policy.test(member);
  }

  /** Checks what the parts say of each other. */
  void requireConsistent() throws InvalidAlgorithmParameterException {
    PreSharedKeyScheme.Kind given =
        preSharedKey == null ? PreSharedKeyScheme.Kind.NONE : preSharedKey.kind();
    if (given != parameters.preSharedKey().kind()) {
      throw new InvalidAlgorithmParameterException(
          "the pre-shared key is not of the kind that the parameters name");
    }
    if (parameters.joinPolicy() == JoinPolicy.KNOWN_IDENTITIES && policy == null) {
      throw new InvalidAlgorithmParameterException("this join policy needs a policy of one's own");
    }
    if (previous != null) {
      requireSuccessor(previous);
    }
  }

  private void requireSuccessor(GroupKey before) throws InvalidAlgorithmParameterException {
    if (before.isDestroyed()) {
      throw new InvalidAlgorithmParameterException("the keys of the epoch before are erased");
    }
    if (!parameters.previousSid().equals(before.sid())
        || parameters.epoch() <= before.parameters().epoch()
        || !parameters.channel().equals(before.parameters().channel())) {
      throw new InvalidAlgorithmParameterException(
          "the parameters do not follow the epoch whose key is given");
    }
    if (!before.roster().get(before.ownIndex()).nickname().equals(nickname)) {
      throw new InvalidAlgorithmParameterException("a continuing member keeps its nickname");
    }
  }
}
