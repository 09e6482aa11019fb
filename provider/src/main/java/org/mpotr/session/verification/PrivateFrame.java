package org.mpotr.session.verification;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.mpotr.crypto.Seal;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The content of a private frame (PROTOCOL.md, section 10): the place of the member that it is for,
 * and what only that member reads.
 *
 * @param to the receiver's place in the roster
 * @param sealed what is said, sealed under the pair's private-frame key for this frame alone
 */
public record PrivateFrame(int to, Bytes sealed) {

  private static final String PURPOSE = "private frame";

  /** Seals for one other member what is the frame with {@code seq} in one's own line. */
  public static PrivateFrame seal(GroupKey key, int to, long seq, byte[] content) {
    Bytes own = id(key, key.ownIndex());
    return withKey(
        key,
        id(key, to),
        own,
        id(key, to),
        seq,
        seal -> new PrivateFrame(to, seal.seal(Bytes.EMPTY, content)));
  }

  /** Opens what another member sealed for this one; nothing when it did not. */
  public Optional<byte[]> open(GroupKey key, int from, long seq) {
    Bytes own = id(key, key.ownIndex());
    return withKey(
        key, id(key, from), id(key, from), own, seq, seal -> seal.open(Bytes.EMPTY, sealed));
  }

  private static <T> T withKey(
      GroupKey key, Bytes other, Bytes from, Bytes to, long seq, Function<Seal, T> use) {
    EpochSecrets secrets = key.secrets(SecretAccess.GRANTED);
    byte[] sealKey = secrets.privateFrameKey(other, from, to, seq);
    try {
      return use.apply(new Seal(sealKey, key.sid(), PURPOSE, from, to));
    } finally {
      Arrays.fill(sealKey, (byte) 0);
    }
  }

  private static Bytes id(GroupKey key, int place) {
    return key.roster().get(place).id();
  }

  /** The encoding. */
  public byte[] encoded() {
    return new WireWriter().uint16(to).vector(sealed).finish();
  }

  /**
   * The private frame of an encoding.
   *
   * @param members how many there are
   * @throws WireException when it is not one
   */
  public static PrivateFrame decode(byte[] content, int members) throws WireException {
    WireReader reader = new WireReader(content);
    int to = reader.uint16("to");
    if (to >= members) {
      throw WireException.malformed("the roster has no such receiver");
    }
    Bytes sealed = Bytes.of(reader.vector(Seal.TAG_BYTES, Message.MAX_BYTES, "sealed content"));
    reader.finish("the private frame");
    return new PrivateFrame(to, sealed);
  }
}
