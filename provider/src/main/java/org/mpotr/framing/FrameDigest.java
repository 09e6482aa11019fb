package org.mpotr.framing;

import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.Sha512;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireWriter;

/**
 * The one hash of a frame (PROTOCOL.md, section 6.4): SHA-512 over label, sid, header, IV and
 * ciphertext. Its first half is the id of the frame, the whole is what ECDSA signs and, with the
 * signature, what the tag covers.
 */
public final class FrameDigest {

  private final byte[] prefix;
  private final Bytes sid;
  private final Sha512 hash = new Sha512();

  /** A digest for the frames of a session. */
  public FrameDigest(Bytes sid) {
    this.sid = sid;
    this.prefix = WireWriter.labelled("frame", sid).finish();
    reset();
  }

  /** Forgets what was hashed. */
  public void reset() {
    hash.reset();
    hash.update(prefix);
  }

  /** Hashes a part of {@code header ‖ iv ‖ ciphertext}. */
  public void update(byte[] input, int offset, int length) {
    hash.update(input, offset, length);
  }

  /** The digest, 64 bytes, public; the next one starts. */
  public byte[] finish() {
    byte[] digest = hash.finish();
    reset();
    return digest;
  }

  /** The digest of a frame whose ciphertext ends at {@code end}. */
  byte[] of(byte[] frame, int end) {
    reset();
    update(frame, 0, end);
    return finish();
  }

  static Bytes id(byte[] digest) {
    return Bytes.leading(digest, Message.HASH_BYTES);
  }

  /** What the tag covers. */
  byte[] tagInput(byte[] digest, byte[] frame, int signatureOffset) {
    return WireWriter.labelled("frame tag", sid)
        .opaque(digest)
        .opaque(frame, signatureOffset, P256.SIGNATURE_BYTES)
        .finish();
  }

  static boolean verifyTag(HmacSha512 mac, byte[] tag, byte[] input) {
    return mac.verify(tag, Frame.TAG_BYTES, input);
  }
}
