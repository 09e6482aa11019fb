package org.mpotr.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The proposal of a set-up (PROTOCOL.md, section 9): its parameters, the frame that proposed it,
 * and whose HELLOs it takes. The starter signs it with the ephemeral key of its own HELLO.
 *
 * @param parameters the encoded parameters of the epoch to be set up
 * @param proposal the id of the frame that this carries out, or 32 zeros for a first epoch
 * @param helloHashes the hashes of the HELLOs, 32 bytes each, strictly ascending
 * @param signatureKey the starter's E, 65 bytes
 * @param signature by it, 64 bytes, over {@link #unsigned()}
 */
public record Start(
    Bytes parameters, Bytes proposal, List<Bytes> helloHashes, Bytes signatureKey, Bytes signature)
    implements Message {

  /** The proposal of an epoch that nothing came before. */
  public static final Bytes NO_PROPOSAL = Bytes.of(new byte[HASH_BYTES]);

  private static final int MAX_PARAMETERS = 512;

  /** Checks nothing but the copy of the list. */
  public Start {
    helloHashes = List.copyOf(helloHashes);
  }

  static Start read(WireReader reader) throws WireException {
    Bytes parameters = Bytes.of(reader.vector(1, MAX_PARAMETERS, "parameters"));
    Bytes proposal = reader.bytes(HASH_BYTES, "proposal");
    List<Bytes> hashes =
        ascending(reader.nested(2 * HASH_BYTES, MAX_MEMBERS * HASH_BYTES, "hashes of HELLOs"));
    return new Start(
        parameters,
        proposal,
        hashes,
        reader.bytes(POINT_BYTES, "signature key"),
        reader.bytes(SIGNATURE_BYTES, "signature"));
  }

  private static List<Bytes> ascending(WireReader list) throws WireException {
    List<Bytes> hashes = new ArrayList<>();
    while (list.hasMore()) {
      Bytes hash = list.bytes(HASH_BYTES, "hash of a HELLO");
      if (!hashes.isEmpty() && hashes.get(hashes.size() - 1).compareTo(hash) >= 0) {
        throw WireException.malformed("hashes of HELLOs are not in ascending order");
      }
      hashes.add(hash);
    }
    return hashes;
  }

  /** The same with another signature. */
  public Start signed(Bytes newSignature) {
    return new Start(parameters, proposal, helloHashes, signatureKey, newSignature);
  }

  /** Everything before the signature. */
  public Bytes unsigned() {
    WireWriter writer =
        new WireWriter()
            .uint8(VERSION)
            .uint8(type().code())
            .vector(parameters)
            .opaque(proposal)
            .prefix(helloHashes.size() * HASH_BYTES);
    helloHashes.forEach(writer::opaque);
    return Bytes.of(writer.opaque(signatureKey).finish());
  }

  @Override
  public MessageType type() {
    return MessageType.START;
  }

  @Override
  public Bytes encoded() {
    return Bytes.of(new WireWriter().opaque(unsigned()).opaque(signature).finish());
  }
}
