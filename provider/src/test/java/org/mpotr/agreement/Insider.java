package org.mpotr.agreement;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mpotr.Participant;
import org.mpotr.Round;
import org.mpotr.Tampering;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.Seal;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SetupHeader;
import org.mpotr.wire.Share;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.WireWriter;

/**
 * A participant that holds all its own keys, goes through a set-up step by step, checks nothing,
 * and may lie at each step: a test overrides what it wants to be otherwise. Everything it sends
 * carries its true signature, so that no failure can be blamed on the relay.
 */
public class Insider implements Participant {

  /** One other member, for lies told to one alone. */
  public record Victim(int index, Bytes id) {}

  protected final EpochParameters parameters;
  protected final String nickname;
  protected final KeyPair identity;
  protected final SecureRandom random;
  private final EphemeralKeys ephemeral;
  private Assembly assembly;
  private Introductions introducing;
  private List<Peer> peers;
  private Bytes transcript2;

  /** An insider that passes for a member as long as nothing is overridden. */
  public Insider(
      EpochParameters parameters, String nickname, KeyPair identity, SecureRandom random) {
    this.parameters = parameters;
    this.nickname = nickname;
    this.identity = identity;
    this.random = random;
    this.ephemeral = new EphemeralKeys(random);
  }

  /** The HELLO. */
  protected Hello ownHello(Hello honest) {
    return honest;
  }

  /** The identity that is claimed: 91 bytes. */
  protected Bytes claimedIdentity() throws InvalidKeyException {
    return Bytes.of(SubjectPublicKey.encode(IdentityKeys.publicPoint(identity.getPublic())));
  }

  /** The bytes of the nickname that is claimed: 1 to 64. */
  protected Bytes claimedNickname() {
    return Bytes.of(nickname.getBytes(StandardCharsets.UTF_8));
  }

  /** The identity signature over {sid, m, A, E}; empty for none. */
  protected Bytes identitySignature(byte[] claim) throws InvalidKeyException {
    return parameters.authentication() == AuthenticationMode.SIGNATURE
        ? Bytes.of(IdentityKey.of(identity.getPrivate()).sign(claim, random))
        : Bytes.EMPTY;
  }

  /** What is sealed for one member: 16 bytes of the intro key and the flag. */
  protected byte[] sealedKeyContent(Victim to, byte[] introKeyAndFlag) {
    return introKeyAndFlag;
  }

  /** The whole INTRODUCTION, before it is signed. */
  protected Introduction introduction(Introduction honest) {
    return honest;
  }

  /** What the pair's key rests on besides the ephemeral agreement; 64 bytes in mode triple-dh. */
  protected byte[] pairAuthentication(Victim to, byte[] honest) {
    return honest;
  }

  /** Whether to act as if the pair resumed, with what {@link #pairAuthentication} gives. */
  protected boolean resumes(Victim to) {
    return false;
  }

  /** The confirmation for one member. */
  protected Bytes confirmationFor(Victim to, Bytes honest) {
    return honest;
  }

  /** The contribution for one member; the commitment is to the given one. */
  protected byte[] contributionFor(Victim to, byte[] committed) {
    return committed;
  }

  /** The whole ATTEST, before it is signed. */
  protected Attest attest(Attest honest) {
    return honest;
  }

  /** What another member sealed for this one: its intro key or its contribution. */
  protected void learned(Bytes secret) {
    // Most insiders have no use for it.
  }

  /** The pre-shared key. */
  protected byte[] psk() {
    return new byte[0];
  }

  /** An INTRODUCTION with a true signature, for whoever gets to see it. */
  public Key signed(Introduction message) {
    return new MessageKey(message.signed(ephemeral.sign(message)));
  }

  /** A SHARE with a true signature, for whoever gets to see it. */
  public Key signed(Share message) {
    return new MessageKey(message.signed(ephemeral.sign(message)));
  }

  /** Another member's INTRODUCTION with another nickname, as one who has its key may seal it. */
  public Key renaming(Key said, String newName) {
    Introduction message = (Introduction) ((MessageKey) said).message();
    Peer peer = peer(message.header().sender());
    try {
      int entry = Assembly.entryFor(assembly.own(), peer.candidate());
      OpenedIntroduction opened = introducing.open(peer, message, entry, peers.size());
      Bytes id = peer.candidate().id();
      WireWriter input = WireWriter.labelled("intro body", assembly.sid()).opaque(id);
      byte[] key = Labelled.extract(assembly.sid().toArray(), input.opaque(opened.introKey()));
      Bytes identity = Bytes.of(SubjectPublicKey.encode(opened.member().identity()));
      Bytes name = Bytes.of(newName.getBytes(StandardCharsets.UTF_8));
      Bytes body =
          new Seal(key, assembly.sid(), "introduction", id, Bytes.EMPTY)
              .seal(
                  message.header().encoded(),
                  new IntroductionBody(name, identity, Bytes.EMPTY).encoded());
      return new MessageKey(Tampering.withBody(message, body));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The commitment to a contribution. */
  public Bytes commitmentTo(byte[] contribution) {
    return introducing.commitment(assembly.own().id(), contribution);
  }

  /** The agreement of one's own x with some point. */
  protected byte[] agreeEphemeral(PublicPoint with) {
    return P256.engine().agree(ephemeral.agreementScalar(), with);
  }

  Assembly assembly() {
    return assembly;
  }

  Introductions introductions() {
    return introducing;
  }

  Peer peer(int index) {
    return peers.get(Assembly.entryFor(assembly.candidates().get(index), assembly.own()));
  }

  Bytes transcript2() {
    return transcript2;
  }

  /** The session id, once the HELLOs are there. */
  protected Bytes sid() {
    return assembly.sid();
  }

  /** One's own id, once the HELLOs are there. */
  protected Bytes ownId() {
    return assembly.own().id();
  }

  /** One's own E. */
  protected Bytes signatureKey() {
    return ephemeral.hello().signatureKey();
  }

  /** One's own place, once the HELLOs are there. */
  public int ownIndex() {
    return assembly.ownIndex();
  }

  @Override
  public Key hello() {
    return new MessageKey(ownHello(ephemeral.hello()));
  }

  @Override
  public Key answer(Round heard, List<Key> messages) throws InvalidKeyException {
    List<Message> decoded = RoundKey.of(messages).messages();
    return switch (heard) {
      case HELLO -> introducing(decoded);
      case INTRODUCTION -> sharing(decoded);
      case SHARE -> attesting(decoded);
      case ATTEST -> null;
    };
  }

  @Override
  public Optional<GroupKey> takeKey() {
    return Optional.empty();
  }

  private Key introducing(List<Message> hellos) throws InvalidKeyException {
    assembly = Assembly.of(parameters, hellos, ownHello(ephemeral.hello()));
    introducing = new Introductions(assembly.sid(), parameters.authentication());
    Candidate own = assembly.own();
    peers = new ArrayList<>();
    for (Candidate peer : assembly.peers()) {
      byte[] agreed = agreeEphemeral(peer.agreementKey());
      PairSecret secret = new PairSecret(assembly.sid(), own.id(), peer.id(), agreed, psk());
      peers.add(new Peer(peer, secret, null, new byte[0]));
    }
    Bytes claimed = claimedIdentity();
    byte[] claim = introducing.identityClaim(own.id(), claimed, ephemeral.hello().signatureKey());
    IntroductionBody body =
        new IntroductionBody(claimedNickname(), claimed, identitySignature(claim));
    Introduction honest = introducing.make(own, ephemeral, body, peers, Cores.CALLER);
    List<Bytes> keys = new ArrayList<>();
    for (Peer peer : peers) {
      byte[] content = Arrays.copyOf(ephemeral.introKey(), EphemeralKeys.INTRO_KEY_BYTES + 1);
      keys.add(
          peer.secret()
              .sealTo("introduction key")
              .seal(honest.header().encoded(), sealedKeyContent(victim(peer), content)));
    }
    return signed(
        introduction(
            new Introduction(
                honest.header(),
                honest.introKeyHash(),
                honest.sealedBody(),
                keys,
                honest.commitment(),
                Bytes.EMPTY)));
  }

  private Key sharing(List<Message> messages) throws InvalidKeyException {
    List<Introduction> introductions = inOrder(Introduction.class, messages);
    for (Peer peer : peers) {
      Introduction message = introductions.get(peer.candidate().index());
      int entry = Assembly.entryFor(assembly.own(), peer.candidate());
      peer.introduced(introducing.open(peer, message, entry, peers.size()));
    }
    transcript2 = assembly.transcript2(introductions);
    SetupHeader header = new SetupHeader(MessageType.SHARE, assembly.sid(), assembly.ownIndex());
    List<Share.Entry> entries = new ArrayList<>();
    for (Peer peer : peers) {
      Victim to = victim(peer);
      byte[] material = pairAuthentication(to, material(peer));
      PairSecret.Mode mode = resumes(to) ? PairSecret.Mode.RESUMED : pairMode();
      peer.secret().authenticate(mode, material, transcript2);
      byte[] contribution = contributionFor(to, ephemeral.contribution().clone());
      entries.add(
          new Share.Entry(
              confirmationFor(to, peer.secret().confirmationTo(transcript2)),
              peer.secret().sealTo("share").seal(header.encoded(), contribution)));
    }
    return signed(new Share(header, entries, Bytes.EMPTY));
  }

  private PairSecret.Mode pairMode() {
    return parameters.authentication() == AuthenticationMode.SIGNATURE
        ? PairSecret.Mode.SIGNATURE
        : PairSecret.Mode.TRIPLE_DH;
  }

  private byte[] material(Peer peer) throws InvalidKeyException {
    if (parameters.authentication() == AuthenticationMode.SIGNATURE) {
      return new byte[0];
    }
    byte[] own =
        IdentityKey.of(identity.getPrivate())
            .agree(List.of(peer.candidate().agreementKey()))
            .get(0);
    byte[] others = agreeEphemeral(peer.member().identity());
    boolean isFirst = peer.secret().isOwnFirst();
    return new WireWriter().opaque(isFirst ? own : others).opaque(isFirst ? others : own).finish();
  }

  private Key attesting(List<Message> messages) throws InvalidKeyException {
    List<Share> shares = inOrder(Share.class, messages);
    Bytes transcript3 = assembly.transcript3(transcript2, shares);
    Attestation attestation = attestation(shares, transcript3);
    Attest said = attest(attestation.make(assembly.own(), ephemeral));
    return new MessageKey(said.signed(ephemeral.sign(said)));
  }

  /** What is attested after these SHAREs. */
  Attestation attestation(List<Share> shares, Bytes transcript3) throws InvalidKeyException {
    List<byte[]> contributions = new ArrayList<>();
    contributions.add(ephemeral.contribution());
    for (Peer peer : peers) {
      Share share = shares.get(peer.candidate().index());
      Share.Entry entry = share.entries().get(Assembly.entryFor(assembly.own(), peer.candidate()));
      peer.secret()
          .sealFrom("share")
          .open(share.header().encoded(), entry.sealedContribution())
          .ifPresent(contributions::add);
      learned(Bytes.of(peer.introduction().introKey()));
    }
    contributions.stream().skip(1).forEach(contribution -> learned(Bytes.of(contribution)));
    byte[] rosterHash = rosterHash();
    EpochSecrets secrets =
        EpochSecrets.derive(
            assembly.sid(),
            contributions,
            transcript3,
            rosterHash,
            ephemeral.handOverSignatureScalar());
    return new Attestation(assembly.sid(), parameters, transcript3, rosterHash, secrets);
  }

  private byte[] rosterHash() throws InvalidKeyException {
    WireWriter input = WireWriter.labelled("roster", assembly.sid());
    for (Candidate candidate : assembly.candidates()) {
      boolean isOwn = candidate.index() == assembly.ownIndex();
      OpenedIntroduction opened =
          isOwn ? null : peers.get(Assembly.entryFor(candidate, assembly.own())).introduction();
      input
          .opaque(candidate.id())
          .opaque(isOwn ? ephemeral.introKey() : opened.introKey())
          .opaque(candidate.agreementKey().encoded())
          .opaque(candidate.signatureKey().encoded())
          .vector(isOwn ? claimedNickname().toArray() : opened.member().nickname().utf8())
          .vector(
              isOwn
                  ? claimedIdentity().toArray()
                  : SubjectPublicKey.encode(opened.member().identity()));
    }
    return Labelled.hash(input);
  }

  <T extends SignedMessage> List<T> inOrder(Class<T> type, List<Message> messages)
      throws InvalidKeyException {
    List<T> found = new ArrayList<>();
    for (Candidate candidate : assembly.candidates()) {
      messages.stream()
          .filter(type::isInstance)
          .map(type::cast)
          .filter(message -> message.header().sender() == candidate.index())
          .findFirst()
          .ifPresent(found::add);
    }
    if (found.size() != assembly.size()) {
      throw new InvalidKeyException("not even an insider goes on without everybody");
    }
    return found;
  }

  private static Victim victim(Peer peer) {
    return new Victim(peer.candidate().index(), peer.candidate().id());
  }
}
