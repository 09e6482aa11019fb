package org.mpotr.session.membership;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Member;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The content of a propose frame (PROTOCOL.md, section 9): what is to change with the next epoch.
 *
 * @param change what kind of change
 * @param reason why
 * @param parameters of the next epoch
 * @param removed ids of members of this epoch, 16 bytes each, strictly ascending
 * @param added candidates, by ascending hash of their HELLO
 */
public record Proposal(
    Change change,
    ChangeReason reason,
    EpochParameters parameters,
    List<Bytes> removed,
    List<Addition> added) {

  /** The most candidates of one proposal. */
  public static final int MAX_ADDED = 64;

  private static final int IDENTITY_BYTES = 91;

  /** How a candidate's identity is known. */
  public enum Vouched {
    /** It is not. */
    NONE(0),
    /** By its fingerprint. */
    FINGERPRINT(1),
    /** By a pre-shared key. */
    PRE_SHARED_KEY(2),
    /** By the sponsor's word. */
    SPONSOR(3),
    /** By a secret that both know. */
    SMP(4);

    private final int code;

    Vouched(int code) {
      this.code = code;
    }
  }

  /**
   * A candidate that is to be let in.
   *
   * @param identity its SubjectPublicKeyInfo, 91 bytes, or nothing where everybody is let in
   * @param helloHash the hash of its HELLO, 32 bytes
   * @param vouched how the proposer knows it
   */
  public record Addition(Bytes identity, Bytes helloHash, Vouched vouched) {}

  /** Copies the lists. */
  public Proposal {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  /** The encoding. */
  public byte[] encoded() {
    WireWriter writer =
        new WireWriter()
            .uint8(change.code())
            .uint8(reason.code())
            .vector(parameters.encoded())
            .prefix(removed.size() * Member.ID_BYTES);
    removed.forEach(writer::opaque);
    WireWriter additions = new WireWriter();
    for (Addition addition : added) {
      additions
          .vector(addition.identity())
          .opaque(addition.helloHash())
          .uint8(addition.vouched().code);
    }
    return writer.vector(additions.finish()).finish();
  }

  /**
   * The proposal of an encoding.
   *
   * @throws WireException when it is not one
   */
  public static Proposal decode(byte[] content) throws WireException {
    WireReader reader = new WireReader(content);
    Change change = change(reader.uint8("change"));
    ChangeReason reason = reason(reader.uint8("reason"));
    EpochParameters parameters =
        EpochParameters.decode(reader.vector(1, EpochParameters.MAX_BYTES, "parameters"));
    WireReader ids = reader.nested(0, Message.MAX_MEMBERS * Member.ID_BYTES, "removed");
    List<Bytes> removed = new ArrayList<>();
    while (ids.hasMore()) {
      add(removed, ids.bytes(Member.ID_BYTES, "id"), "removed");
    }
    WireReader additions =
        reader.nested(0, MAX_ADDED * (2 + IDENTITY_BYTES + Message.HASH_BYTES + 1), "added");
    List<Addition> added = new ArrayList<>();
    List<Bytes> hashes = new ArrayList<>();
    while (additions.hasMore()) {
      Bytes identity = Bytes.of(additions.vector(0, IDENTITY_BYTES, "identity"));
      if (identity.length() != 0 && identity.length() != IDENTITY_BYTES) {
        throw WireException.malformed("identity is too short");
      }
      add(hashes, additions.bytes(Message.HASH_BYTES, "hash of a HELLO"), "added");
      added.add(
          new Addition(
              identity, hashes.get(hashes.size() - 1), vouched(additions.uint8("vouched"))));
    }
    reader.finish("the proposal");
    if (added.size() > MAX_ADDED
        || added.isEmpty() == (change == Change.ADD)
        || removed.isEmpty() == (change == Change.REMOVE)) {
      throw WireException.malformed("the proposal does not do what it says");
    }
    return new Proposal(change, reason, parameters, removed, added);
  }

  private static void add(List<Bytes> list, Bytes next, String field) throws WireException {
    if (!list.isEmpty() && list.get(list.size() - 1).compareTo(next) >= 0) {
      throw WireException.malformed(field + " is not in ascending order");
    }
    list.add(next);
  }

  private static Change change(int code) throws WireException {
    for (Change change : Change.values()) {
      if (change.code() == code) {
        return change;
      }
    }
    throw WireException.malformed("change is unknown");
  }

  private static ChangeReason reason(int code) throws WireException {
    for (ChangeReason reason : ChangeReason.values()) {
      if (reason.code() == code) {
        return reason;
      }
    }
    throw WireException.malformed("reason is unknown");
  }

  private static Vouched vouched(int code) throws WireException {
    for (Vouched vouched : Vouched.values()) {
      if (vouched.code == code) {
        return vouched;
      }
    }
    throw WireException.malformed("vouched is unknown");
  }
}
