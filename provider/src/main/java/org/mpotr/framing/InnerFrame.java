package org.mpotr.framing;

import java.util.Arrays;
import org.mpotr.epoch.Padding;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The encrypted part of a frame (PROTOCOL.md, section 6.2).
 *
 * @param spec kind, seq and parents
 * @param content what is said, which is the holder's to clear
 */
record InnerFrame(FrameParameterSpec spec, byte[] content) {

  private static final int KIND_AND_SEQ_BYTES = 1 + 8;

  /** How long the encoding is, padded. */
  static int encodedLength(FrameParameterSpec spec, int contentLength, Padding padding) {
    return padding.paddedLength(unpaddedLength(spec, contentLength));
  }

  private static int unpaddedLength(FrameParameterSpec spec, int contentLength) {
    int parents = spec.parents().size() * Message.HASH_BYTES;
    return KIND_AND_SEQ_BYTES
        + WireWriter.prefixSize(parents)
        + parents
        + WireWriter.prefixSize(contentLength)
        + contentLength;
  }

  /** What the encoding has before the content. */
  static byte[] head(FrameParameterSpec spec, int contentLength) {
    WireWriter writer =
        new WireWriter(unpaddedLength(spec, 0))
            .uint8(spec.kind().code())
            .uint64(spec.seq())
            .prefix(spec.parents().size() * Message.HASH_BYTES);
    for (Bytes parent : spec.parents()) {
      writer.opaque(parent);
    }
    return writer.prefix(contentLength).finish();
  }

  /** The whole encoding, padded. */
  static byte[] encode(FrameParameterSpec spec, byte[] content, Padding padding) {
    byte[] head = head(spec, content.length);
    byte[] encoded = Arrays.copyOf(head, encodedLength(spec, content.length, padding));
    System.arraycopy(content, 0, encoded, head.length, content.length);
    return encoded;
  }

  static InnerFrame decode(byte[] encoded, Padding padding) throws WireException {
    WireReader reader = new WireReader(encoded);
    FrameParameterSpec spec = FrameParameterSpec.read(reader);
    byte[] content = reader.vector(0, Message.MAX_BYTES, "content");
    if (!isPadding(encoded, encoded.length - reader.remaining(), padding)) {
      Arrays.fill(content, (byte) 0);
      throw new WireException(ErrorCode.MALFORMED, "padding is not that of the session");
    }
    return new InnerFrame(spec, content);
  }

  /** Whether there are exactly as many zeros as the session's padding asks for. */
  private static boolean isPadding(byte[] encoded, int from, Padding padding) {
    int bits = encoded.length ^ padding.paddedLength(from);
    for (int i = from; i < encoded.length; i++) {
      bits |= encoded[i];
    }
    return bits == 0;
  }
}
