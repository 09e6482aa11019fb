package org.mpotr.session.files;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * A request for chunks of a file, the content of a frame of kind {@code file-request} (PROTOCOL.md,
 * section 11). Without ranges it cancels: from whoever offered the file it withdraws the offer,
 * from anybody else it takes back what that member asked for.
 *
 * @param root which file, 32 bytes
 * @param ranges at most 64, ascending, with a gap between each and the next
 */
public record FileRequest(Bytes root, List<Range> ranges) {

  /** The most ranges of one request. */
  public static final int MAX_RANGES = 64;

  /**
   * Chunks in a row.
   *
   * @param first the index of the first one, from 0
   * @param count how many, 1 and more; the last index is below 2²⁵
   */
  public record Range(long first, long count) {

    private static final int BYTES = 8 + 4;

    /**
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Range {
      if (first < 0
          || first >= ChunkLayout.MAX_CHUNKS
          || count < 1
          || count > ChunkLayout.MAX_CHUNKS - first) {
        throw new IllegalArgumentException("the range is empty or out of range");
      }
    }

    /** The index after the last one. */
    public long end() {
      return first + count;
    }
  }

  /**
   * @throws IllegalArgumentException when root or ranges are not as they should be
   */
  public FileRequest {
    ranges = List.copyOf(ranges);
    if (root.length() != Message.HASH_BYTES) {
      throw new IllegalArgumentException("the root has 32 bytes");
    }
    if (ranges.size() > MAX_RANGES) {
      throw new IllegalArgumentException("a request has at most 64 ranges");
    }
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).first() <= ranges.get(i - 1).end()) {
        throw new IllegalArgumentException("ranges ascend, with a gap between them");
      }
    }
  }

  /** The request that cancels. */
  public static FileRequest cancel(Bytes root) {
    return new FileRequest(root, List.of());
  }

  /** Whether this withdraws an offer or an earlier request. */
  public boolean isCancel() {
    return ranges.isEmpty();
  }

  /** The content of the frame. */
  public byte[] encode() {
    WireWriter writer = new WireWriter().opaque(root).prefix(ranges.size() * Range.BYTES);
    ranges.forEach(range -> writer.uint64(range.first()).uint32(range.count()));
    return writer.finish();
  }

  /**
   * The request of a frame's content.
   *
   * @throws WireException {@link ErrorCode#MALFORMED} when it is not one
   */
  public static FileRequest decode(byte[] content) throws WireException {
    WireReader reader = new WireReader(content);
    Bytes root = reader.bytes(Message.HASH_BYTES, "root");
    WireReader list = reader.nested(0, MAX_RANGES * Range.BYTES, "ranges");
    reader.finish("the request");
    try {
      List<Range> ranges = new ArrayList<>();
      while (list.hasMore()) {
        ranges.add(new Range(list.uint64("first"), list.uint32("count")));
      }
      return new FileRequest(root, ranges);
    } catch (IllegalArgumentException e) {
      throw new WireException(ErrorCode.MALFORMED, e.getMessage());
    }
  }
}
