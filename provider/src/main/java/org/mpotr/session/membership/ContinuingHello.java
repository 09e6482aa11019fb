package org.mpotr.session.membership;

import org.mpotr.crypto.Labelled;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The content of a hello frame (PROTOCOL.md, section 9): by it a member agrees to a proposal and
 * says which HELLO is its own.
 *
 * @param proposal the id of the propose frame, or zeros where a candidate says it in a lobby
 * @param hello the member's HELLO for the next epoch
 */
public record ContinuingHello(Bytes proposal, Hello hello) {

  /** The encoding, 198 bytes. */
  public byte[] encoded() {
    return new WireWriter().opaque(proposal).opaque(hello.encoded()).finish();
  }

  /**
   * The content of an encoding.
   *
   * @throws WireException when it is not one
   */
  public static ContinuingHello decode(byte[] content) throws WireException {
    WireReader reader = new WireReader(content);
    Bytes proposal = reader.bytes(Message.HASH_BYTES, "proposal");
    if (!(Message.decode(reader.opaque(reader.remaining(), "HELLO")) instanceof Hello hello)) {
      throw WireException.malformed("a hello frame holds a HELLO");
    }
    return new ContinuingHello(proposal, hello);
  }

  /** {@code H32("hello", "", HELLO<V>)}, by which START and proposals name a HELLO. */
  public static Bytes hashOf(Hello hello) {
    return Labelled.hash32(WireWriter.labelled("hello", Bytes.EMPTY).vector(hello.encoded()));
  }
}
