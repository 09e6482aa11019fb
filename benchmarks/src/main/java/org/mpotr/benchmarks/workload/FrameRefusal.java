package org.mpotr.benchmarks.workload;

import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.wire.Frame;

/**
 * Frames that an outsider makes up for a member's session: a hash and a MAC each, and no signature
 * check (PROTOCOL.md, section 6.4).
 */
public final class FrameRefusal implements Workload {

  private final FrameOpener opener;
  private final Pool<byte[]> frames;

  /**
   * @param bytes of content that such a frame could have
   */
  public FrameRefusal(int bytes) throws Exception {
    FrameSealing sealing = new FrameSealing(bytes);
    GroupKey receiver = sealing.receiver();
    opener = new FrameOpener(receiver);
    int count = Math.max(4, Math.min(256, FrameSealing.MOST_INPUT_BYTES / bytes));
    frames = Pool.of(count, i -> madeUp((byte[]) sealing.run()));
  }

  /** The header of a true frame, before what nobody has said. */
  private static byte[] madeUp(byte[] frame) {
    for (int i = Frame.HEADER_BYTES; i < frame.length; i++) {
      frame[i] = (byte) (31 * frame[i] + i);
    }
    return frame;
  }

  @Override
  public Object run() throws Exception {
    try {
      return opener.open(frames.next());
    } catch (FrameRefusedException e) {
      return e;
    }
  }

  @Override
  public void check() throws Exception {
    WrongResultException.require(
        run() instanceof FrameRefusedException, "what nobody has said is accepted");
  }
}
