package org.mpotr.agreement;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SetupHeader;
import org.mpotr.wire.Share;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.Start;

/**
 * One member's way through one attempt at an epoch (PROTOCOL.md, section 4): HELLO, INTRODUCTION,
 * SHARE, ATTEST, and the key. Each step takes all messages of the round before. A failed check ends
 * the attempt and erases it, but for those of {@link SetupCheck#isFatal()} false, which leave it
 * where it was. Not thread-safe.
 */
public final class Setup implements Destroyable {

  /** What the attempt waits for. */
  public enum State {
    /** The member's own identity. */
    START,
    /** All HELLOs. */
    HELLO,
    /** All INTRODUCTIONs. */
    INTRODUCTION,
    /** All SHAREs. */
    SHARE,
    /** All ATTESTs. */
    ATTEST,
    /** The key to be taken. */
    COMPLETE,
    /** Nothing: the key was taken, a check failed, or the attempt was given up. */
    OVER
  }

  private final IdentityKey identityKey;
  private final SecureRandom random;
  private SessionParameterSpec spec;
  private EpochParameters parameters;
  private byte[] psk;
  private Cores cores;

  private State state = State.START;
  private EphemeralKeys ephemeral;
  private PublicPoint ownIdentity;
  private Assembly assembly;
  private Introductions introducing;
  private List<Peer> peers = List.of();
  private Roster roster;
  private Introduction ownIntroduction;
  private Share ownShare;
  private Attest ownAttest;
  private final List<SignedMessage> received = new ArrayList<>();
  private List<Introduction> introductions;
  private Shares sharing;
  private Attestation attestation;
  private EpochSecrets secrets;
  private Abort abort;

  /**
   * The messages whose signatures are known to hold, as encoded: the hash code of a record is made
   * at run time, which takes a tenth of a first set-up.
   */
  private final Set<Bytes> verified = new HashSet<>();

  /**
   * A fresh attempt.
   *
   * @param identityKey the member's long-term key, which stays the caller's to destroy
   * @param random the source of everything that is fresh
   * @throws InvalidAlgorithmParameterException when the parts of the specification contradict each
   *     other
   */
  public Setup(IdentityKey identityKey, SessionParameterSpec spec, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    spec.requireConsistent();
    this.identityKey = identityKey;
    this.random = random;
    this.psk = derive(spec);
    adopt(spec);
  }

  private static byte[] derive(SessionParameterSpec spec) {
    Optional<PreSharedKey> key = spec.preSharedKey();
    return key.isPresent() ? key.get().derive(spec.parameters().preSharedKey()) : new byte[0];
  }

  private void adopt(SessionParameterSpec newSpec) {
    spec = newSpec;
    parameters = newSpec.parameters();
    cores = newSpec.cores();
  }

  /**
   * Takes what a START says (PROTOCOL.md, section 9) in place of what the attempt was made with: a
   * HELLO tells nothing of the parameters, so that a member may say it before it knows them.
   *
   * @throws InvalidAlgorithmParameterException when the parts of the specification contradict each
   *     other, or name another authentication mode or nickname
   * @throws IllegalStateException unless the attempt has said its HELLO and waits for others'
   */
  public void follow(SessionParameterSpec started) throws InvalidAlgorithmParameterException {
    require(State.HELLO);
    started.requireConsistent();
    if (started.parameters().authentication() != parameters.authentication()
        || !started.nickname().equals(spec.nickname())) {
      throw new InvalidAlgorithmParameterException(
          "another authentication mode or nickname wants another attempt");
    }
    if (!started.parameters().preSharedKey().equals(parameters.preSharedKey())) {
      Arrays.fill(psk, (byte) 0);
      psk = derive(started);
    }
    adopt(started);
  }

  /**
   * The START of an epoch with the parameters of this attempt, signed by its E (PROTOCOL.md,
   * section 9).
   *
   * @param proposal the id of the frame that it carries out, or {@link Start#NO_PROPOSAL}
   * @param helloHashes of all HELLOs, one's own among them, in any order
   * @throws IllegalStateException unless the attempt has said its HELLO and waits for others'
   */
  public Start start(Bytes proposal, Collection<Bytes> helloHashes) {
    require(State.HELLO);
    List<Bytes> sorted = helloHashes.stream().sorted().toList();
    Bytes own = ephemeral.hello().signatureKey();
    Start unsigned = new Start(parameters.encoded(), proposal, sorted, own, Bytes.EMPTY);
    return unsigned.signed(ephemeral.sign(StartSignature.digest(unsigned)));
  }

  /** The session id, once all HELLOs are there. */
  public Bytes sid() {
    if (assembly == null) {
      throw new IllegalStateException("there is no session id before all HELLOs are there");
    }
    return assembly.sid();
  }

  /** One's own place in the roster, once all HELLOs are there. */
  public int ownIndex() {
    return assembly.ownIndex();
  }

  /** The roster, once all introductions are checked. */
  public Optional<Roster> roster() {
    return Optional.ofNullable(roster);
  }

  /** Which of these messages of the session their senders signed, verified together. */
  public boolean[] verify(List<? extends SignedMessage> messages) {
    List<P256.Claim> claims = new ArrayList<>(messages.size());
    boolean[] possible = new boolean[messages.size()];
    for (int i = 0; i < possible.length; i++) {
      SignedMessage message = messages.get(i);
      int sender = message.header().sender();
      byte[] signature = message.signature().toArray();
      possible[i] =
          sender < assembly.size()
              && message.header().sid().equals(assembly.sid())
              && P256.isLowS(signature);
      if (possible[i]) {
        claims.add(
            new P256.Claim(
                assembly.candidates().get(sender).signatureKey(),
                EphemeralKeys.digest(message),
                signature));
      }
    }
    boolean[] verdicts = P256.engine().verify(claims);
    for (int i = 0, next = 0; i < possible.length; i++) {
      possible[i] = possible[i] && verdicts[next++];
      if (possible[i]) {
        verified.add(messages.get(i).encoded());
      }
    }
    return possible;
  }

  /** The notice that this attempt has failed, if a check failed after all HELLOs were there. */
  public Optional<Abort> abort() {
    return Optional.ofNullable(abort);
  }

  /**
   * Gives the attempt up and says so.
   *
   * @param check of {@link Abort}
   */
  public Optional<Abort> giveUp(int check) {
    prepareAbort(check);
    destroy();
    return abort();
  }

  private void prepareAbort(int check) {
    if (assembly != null && ephemeral != null && state != State.OVER && secrets == null) {
      SetupHeader header = new SetupHeader(MessageType.ABORT, assembly.sid(), assembly.ownIndex());
      Abort unsigned = new Abort(header, check, Bytes.EMPTY);
      abort = unsigned.signed(ephemeral.sign(unsigned));
    }
  }

  /** What the attempt waits for. */
  public State state() {
    return state;
  }

  /** One's own HELLO, section 4.3. */
  public Hello hello(PublicPoint publicIdentity) throws InvalidKeyException {
    return step(State.START, State.HELLO, () -> makeHello(publicIdentity));
  }

  /**
   * One's own INTRODUCTION, section 4.4.
   *
   * @param hellos of all members
   * @param continuing the place in the roster before of each member that comes from there
   */
  public Introduction introduce(List<Message> hellos, Map<Hello, Integer> continuing)
      throws InvalidKeyException {
    return step(State.HELLO, State.INTRODUCTION, () -> makeIntroduction(hellos, continuing));
  }

  /** One's own SHARE, section 4.5, from the INTRODUCTIONs of all members. */
  public Share share(List<Message> messages) throws InvalidKeyException {
    return step(State.INTRODUCTION, State.SHARE, () -> makeShare(messages));
  }

  /** One's own ATTEST, section 4.6, from the SHAREs of all members. */
  public Attest attest(List<Message> messages) throws InvalidKeyException {
    return step(State.SHARE, State.ATTEST, () -> makeAttest(messages));
  }

  /** Checks the ATTESTs of all members, section 4.7, after which the key may be taken. */
  public void conclude(List<Message> messages) throws InvalidKeyException {
    step(
        State.ATTEST,
        State.COMPLETE,
        () -> {
          checkAttests(messages);
          return null;
        });
  }

  /**
   * The key that all members attested, once; the attempt is over then.
   *
   * @throws IllegalStateException before the ATTESTs of all members were checked, and after the key
   *     was taken
   */
  public GroupKey takeGroupKey() {
    require(State.COMPLETE);
    state = State.OVER;
    GroupKey key = new GroupKey(parameters, assembly.sid(), roster, assembly.ownIndex(), secrets);
    secrets = null;
    return key;
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws InvalidKeyException;
  }

  private <T> T step(State from, State to, Step<T> step) throws InvalidKeyException {
    require(from);
    boolean over = true;
    try {
      T result = step.take();
      over = false;
      state = to;
      return result;
    } catch (SetupFailedException e) {
      over = e.check().isFatal();
      if (over) {
        prepareAbort(e.check() == SetupCheck.NOT_ADMITTED ? Abort.NOT_ADMITTED : Abort.FAILED);
      }
      throw over ? blame(e) : e;
    } finally {
      if (over) {
        destroy();
      }
    }
  }

  private void require(State expected) {
    if (state != expected) {
      throw new IllegalStateException("the attempt waits for " + state + ", not for " + expected);
    }
  }

  /**
   * Who is to blame for a failed check: a member whose message of rounds 2 and 3 does not carry its
   * signature did not send it, whatever else is wrong (PROTOCOL.md, section 4.8).
   */
  private SetupFailedException blame(SetupFailedException failure) {
    for (SignedMessage message : received) {
      Candidate sender = assembly.candidates().get(message.header().sender());
      if (!EphemeralKeys.verify(sender.signatureKey(), message)) {
        SetupFailedException altered = SetupFailedException.of(SetupCheck.BAD_SIGNATURE, sender);
        altered.initCause(failure);
        return altered;
      }
    }
    return failure;
  }

  private Hello makeHello(PublicPoint publicIdentity) throws InvalidKeyException {
    if (parameters.authentication() == AuthenticationMode.TRIPLE_DH
        && !identityKey.isOf(publicIdentity)) {
      throw notOfIdentity();
    }
    ownIdentity = publicIdentity;
    ephemeral = new EphemeralKeys(random);
    return ephemeral.hello();
  }

  private static InvalidKeyException notOfIdentity() {
    return new InvalidKeyException("the public key is not that of the identity key");
  }

  private Introduction makeIntroduction(List<Message> hellos, Map<Hello, Integer> continuing)
      throws InvalidKeyException {
    Assembly assembled = Assembly.of(parameters, hellos, ephemeral.hello());
    Continuity continuity = Continuity.of(spec, assembled, continuing);
    assembly = assembled;
    introducing = new Introductions(assembly.sid(), parameters.authentication());
    Candidate own = assembly.own();
    List<Candidate> others = assembly.peers();
    List<PublicPoint> keys = new ArrayList<>(others.size());
    for (Candidate peer : others) {
      keys.add(peer.agreementKey());
    }
    List<byte[]> agreed =
        cores.map(keys, part -> P256.engine().agree(ephemeral.agreementScalar(), part));
    List<Peer> found = new ArrayList<>(others.size());
    for (int i = 0; i < others.size(); i++) {
      Candidate peer = others.get(i);
      found.add(
          new Peer(
              peer,
              new PairSecret(assembly.sid(), own.id(), peer.id(), agreed.get(i), psk),
              continuity.before(peer),
              continuity.resumption(peer)));
    }
    peers = found;
    ownIntroduction = introducing.make(own, ephemeral, ownBody(own), peers, cores);
    return ownIntroduction;
  }

  private IntroductionBody ownBody(Candidate own) throws InvalidKeyException {
    Bytes identity = Bytes.of(SubjectPublicKey.encode(ownIdentity));
    Bytes signature = Bytes.EMPTY;
    if (parameters.authentication() == AuthenticationMode.SIGNATURE) {
      byte[] claim = introducing.identityClaim(own.id(), identity, own.hello().signatureKey());
      signature = Bytes.of(identityKey.sign(claim, random));
    }
    IntroductionBody body =
        new IntroductionBody(Bytes.of(spec.nickname().utf8()), identity, signature);
    if (signature.length() > 0 && !introducing.verifyIdentity(own, ownIdentity, body)) {
      throw notOfIdentity();
    }
    return body;
  }

  private Share makeShare(List<Message> messages) throws InvalidKeyException {
    introductions = assembly.collect(Introduction.class, messages, ownIntroduction);
    received.addAll(introductions);
    cores.map(peers, this::openIntroductions);
    roster = Admission.roster(assembly, peers, ownMember(), spec);
    Bytes transcript2 = assembly.transcript2(introductions);
    new PairAuthentication(identityKey, ephemeral.agreementScalar(), parameters.authentication())
        .authenticate(peers, transcript2, cores);
    sharing = new Shares(introducing, transcript2);
    ownShare = sharing.make(assembly.own(), ephemeral, peers, cores);
    return ownShare;
  }

  private List<Peer> openIntroductions(List<Peer> part) throws SetupFailedException {
    for (Peer peer : part) {
      Candidate from = peer.candidate();
      Introduction message = introductions.get(from.index());
      int entry = Assembly.entryFor(assembly.own(), from);
      peer.introduced(introducing.open(peer, message, entry, peers.size()));
      if (Continuity.isChanged(peer)) {
        throw SetupFailedException.of(SetupCheck.IDENTITY_CHANGED, from);
      }
    }
    return part;
  }

  private Member ownMember() {
    Candidate own = assembly.own();
    return new Member(
        own.index(),
        own.id(),
        spec.nickname(),
        ownIdentity,
        own.agreementKey(),
        own.signatureKey());
  }

  private Attest makeAttest(List<Message> messages) throws InvalidKeyException {
    List<Share> shares = assembly.collect(Share.class, messages, ownShare);
    received.addAll(shares);
    cores.map(peers, part -> openShares(part, shares));
    Bytes transcript3 = assembly.transcript3(sharing.transcript2(), shares);
    byte[] rosterHash = Attestation.rosterHash(assembly.sid(), roster, introKeys());
    List<byte[]> contributions = new ArrayList<>(peers.size() + 1);
    for (Peer peer : peers) {
      contributions.add(peer.contribution());
    }
    contributions.add(ephemeral.contribution());
    secrets =
        EpochSecrets.derive(
            assembly.sid(),
            contributions,
            transcript3,
            rosterHash,
            ephemeral.handOverSignatureScalar());
    keepPairs(transcript3);
    attestation = new Attestation(assembly.sid(), parameters, transcript3, rosterHash, secrets);
    ownAttest = attestation.make(assembly.own(), ephemeral);
    return ownAttest;
  }

  private List<Peer> openShares(List<Peer> part, List<Share> shares) throws SetupFailedException {
    for (Peer peer : part) {
      int from = peer.candidate().index();
      Bytes commitment = introductions.get(from).commitment();
      int entry = Assembly.entryFor(assembly.own(), peer.candidate());
      peer.contributed(sharing.open(peer, shares.get(from), commitment, entry, peers.size()));
    }
    return part;
  }

  private void keepPairs(Bytes transcript3) {
    for (Peer peer : peers) {
      int inARow = 0;
      if (peer.resumes()) {
        Member before = peer.before().orElseThrow();
        inARow = 1 + previousSecrets().resumedInARow(before.id());
      }
      secrets.keep(peer.candidate().id(), peer.secret().remaining(transcript3, inARow));
    }
  }

  private EpochSecrets previousSecrets() {
    return spec.previous().orElseThrow().secrets(SecretAccess.GRANTED);
  }

  /**
   * The keys of all introductions in roster order, 16 bytes each, for a member that records the
   * epoch. They are erased when all have attested.
   *
   * @throws IllegalStateException unless the attempt waits for ATTESTs
   */
  public List<Bytes> introductionKeys(SecretAccess access) {
    Objects.requireNonNull(access);
    require(State.ATTEST);
    return introKeys().stream().map(Bytes::of).toList();
  }

  /** The keys of all introductions in roster order, not copies. */
  private List<byte[]> introKeys() {
    List<byte[]> keys = new ArrayList<>(roster.size());
    peers.forEach(peer -> keys.add(peer.introduction().introKey()));
    keys.add(assembly.ownIndex(), ephemeral.introKey());
    return keys;
  }

  /**
   * The secret x of this attempt, for this library's own forger, which plays all members.
   *
   * @throws IllegalStateException unless the attempt has said its HELLO and waits for others'
   */
  public SecretScalar agreementScalar(SecretAccess access) {
    Objects.requireNonNull(access);
    require(State.HELLO);
    return ephemeral.agreementScalar();
  }

  /**
   * What this member could hand over of the set-up, for this library's own judge and forger of
   * transcripts (PROTOCOL.md, section 8.3). It is erased when all have attested.
   *
   * @throws IllegalStateException unless the attempt waits for ATTESTs
   * @throws InvalidKeyException when the identity key does not agree any more
   */
  public SetupEvidence evidence(SecretAccess access) throws InvalidKeyException {
    Objects.requireNonNull(access);
    require(State.ATTEST);
    return new Witness(identityKey, parameters.authentication(), ephemeral, assembly.own(), peers)
        .testify(secrets, introKeys(), psk);
  }

  private void checkAttests(List<Message> messages) throws SetupFailedException {
    List<Attest> attests = assembly.collect(Attest.class, messages, ownAttest);
    verify(attests.stream().filter(attest -> !verified.contains(attest.encoded())).toList());
    for (Attest attest : attests) {
      Candidate sender = assembly.candidates().get(attest.header().sender());
      attestation.check(attest, sender, verified.contains(attest.encoded()));
    }
    if (spec.previous().isPresent()) {
      previousSecrets().forgetResumption();
    }
    eraseAttempt();
  }

  /** Erases x, r, the intro keys and all K_ee and k. */
  private void eraseAttempt() {
    for (Peer peer : peers) {
      peer.close();
    }
    if (ephemeral != null) {
      ephemeral.close();
    }
    Arrays.fill(psk, (byte) 0);
    if (attestation != null) {
      attestation.close();
    }
  }

  /** Gives the attempt up and erases it. A key that was taken lives on. */
  @Override
  public void destroy() {
    state = State.OVER;
    eraseAttempt();
    if (secrets != null) {
      secrets.destroy();
    }
  }

  @Override
  public boolean isDestroyed() {
    return state == State.OVER;
  }
}
