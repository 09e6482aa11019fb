package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The content of a resend-request frame (PROTOCOL.md, section 7).
 *
 * @param ids 1 to 64 ids of frames, 32 bytes each, strictly ascending
 */
public record ResendRequest(List<Bytes> ids) {

  /** Checks nothing but the copy of the list. */
  public ResendRequest {
    ids = List.copyOf(ids);
  }

  /** The encoding. */
  public byte[] encoded() {
    WireWriter writer = new WireWriter().prefix(ids.size() * Message.HASH_BYTES);
    ids.forEach(writer::opaque);
    return writer.finish();
  }

  /**
   * The request of an encoding.
   *
   * @throws WireException when it is not one
   */
  public static ResendRequest decode(byte[] content) throws WireException {
    WireReader reader = new WireReader(content);
    WireReader list =
        reader.nested(Message.HASH_BYTES, Recovery.MAX_REQUESTED * Message.HASH_BYTES, "ids");
    List<Bytes> ids = new ArrayList<>();
    while (list.hasMore()) {
      Bytes id = list.bytes(Message.HASH_BYTES, "id");
      if (!ids.isEmpty() && ids.get(ids.size() - 1).compareTo(id) >= 0) {
        throw WireException.malformed("ids are not in ascending order");
      }
      ids.add(id);
    }
    reader.finish("the request");
    return new ResendRequest(ids);
  }
}
