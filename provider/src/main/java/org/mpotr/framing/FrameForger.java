package org.mpotr.framing;

import java.security.SecureRandom;
import java.util.Arrays;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Padding;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Keys;

/**
 * Makes frames of a member say something else, with the keys that the member has published and no
 * key that encrypts (PROTOCOL.md, section 8.4): where it is known what a frame says, its key stream
 * is the difference. Not thread-safe.
 */
public final class FrameForger implements AutoCloseable {

  private final Padding padding;
  private final FrameDigest digest;
  private final SecretScalar scalar;
  private final HmacSha512 mac;

  /**
   * A forger of one member's frames.
   *
   * @throws IllegalArgumentException when e is zero or not below the order
   */
  public FrameForger(EpochParameters parameters, Keys published) {
    this.padding = parameters.padding();
    this.digest = new FrameDigest(published.sid());
    this.scalar = SecretScalar.of(published.signatureScalar().toArray());
    this.mac = new HmacSha512(published.frameMac().toArray());
  }

  /**
   * The frame that its sender would have made to say something else, under the same IV.
   *
   * @param frame of the member whose keys these are
   * @param known kind, seq and parents of it
   * @param knownContent what it says
   * @param spec kind, seq and parents of the new one
   * @param content what that says; padded it is no longer than the frame was
   * @throws IllegalArgumentException when the frame has not the length of what it is known to say,
   *     or is too short for what it is to say
   */
  public FrameSealer.Sealed replace(
      byte[] frame,
      FrameParameterSpec known,
      byte[] knownContent,
      FrameParameterSpec spec,
      byte[] content,
      SecureRandom random) {
    byte[] before = InnerFrame.encode(known, knownContent, padding);
    byte[] after = InnerFrame.encode(spec, content, padding);
    if (frame.length != Frame.OVERHEAD_BYTES + before.length) {
      throw new IllegalArgumentException("this is not what the frame says");
    }
    if (after.length > before.length) {
      throw new IllegalArgumentException("the key stream of the frame is too short");
    }
    byte[] forged = Arrays.copyOf(frame, Frame.OVERHEAD_BYTES + after.length);
    int end = Frame.CIPHERTEXT_OFFSET + after.length;
    for (int i = 0; i < after.length; i++) {
      forged[Frame.CIPHERTEXT_OFFSET + i] ^= (byte) (before[i] ^ after[i]);
    }
    byte[] hash = digest.of(forged, end);
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    random.nextBytes(hedge);
    byte[] signature = P256.engine().sign(scalar, hash, hedge);
    System.arraycopy(signature, 0, forged, end, signature.length);
    byte[] tag = mac.mac(digest.tagInput(hash, forged, end));
    System.arraycopy(tag, 0, forged, end + signature.length, Frame.TAG_BYTES);
    int sender = Byte.toUnsignedInt(frame[Frame.HEADER_BYTES - 1]);
    return new FrameSealer.Sealed(forged, spec.existing(sender, FrameDigest.id(hash)));
  }

  /** The id by which others name a frame as parent, 32 bytes; anybody can tell it. */
  public static Bytes id(Bytes sid, byte[] frame) {
    int end = frame.length - Frame.TAG_BYTES - P256.SIGNATURE_BYTES;
    return FrameDigest.id(new FrameDigest(sid).of(frame, end));
  }

  /** Forgets the keys. */
  @Override
  public void close() {
    scalar.destroy();
    mac.destroy();
  }
}
