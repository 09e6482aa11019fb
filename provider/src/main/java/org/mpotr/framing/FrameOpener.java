package org.mpotr.framing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.mpotr.crypto.AesCtr;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.SenderKeys;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.WireException;

/**
 * Opens the frames of an epoch (PROTOCOL.md, section 6.5). Nothing of the plaintext exists before
 * tag and signature hold. Not thread-safe.
 */
public final class FrameOpener {

  private final GroupKey groupKey;
  private final EpochSecrets secrets;
  private final FrameDigest digest;
  private final AesCtr[] ciphers;
  private final HmacSha512[] macs;
  private final BiPredicate<Bytes, byte[]> accepted;

  /**
   * @throws IllegalStateException when the key has been destroyed
   */
  public FrameOpener(GroupKey groupKey) {
    this(groupKey, (id, frame) -> false);
  }

  /**
   * An opener that drops what was accepted before, ahead of every other check.
   *
   * @param accepted whether a frame of this id was; the frame itself may differ in what the id does
   *     not cover
   * @throws IllegalStateException when the key has been destroyed
   */
  public FrameOpener(GroupKey groupKey, BiPredicate<Bytes, byte[]> accepted) {
    this.accepted = accepted;
    this.groupKey = groupKey;
    this.secrets = groupKey.secrets(SecretAccess.GRANTED);
    this.digest = new FrameDigest(groupKey.sid());
    this.ciphers = new AesCtr[groupKey.roster().size()];
    this.macs = new HmacSha512[groupKey.roster().size()];
  }

  /**
   * A frame that was opened.
   *
   * @param content what was said, which is the receiver's to clear
   * @param spec kind, seq, parents, sender and id
   */
  public record Opened(byte[] content, FrameParameterSpec spec) {}

  /**
   * One frame of many: either it was opened, or it says why not.
   *
   * @param opened null when it was refused
   * @param refusal null when it was opened
   */
  public record Outcome(Opened opened, FrameRefusedException refusal) {}

  /**
   * Opens a whole frame.
   *
   * @throws FrameRefusedException when it is not one of this epoch that its sender made
   * @throws IllegalStateException when the key has been destroyed
   */
  public Opened open(byte[] frame) throws FrameRefusedException {
    Tagged tagged = checkTag(frame);
    P256.Claim claim = tagged.claim();
    return decrypt(tagged, P256.engine().verify(claim.signer(), claim.digest(), claim.signature()));
  }

  /**
   * Opens many frames, whose signatures are verified together, which costs less than one by one.
   * Each has its own outcome; a bad one among them changes nothing for the others.
   *
   * @return the outcome of each frame, in order
   * @throws IllegalStateException when the key has been destroyed
   */
  public List<Outcome> open(List<byte[]> frames) {
    Tagged[] tagged = new Tagged[frames.size()];
    Outcome[] outcomes = new Outcome[frames.size()];
    List<P256.Claim> claims = new ArrayList<>(frames.size());
    for (int i = 0; i < outcomes.length; i++) {
      try {
        tagged[i] = checkTag(frames.get(i));
        claims.add(tagged[i].claim());
      } catch (FrameRefusedException e) {
        outcomes[i] = new Outcome(null, e);
      }
    }
    boolean[] verdicts = P256.engine().verify(claims);
    int next = 0;
    for (int i = 0; i < outcomes.length; i++) {
      if (tagged[i] != null) {
        outcomes[i] = outcome(tagged[i], verdicts[next++]);
      }
    }
    return List.of(outcomes);
  }

  private Outcome outcome(Tagged tagged, boolean verified) {
    try {
      return new Outcome(decrypt(tagged, verified), null);
    } catch (FrameRefusedException e) {
      return new Outcome(null, e);
    }
  }

  /** A frame whose tag holds, and what is left to be checked of it. */
  private record Tagged(byte[] frame, int sender, P256.Claim claim) {}

  private Tagged checkTag(byte[] frame) throws FrameRefusedException {
    int sender = sender(frame);
    requireKeys(sender);
    int signatureOffset = frame.length - Frame.TAG_BYTES - P256.SIGNATURE_BYTES;
    byte[] hash = digest.of(frame, signatureOffset);
    if (accepted.test(FrameDigest.id(hash), frame)) {
      throw FrameRefusedException.byAnybody(ErrorCode.REPLAY, "the frame was accepted before");
    }
    byte[] tag = Arrays.copyOfRange(frame, frame.length - Frame.TAG_BYTES, frame.length);
    if (!FrameDigest.verifyTag(macs[sender], tag, digest.tagInput(hash, frame, signatureOffset))) {
      throw FrameRefusedException.byAnybody(ErrorCode.BAD_TAG, "the tag does not hold");
    }
    byte[] signature =
        Arrays.copyOfRange(frame, signatureOffset, signatureOffset + P256.SIGNATURE_BYTES);
    return new Tagged(
        frame,
        sender,
        new P256.Claim(groupKey.roster().get(sender).signatureKey(), hash, signature));
  }

  private Opened decrypt(Tagged tagged, boolean verified) throws FrameRefusedException {
    if (!verified || !P256.isLowS(tagged.claim().signature())) {
      throw FrameRefusedException.byMember(ErrorCode.BAD_SIGNATURE, "the signature does not hold");
    }
    byte[] frame = tagged.frame();
    int end = frame.length - Frame.TAG_BYTES - P256.SIGNATURE_BYTES;
    Bytes id = FrameDigest.id(tagged.claim().digest());
    byte[] iv = Arrays.copyOfRange(frame, Frame.HEADER_BYTES, Frame.CIPHERTEXT_OFFSET);
    byte[] inner = new byte[end - Frame.CIPHERTEXT_OFFSET];
    try {
      ciphers[tagged.sender()].process(iv, frame, Frame.CIPHERTEXT_OFFSET, inner.length, inner, 0);
      InnerFrame opened = InnerFrame.decode(inner, groupKey.parameters().padding());
      return new Opened(opened.content(), opened.spec().existing(tagged.sender(), id));
    } catch (WireException e) {
      throw FrameRefusedException.byMember(e.code(), "the sender sealed something malformed");
    } finally {
      Arrays.fill(inner, (byte) 0);
    }
  }

  /** The checks that need no key: size, version, type, epoch and sender. */
  private int sender(byte[] frame) throws FrameRefusedException {
    if (frame.length > groupKey.parameters().limits().frameBytes()) {
      throw FrameRefusedException.byAnybody(ErrorCode.MALFORMED, "the frame is too long");
    }
    Frame.Header header;
    try {
      header = Frame.Header.read(frame);
    } catch (WireException e) {
      throw FrameRefusedException.byAnybody(e.code(), "the message is not a frame");
    }
    if (!header.sidHint().equals(Bytes.leading(groupKey.sid().toArray(), Frame.HINT_BYTES))) {
      throw FrameRefusedException.byAnybody(
          ErrorCode.UNKNOWN_EPOCH, "the frame is of another epoch");
    }
    if (header.sender() >= groupKey.roster().size()) {
      throw FrameRefusedException.byAnybody(ErrorCode.MALFORMED, "the roster has no such sender");
    }
    return header.sender();
  }

  private void requireKeys(int sender) {
    if (groupKey.isDestroyed()) {
      destroy();
      throw new IllegalStateException("the keys of this epoch have been erased");
    }
    if (ciphers[sender] == null) {
      try (SenderKeys keys = secrets.senderKeys(groupKey.roster().get(sender).id())) {
        ciphers[sender] = new AesCtr(keys.cipherKey());
        macs[sender] = new HmacSha512(keys.macKey());
      }
    }
  }

  /** Clears the keys that were derived for this object. */
  public void destroy() {
    for (int i = 0; i < ciphers.length; i++) {
      if (ciphers[i] != null) {
        ciphers[i].destroy();
        macs[i].destroy();
        ciphers[i] = null;
        macs[i] = null;
      }
    }
  }
}
