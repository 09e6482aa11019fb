package org.mpotr.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameOpener;

/**
 * Frames of one busy sender, opened through {@code Cipher} "mpOTR" one by one, or in batches by the
 * library's own {@link FrameOpener}.
 */
public final class FrameOpening implements Workload {

  private final Cipher opening = Cipher.getInstance("mpOTR", MpotrGroup.provider());
  private final GroupKey receiver;
  private final FrameOpener opener;
  private final int bytes;
  private final int batch;
  private final Pool<byte[]> frames;

  /**
   * @param bytes of content
   * @param batch how many frames are opened together; 1 is one by one
   */
  public FrameOpening(int bytes, int batch) throws Exception {
    this.bytes = bytes;
    this.batch = batch;
    FrameSealing sealing = new FrameSealing(bytes);
    receiver = sealing.receiver();
    opener = new FrameOpener(receiver);
    int count = Math.max(4, Math.min(256, FrameSealing.MOST_INPUT_BYTES / bytes));
    frames = Pool.of(count, i -> sealing.run());
  }

  @Override
  public int operations() {
    return batch;
  }

  @Override
  public Object run() throws Exception {
    if (batch == 1) {
      return open(frames.next());
    }
    List<byte[]> queue = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      queue.add(frames.next());
    }
    List<FrameOpener.Outcome> outcomes = opener.open(queue);
    for (FrameOpener.Outcome outcome : outcomes) {
      WrongResultException.require(outcome.refusal() == null, "a right frame is refused");
    }
    return outcomes;
  }

  private byte[] open(byte[] frame) throws Exception {
    opening.init(Cipher.DECRYPT_MODE, receiver);
    return opening.doFinal(frame);
  }

  @Override
  public void check() throws Exception {
    run();
    byte[] frame = frames.first();
    WrongResultException.require(open(frame).length == bytes, "a content has another length");
    byte[] wrong = frame.clone();
    wrong[wrong.length / 2] ^= 1;
    boolean refused = false;
    try {
      open(wrong);
    } catch (AEADBadTagException e) {
      refused = true;
    }
    WrongResultException.require(refused, "a changed frame is accepted");
    WrongResultException.require(
        opener.open(List.of(frame, wrong)).get(1).refusal() != null,
        "a changed frame is accepted in a batch");
  }
}
