package org.mpotr.framing;

import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * What a frame says of itself besides its content (PROTOCOL.md, section 6.2). To make a frame,
 * {@code Cipher} "mpOTR" takes kind, sequence number and parents; of a frame that was made or
 * opened it also gives sender and id.
 */
public final class FrameParameterSpec implements AlgorithmParameterSpec {

  /** The most parents that a frame names. */
  public static final int MAX_PARENTS = 32;

  private final FrameKind kind;
  private final long seq;
  private final List<Bytes> parents;
  private final int sender;
  private final Bytes id;

  private FrameParameterSpec(FrameKind kind, long seq, List<Bytes> parents, int sender, Bytes id) {
    this.kind = kind;
    this.seq = seq;
    this.parents = parents;
    this.sender = sender;
    this.id = id;
  }

  /**
   * A frame to be made.
   *
   * @param seq the place in the sender's own line, from 0
   * @param parents the ids of the newest frames that its sender had delivered, at most 32, in any
   *     order
   * @throws IllegalArgumentException for a negative seq, more parents, a parent twice or of another
   *     length than 32
   */
  public static FrameParameterSpec of(FrameKind kind, long seq, Collection<Bytes> parents) {
    List<Bytes> sorted = List.copyOf(new TreeSet<>(parents));
    if (sorted.size() != parents.size() || sorted.size() > MAX_PARENTS) {
      throw new IllegalArgumentException("a frame has at most 32 parents, each once");
    }
    for (Bytes parent : sorted) {
      if (parent.length() != Message.HASH_BYTES) {
        throw new IllegalArgumentException("the id of a frame has 32 bytes");
      }
    }
    if (seq < 0) {
      throw new IllegalArgumentException("the sequence number of a frame is not negative");
    }
    return new FrameParameterSpec(kind, seq, sorted, -1, null);
  }

  /** A frame of text without parents. */
  public static FrameParameterSpec text(long seq) {
    return of(FrameKind.TEXT, seq, List.of());
  }

  /**
   * The encoding in {@code AlgorithmParameters} (PROTOCOL.md, section 6.6): kind, seq, parents, and
   * for a frame that exists its sender and id.
   */
  public Bytes encoded() {
    WireWriter writer =
        new WireWriter().uint8(kind.code()).uint64(seq).prefix(parents.size() * Message.HASH_BYTES);
    parents.forEach(writer::opaque);
    writer.vector(id == null ? Bytes.EMPTY : id);
    return Bytes.of(id == null ? writer.finish() : writer.uint16(sender).finish());
  }

  /**
   * The parameters of an encoding.
   *
   * @throws WireException when it is not the encoding of any
   */
  public static FrameParameterSpec decode(byte[] encoded) throws WireException {
    WireReader reader = new WireReader(encoded);
    FrameParameterSpec spec = read(reader);
    Bytes id = Bytes.of(reader.vector(0, Message.HASH_BYTES, "id"));
    if (id.length() > 0) {
      int sender = reader.uint16("sender");
      if (id.length() != Message.HASH_BYTES || sender >= Message.MAX_MEMBERS) {
        throw new WireException(ErrorCode.MALFORMED, "id or sender is out of range");
      }
      spec = spec.existing(sender, id);
    }
    reader.finish("the parameters");
    return spec;
  }

  /** Reads kind, seq and parents. */
  static FrameParameterSpec read(WireReader reader) throws WireException {
    int kind = reader.uint8("kind");
    if (!FrameKind.isDefined(kind)) {
      throw new WireException(ErrorCode.MALFORMED, "kind is unknown");
    }
    long seq = reader.uint64("seq");
    WireReader list = reader.nested(0, MAX_PARENTS * Message.HASH_BYTES, "parents");
    List<Bytes> parents = new ArrayList<>();
    while (list.hasMore()) {
      Bytes parent = list.bytes(Message.HASH_BYTES, "parent");
      if (!parents.isEmpty() && parents.get(parents.size() - 1).compareTo(parent) >= 0) {
        throw new WireException(ErrorCode.MALFORMED, "parents are not in ascending order");
      }
      parents.add(parent);
    }
    return of(new FrameKind(kind), seq, parents);
  }

  /** The same of a frame that exists, with its sender's place and its id, 32 bytes. */
  public FrameParameterSpec existing(int newSender, Bytes newId) {
    return new FrameParameterSpec(kind, seq, parents, newSender, newId);
  }

  /** What the frame carries. */
  public FrameKind kind() {
    return kind;
  }

  /** The place in the sender's own line, from 0. */
  public long seq() {
    return seq;
  }

  /** The ids of the parents, 32 bytes each, ascending. */
  public List<Bytes> parents() {
    return parents;
  }

  /** The sender's place in the roster; empty for a frame that has not been made. */
  public OptionalInt sender() {
    return sender < 0 ? OptionalInt.empty() : OptionalInt.of(sender);
  }

  /**
   * The id of the frame, 32 bytes, by which others name it as parent; empty for a frame that has
   * not been made.
   */
  public Optional<Bytes> id() {
    return Optional.ofNullable(id);
  }

  /** Kind and sequence number. */
  @Override
  public String toString() {
    return "FrameParameterSpec[kind=" + kind.code() + ", seq=" + seq + "]";
  }
}
