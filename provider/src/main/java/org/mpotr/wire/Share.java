package org.mpotr.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Round 3 of a set-up (PROTOCOL.md, section 4.5): for each other member the proof of the pair's
 * key, and the contribution sealed under it.
 *
 * @param entries one for each other member, in roster order
 */
public record Share(SetupHeader header, List<Entry> entries, Bytes signature)
    implements SignedMessage {

  /**
   * What one other member gets.
   *
   * @param confirmation the proof of the pair's key, 32 bytes
   * @param sealedContribution 16 bytes and the tag
   */
  public record Entry(Bytes confirmation, Bytes sealedContribution) {

    /** Bytes of a sealed contribution. */
    public static final int SEALED_BYTES = 16 + Message.HASH_BYTES;

    /** Bytes of an entry. */
    public static final int BYTES = Message.HASH_BYTES + SEALED_BYTES;
  }

  /** Checks nothing but the copy of the list. */
  public Share {
    entries = List.copyOf(entries);
  }

  static Share read(WireReader reader) throws WireException {
    SetupHeader header = SetupHeader.read(MessageType.SHARE, reader);
    WireReader list = reader.nested(Entry.BYTES, (MAX_MEMBERS - 1) * Entry.BYTES, "entries");
    List<Entry> entries = new ArrayList<>();
    while (list.hasMore()) {
      Bytes confirmation = list.bytes(HASH_BYTES, "confirmation");
      entries.add(new Entry(confirmation, list.bytes(Entry.SEALED_BYTES, "contribution")));
    }
    return new Share(header, entries, reader.bytes(SIGNATURE_BYTES, "signature"));
  }

  /** The same with another signature. */
  public Share signed(Bytes newSignature) {
    return new Share(header, entries, newSignature);
  }

  @Override
  public Bytes unsigned() {
    WireWriter writer = header.write().prefix(entries.size() * Entry.BYTES);
    for (Entry entry : entries) {
      writer.opaque(entry.confirmation()).opaque(entry.sealedContribution());
    }
    return Bytes.of(writer.finish());
  }
}
