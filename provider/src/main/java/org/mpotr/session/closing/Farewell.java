package org.mpotr.session.closing;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The content of a leave or close frame (PROTOCOL.md, section 8): up to where its sender has the
 * transcript, and what it hashes to.
 *
 * @param successor the session id of the epoch that takes over, 32 bytes, or nothing
 * @param frontier ids of frames, 32 bytes each, strictly ascending
 * @param digests one for each member in roster order, 32 bytes
 */
public record Farewell(Bytes successor, List<Bytes> frontier, List<Bytes> digests) {

  /** Checks nothing but the copies of the lists. */
  public Farewell {
    frontier = List.copyOf(frontier);
    digests = List.copyOf(digests);
  }

  /** The encoding. */
  public byte[] encoded() {
    WireWriter writer =
        new WireWriter().vector(successor).prefix(frontier.size() * Message.HASH_BYTES);
    frontier.forEach(writer::opaque);
    writer.prefix(digests.size() * Message.HASH_BYTES);
    digests.forEach(writer::opaque);
    return writer.finish();
  }

  /**
   * The farewell of an encoding.
   *
   * @param members how many there are
   * @throws WireException when it is not one
   */
  public static Farewell decode(byte[] content, int members) throws WireException {
    WireReader reader = new WireReader(content);
    Bytes successor = Bytes.of(reader.vector(0, Message.HASH_BYTES, "successor"));
    if (successor.length() % Message.HASH_BYTES != 0) {
      throw WireException.malformed("successor is too short");
    }
    List<Bytes> frontier = hashes(reader, 0, members, "frontier");
    for (int i = 1; i < frontier.size(); i++) {
      if (frontier.get(i - 1).compareTo(frontier.get(i)) >= 0) {
        throw WireException.malformed("the frontier is not in ascending order");
      }
    }
    List<Bytes> digests = hashes(reader, members, members, "digests");
    reader.finish("the farewell");
    return new Farewell(successor, frontier, digests);
  }

  private static List<Bytes> hashes(WireReader reader, int min, int max, String field)
      throws WireException {
    WireReader list = reader.nested(min * Message.HASH_BYTES, max * Message.HASH_BYTES, field);
    List<Bytes> hashes = new ArrayList<>();
    while (list.hasMore()) {
      hashes.add(list.bytes(Message.HASH_BYTES, field));
    }
    return hashes;
  }
}
