package org.mpotr.framing;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.AesCtr;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.SenderKeys;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Message;

/** Makes the frames of one member in one epoch (PROTOCOL.md, section 6.4). Not thread-safe. */
public final class FrameSealer {

  private final GroupKey groupKey;
  private final EpochSecrets secrets;
  private final byte[] header;
  private final AesCtr cipher;
  private final HmacSha512 mac;
  private final FrameDigest digest;

  /**
   * @throws IllegalStateException when the key has been destroyed
   */
  public FrameSealer(GroupKey groupKey) {
    this.groupKey = groupKey;
    this.secrets = groupKey.secrets(SecretAccess.GRANTED);
    this.header = Frame.header(groupKey.sid(), groupKey.ownIndex());
    this.digest = new FrameDigest(groupKey.sid());
    Bytes own = groupKey.roster().get(groupKey.ownIndex()).id();
    try (SenderKeys keys = secrets.senderKeys(own)) {
      cipher = new AesCtr(keys.cipherKey());
      mac = new HmacSha512(keys.macKey());
    }
  }

  /** A frame that was made. */
  public record Sealed(byte[] frame, FrameParameterSpec spec) {}

  /** How long the frame of so much content is. */
  public int frameLength(FrameParameterSpec spec, int contentLength) {
    return Frame.OVERHEAD_BYTES
        + InnerFrame.encodedLength(spec, contentLength, groupKey.parameters().padding());
  }

  /**
   * Checks that so much content fits into a frame with so many parents.
   *
   * @throws FrameTooLongException when the frame could be longer than the session allows
   */
  public void requireFits(FrameKind kind, int parents, int contentLength)
      throws FrameTooLongException {
    // What parents take is counted as content, and the prefix of their list grows by one byte.
    int content = contentLength + parents * Message.HASH_BYTES + 1;
    int limit = groupKey.parameters().limits().frameBytes();
    if (content < 0 || frameLength(FrameParameterSpec.of(kind, 0, List.of()), content) > limit) {
      throw new FrameTooLongException(limit);
    }
  }

  /**
   * A whole frame with a new random IV.
   *
   * @throws FrameTooLongException when the frame would be longer than the session allows
   * @throws IllegalStateException when the key has been destroyed
   */
  public Sealed seal(
      FrameParameterSpec spec, byte[] content, int offset, int length, SecureRandom random)
      throws FrameTooLongException {
    int limit = groupKey.parameters().limits().frameBytes();
    if (length > limit || frameLength(spec, length) > limit) {
      throw new FrameTooLongException(limit);
    }
    byte[] frame = new byte[frameLength(spec, length)];
    int end = frame.length - Frame.TAG_BYTES - P256.SIGNATURE_BYTES;
    System.arraycopy(header, 0, frame, 0, header.length);
    byte[] iv = new byte[Frame.IV_BYTES];
    random.nextBytes(iv);
    System.arraycopy(iv, 0, frame, Frame.HEADER_BYTES, iv.length);
    byte[] head = InnerFrame.head(spec, length);
    byte[] padding = new byte[end - Frame.CIPHERTEXT_OFFSET - head.length - length];
    List<AesCtr.Part> inner =
        List.of(
            AesCtr.Part.of(head),
            new AesCtr.Part(content, offset, length),
            AesCtr.Part.of(padding));
    cipher.process(iv, inner, frame, Frame.CIPHERTEXT_OFFSET);
    Arrays.fill(head, (byte) 0);
    byte[] hash = digest.of(frame, end);
    System.arraycopy(sign(hash, random), 0, frame, end, P256.SIGNATURE_BYTES);
    byte[] tag = mac.mac(digest.tagInput(hash, frame, end));
    System.arraycopy(tag, 0, frame, end + P256.SIGNATURE_BYTES, Frame.TAG_BYTES);
    return new Sealed(frame, spec.existing(groupKey.ownIndex(), FrameDigest.id(hash)));
  }

  private byte[] sign(byte[] hash, SecureRandom random) {
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    random.nextBytes(hedge);
    try {
      return P256.engine().sign(secrets.signatureScalar(), hash, hedge);
    } finally {
      Arrays.fill(hedge, (byte) 0);
    }
  }

  /** Clears the keys that were derived for this object. */
  public void destroy() {
    cipher.destroy();
    mac.destroy();
  }
}
