package org.mpotr.benchmarks.workload;

import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/** A frame made through {@code Cipher} "mpOTR": init with a new place and one parent, doFinal. */
public final class FrameSealing implements Workload {

  static final int MOST_INPUT_BYTES = 1 << 22;
  private static final int SENDERS = 3;

  private final Cipher sealing = Cipher.getInstance("mpOTR", MpotrGroup.provider());
  private final Cipher opening = Cipher.getInstance("mpOTR", MpotrGroup.provider());
  private final GroupKey sender;
  private final GroupKey receiver;
  private final Pool<byte[]> contents;
  private final Pool<Bytes> parents;
  private long seq;

  public FrameSealing(int bytes) throws Exception {
    List<GroupKey> keys = MpotrGroup.setUp(MpotrGroup.identities(SENDERS));
    sender = keys.get(0);
    receiver = keys.get(1);
    contents = Pool.ofBytes(Math.max(1, Math.min(64, MOST_INPUT_BYTES / bytes)), bytes);
    Pool<byte[]> ids = Pool.ofBytes(64, 32);
    parents = Pool.of(64, i -> Bytes.of(ids.next()));
  }

  /** The key of the member that opens what this one seals. */
  GroupKey receiver() {
    return receiver;
  }

  @Override
  public byte[] run() throws Exception {
    return seal(contents.next());
  }

  private byte[] seal(byte[] content) throws Exception {
    FrameParameterSpec spec = FrameParameterSpec.of(FrameKind.TEXT, seq++, List.of(parents.next()));
    sealing.init(Cipher.ENCRYPT_MODE, sender, spec);
    return sealing.doFinal(content);
  }

  @Override
  public void check() throws Exception {
    byte[] content = contents.next();
    opening.init(Cipher.DECRYPT_MODE, receiver);
    WrongResultException.require(
        Arrays.equals(content, opening.doFinal(seal(content))), "a frame has another content");
  }
}
