package org.mpotr.session;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.identity.Nickname;

/**
 * What a member brings to a channel: who it is, what it wants to hold in common with others, and
 * whom it admits. Immutable; each {@code with} gives a changed copy.
 */
public final class ChannelSpec {

  private final PrivateKey identity;
  private final PublicKey publicIdentity;
  private final Nickname nickname;
  private final EpochParameters parameters;
  private Predicate<Member> policy;
  private Predicate<Limits> limitsPolicy;
  private PreSharedKey preSharedKey;
  private SecureRandom random;
  private boolean isRecorded;

  /** Null for the caller's thread alone. */
  private Executor executor;

  private ChannelSpec(
      PrivateKey identity,
      PublicKey publicIdentity,
      Nickname nickname,
      EpochParameters parameters) {
    this.identity = identity;
    this.publicIdentity = publicIdentity;
    this.nickname = nickname;
    this.parameters = parameters;
    policy = member -> parameters.joinPolicy() != JoinPolicy.KNOWN_IDENTITIES;
    limitsPolicy = limits -> false;
    random = new SecureRandom();
  }

  /** A copy, of which a setting is changed before anybody sees it. */
  private ChannelSpec(ChannelSpec spec) {
    identity = spec.identity;
    publicIdentity = spec.publicIdentity;
    nickname = spec.nickname;
    parameters = spec.parameters;
    policy = spec.policy;
    limitsPolicy = spec.limitsPolicy;
    preSharedKey = spec.preSharedKey;
    random = spec.random;
    isRecorded = spec.isRecorded;
    executor = spec.executor;
  }

  /**
   * A member who admits everybody; where the join policy is known identities, nobody before {@link
   * #withPolicy} says who is known. It agrees to no other limits than its application asks for.
   *
   * @param parameters of the first epoch of the channel; of a later one, channel, authentication,
   *     join policy and kind of pre-shared key must be the same
   * @throws IllegalArgumentException when the nickname breaks its rules, or the parameters are not
   *     those of a first epoch
   */
  public static ChannelSpec of(
      PrivateKey identity, PublicKey publicIdentity, String nickname, EpochParameters parameters) {
    if (parameters.epoch() != 0) {
      throw new IllegalArgumentException("a channel starts with the parameters of a first epoch");
    }
    return new ChannelSpec(identity, publicIdentity, new Nickname(nickname), parameters);
  }

  /**
   * The same with the member's own policy: it sees everybody else, once the identity is proved,
   * before anything that only members may know is sent.
   */
  public ChannelSpec withPolicy(Predicate<Member> admits) {
    ChannelSpec spec = new ChannelSpec(this);
    spec.policy = admits;
    return spec;
  }

  /**
   * The same with a policy on limits that another member proposes for all (PROTOCOL.md, section
   * 9.2): how long epochs and set-ups last, how large groups and frames may be.
   */
  public ChannelSpec withLimitsPolicy(Predicate<Limits> accepts) {
    ChannelSpec spec = new ChannelSpec(this);
    spec.limitsPolicy = accepts;
    return spec;
  }

  /** The same with a pre-shared key, which stays the caller's to destroy. */
  public ChannelSpec withPreSharedKey(PreSharedKey key) {
    ChannelSpec spec = new ChannelSpec(this);
    spec.preSharedKey = key;
    return spec;
  }

  /** The same with another source of randomness. */
  public ChannelSpec withRandom(SecureRandom source) {
    ChannelSpec spec = new ChannelSpec(this);
    spec.random = source;
    return spec;
  }

  /**
   * The same with epochs that are recorded, see {@link Channel#recording}: for whoever wants to
   * keep what was said, or to show that anybody can change it. This member then holds what opens
   * the frames of an epoch after its keys are erased, and there is no forward secrecy against
   * whoever takes it from it.
   */
  public ChannelSpec withRecordings() {
    ChannelSpec spec = new ChannelSpec(this);
    spec.isRecorded = true;
    return spec;
  }

  /**
   * The same with threads that share the work of set-ups, which grows with the number of members
   * (see {@link SessionParameterSpec#withExecutor}). What the channel is called with still returns
   * when it is done. Without them everything runs in the thread that calls.
   */
  public ChannelSpec withExecutor(Executor threads) {
    ChannelSpec spec = new ChannelSpec(this);
    spec.executor = threads;
    return spec;
  }

  boolean isRecorded() {
    return isRecorded;
  }

  PrivateKey identity() {
    return identity;
  }

  PublicKey publicIdentity() {
    return publicIdentity;
  }

  /** The member's nickname. */
  public Nickname nickname() {
    return nickname;
  }

  /** The parameters of the first epoch. */
  public EpochParameters parameters() {
    return parameters;
  }

  Predicate<Member> policy() {
    return policy;
  }

  Optional<PreSharedKey> preSharedKey() {
    return Optional.ofNullable(preSharedKey);
  }

  SecureRandom random() {
    return random;
  }

  /** Whether the parameters of an epoch are ones that this member takes part under. */
  boolean accepts(EpochParameters other) {
    return other.channel().equals(parameters.channel())
        && other.authentication() == parameters.authentication()
        && other.joinPolicy() == parameters.joinPolicy()
        && other.preSharedKey().equals(parameters.preSharedKey());
  }

  /** Whether the application accepts limits that somebody else asks for. */
  boolean acceptsLimits(Limits limits) {
    return limitsPolicy.test(limits);
  }

  /** The specification of a set-up under these parameters. */
  SessionParameterSpec session(EpochParameters other, Predicate<Member> admits) {
    SessionParameterSpec spec =
        SessionParameterSpec.of(other, nickname).withPolicy(admits.and(policy));
    if (executor != null) {
      spec = spec.withExecutor(executor);
    }
    return preSharedKey().map(spec::withPreSharedKey).orElse(spec);
  }
}
