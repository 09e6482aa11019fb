package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.Seal;
import org.mpotr.crypto.Sha512;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.Member;
import org.mpotr.identity.Nickname;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SetupHeader;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireWriter;

/**
 * Makes and opens INTRODUCTIONs (PROTOCOL.md, section 4.4).
 *
 * @param sid the session id
 * @param mode how identities are proved
 */
record Introductions(Bytes sid, AuthenticationMode mode) {

  static final String KEY_PURPOSE = "introduction key";
  private static final String BODY_PURPOSE = "introduction";
  private static final byte FULL = 0;
  private static final byte RESUMED = 1;

  /** What an identity signs: {@code {sid, m, A, E}}. */
  byte[] identityClaim(Bytes member, Bytes identity, Bytes signatureKey) {
    return WireWriter.labelled("identity signature", sid)
        .opaque(member)
        .vector(identity)
        .opaque(signatureKey)
        .finish();
  }

  /** The member's own INTRODUCTION. */
  Introduction make(
      Candidate own, EphemeralKeys keys, IntroductionBody body, List<Peer> peers, Cores cores)
      throws InvalidKeyException {
    SetupHeader setupHeader = new SetupHeader(MessageType.INTRODUCTION, sid, own.index());
    Bytes header = setupHeader.encoded();
    List<Bytes> sealedKeys = cores.map(peers, part -> sealKeys(keys, header, part));
    byte[] bodyKey = bodyKey(own.id(), keys.introKey());
    byte[] encodedBody = body.encoded();
    try {
      Introduction unsigned =
          new Introduction(
              setupHeader,
              keyHash(own.id(), keys.introKey()),
              bodySeal(bodyKey, own.id()).seal(header, encodedBody),
              sealedKeys,
              commitment(own.id(), keys.contribution()),
              Bytes.EMPTY);
      return unsigned.signed(keys.sign(unsigned));
    } finally {
      Arrays.fill(bodyKey, (byte) 0);
      Arrays.fill(encodedBody, (byte) 0);
    }
  }

  private static List<Bytes> sealKeys(EphemeralKeys keys, Bytes header, List<Peer> part) {
    List<Bytes> sealedKeys = new ArrayList<>(part.size());
    for (Peer peer : part) {
      byte[] content = Arrays.copyOf(keys.introKey(), EphemeralKeys.INTRO_KEY_BYTES + 1);
      content[EphemeralKeys.INTRO_KEY_BYTES] = peer.isOfferedResumption() ? RESUMED : FULL;
      sealedKeys.add(peer.secret().sealTo(KEY_PURPOSE).seal(header, content));
      Arrays.fill(content, (byte) 0);
    }
    return sealedKeys;
  }

  /** Opens a peer's INTRODUCTION, with every check that concerns it alone. */
  OpenedIntroduction open(Peer peer, Introduction message, int entry, int entries)
      throws SetupFailedException {
    Candidate from = peer.candidate();
    requireShape(from, message, entries);
    byte[] content =
        openKey(
            peer.secret().sealFrom(KEY_PURPOSE), from, message, message.sealedKeys().get(entry));
    byte[] introKey = Arrays.copyOf(content, EphemeralKeys.INTRO_KEY_BYTES);
    boolean isResumed = content[EphemeralKeys.INTRO_KEY_BYTES] == RESUMED;
    Arrays.fill(content, (byte) 0);
    try {
      return new OpenedIntroduction(member(from, message, introKey), introKey, isResumed);
    } catch (SetupFailedException e) {
      Arrays.fill(introKey, (byte) 0);
      throw e;
    }
  }

  /** Checks that a message has a key for each other member, and the body of this mode. */
  void requireShape(Candidate from, Introduction message, int entries) throws SetupFailedException {
    int bodyBytes =
        mode == AuthenticationMode.SIGNATURE
            ? Introduction.SIGNED_BODY_BYTES
            : Introduction.BODY_BYTES;
    if (message.sealedKeys().size() != entries || message.sealedBody().length() != bodyBytes) {
      throw SetupFailedException.of(SetupCheck.MALFORMED, from);
    }
  }

  private static byte[] openKey(Seal seal, Candidate from, Introduction message, Bytes sealedKey)
      throws SetupFailedException {
    byte[] content =
        seal.open(message.header().encoded(), sealedKey)
            .orElseThrow(() -> SetupFailedException.of(SetupCheck.BAD_SEAL, from));
    byte flag = content[EphemeralKeys.INTRO_KEY_BYTES];
    if (flag != FULL && flag != RESUMED) {
      Arrays.fill(content, (byte) 0);
      throw SetupFailedException.of(SetupCheck.MALFORMED, from);
    }
    return content;
  }

  /**
   * Whether the flag in a sealed key says {@code resumed}, after the check that it seals the key
   * that is known.
   */
  static boolean isResumed(
      Seal seal, Candidate from, Introduction message, Bytes sealedKey, byte[] introKey)
      throws SetupFailedException {
    byte[] content = openKey(seal, from, message, sealedKey);
    byte[] sealed = Arrays.copyOf(content, EphemeralKeys.INTRO_KEY_BYTES);
    if (!MessageDigest.isEqual(sealed, introKey)) {
      throw SetupFailedException.of(SetupCheck.BAD_INTRO_KEY, from);
    }
    return content[EphemeralKeys.INTRO_KEY_BYTES] == RESUMED;
  }

  /** Who a member says it is, to those who have the key of its introduction. */
  Member member(Candidate from, Introduction message, byte[] introKey) throws SetupFailedException {
    if (!keyHash(from.id(), introKey).equals(message.introKeyHash())) {
      throw SetupFailedException.of(SetupCheck.BAD_INTRO_KEY, from);
    }
    return member(from, openBody(from, message.header().encoded(), message, introKey));
  }

  /** {@code H32("commit", sid, m, r)}. */
  Bytes commitment(Bytes member, byte[] contribution) {
    return Labelled.hash32(WireWriter.labelled("commit", sid).opaque(member).opaque(contribution));
  }

  private IntroductionBody openBody(
      Candidate from, Bytes header, Introduction message, byte[] introKey)
      throws SetupFailedException {
    byte[] bodyKey = bodyKey(from.id(), introKey);
    try {
      byte[] body =
          bodySeal(bodyKey, from.id())
              .open(header, message.sealedBody())
              .orElseThrow(() -> SetupFailedException.of(SetupCheck.BAD_SEAL, from));
      return IntroductionBody.decode(body);
    } catch (WireException e) {
      throw SetupFailedException.of(SetupCheck.MALFORMED, from);
    } finally {
      Arrays.fill(bodyKey, (byte) 0);
    }
  }

  private Member member(Candidate from, IntroductionBody body) throws SetupFailedException {
    PublicPoint identity;
    try {
      identity = SubjectPublicKey.decode(body.identity().toArray());
    } catch (InvalidKeyException e) {
      throw SetupFailedException.of(SetupCheck.BAD_IDENTITY, from);
    }
    Nickname nickname;
    try {
      nickname = Nickname.of(body.nickname().toArray());
    } catch (IllegalArgumentException e) {
      throw SetupFailedException.of(SetupCheck.BAD_NICKNAME, from);
    }
    boolean signed = body.identitySignature().length() == Message.SIGNATURE_BYTES;
    if (mode == AuthenticationMode.SIGNATURE && !(signed && verifyIdentity(from, identity, body))) {
      throw SetupFailedException.of(SetupCheck.BAD_IDENTITY_SIGNATURE, from);
    }
    return new Member(
        from.index(), from.id(), nickname, identity, from.agreementKey(), from.signatureKey());
  }

  boolean verifyIdentity(Candidate from, PublicPoint identity, IntroductionBody body) {
    Hello hello = from.hello();
    byte[] claim = identityClaim(from.id(), body.identity(), hello.signatureKey());
    byte[] signature = body.identitySignature().toArray();
    return P256.isLowS(signature) && P256.engine().verify(identity, Sha512.hash(claim), signature);
  }

  private Bytes keyHash(Bytes member, byte[] introKey) {
    return Labelled.hash32(WireWriter.labelled("intro key", sid).opaque(member).opaque(introKey));
  }

  private byte[] bodyKey(Bytes member, byte[] introKey) {
    return Labelled.extract(
        sid.toArray(), WireWriter.labelled("intro body", sid).opaque(member).opaque(introKey));
  }

  private Seal bodySeal(byte[] bodyKey, Bytes member) {
    return new Seal(bodyKey, sid, BODY_PURPOSE, member, Bytes.EMPTY);
  }
}
