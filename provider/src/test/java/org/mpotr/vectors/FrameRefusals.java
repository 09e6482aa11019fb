package org.mpotr.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mpotr.reference.Curve;
import org.mpotr.reference.Ecdsa;
import org.mpotr.reference.Frame;
import org.mpotr.reference.Run;
import org.mpotr.reference.Struct;
import org.mpotr.reference.Watcher;

/** Frames that must be refused, by the relay's hand or an insider's. */
final class FrameRefusals {

  /** A frame and the code that it must be refused with. */
  record Expected(String name, byte[] frame, String check) {}

  private final Material material = new Material("refused frames");
  private final Run run;
  private final byte[] frame;
  private final List<Expected> cases = new ArrayList<>();

  private FrameRefusals(Story base) {
    this.run = base.last().run();
    this.frame = base.last().said().get(0).made().frame();
  }

  static List<Expected> all(Story base) {
    FrameRefusals refusals = new FrameRefusals(base);
    refusals.onTheWay();
    refusals.inside();
    return refusals.cases;
  }

  private void onTheWay() {
    altered("nothing", Change.cut(frame.length), "malformed");
    altered("one byte too short to be a frame", Change.cut(frame.length - 118), "malformed");
    altered("longer than the limit", Change.longer((1 << 16) + 1 - frame.length), "malformed");
    altered("another version", Change.set(0, 2), "unsupported-version");
    byte[] fragment = Arrays.copyOf(frame, 20);
    altered(
        "cut off, of another version",
        Change.to(Change.set(0, 2).apply(fragment)),
        "unsupported-version");
    altered("cut off, of another epoch", Change.to(Change.flip(2).apply(fragment)), "malformed");
    altered(
        "another epoch, a sender beyond all groups",
        bytes -> Change.flip(2).apply(Change.set(10, 1).apply(bytes)),
        "malformed");
    altered("another type", Change.set(1, 5), "malformed");
    altered("another epoch", Change.flip(2), "unknown-epoch");
    altered("a sender that is not there", Change.set(11, 3), "malformed");
    altered("a sender beyond all groups", Change.set(10, 1), "malformed");
    altered("another sender", Change.set(11, 2), "bad-tag");
    altered("IV altered", Change.flip(12), "bad-tag");
    altered("ciphertext altered", Change.flip(28), "bad-tag");
    altered("signature altered", Change.flip(-17), "bad-tag");
    altered("tag altered", Change.flip(-1), "bad-tag");
    altered("one byte too many", Change.longer(1), "bad-tag");
    altered("one byte too few", Change.cut(1), "bad-tag");
  }

  private void altered(String name, UnaryOperator<byte[]> change, String check) {
    cases.add(new Expected(name, change.apply(frame), check));
  }

  private void inside() {
    signedBy("signed by another member", Watcher.NONE, 1, "bad-signature");
    Watcher mauled = Change.of("frame signature", Ecdsa::mauled);
    signedBy("s of the other half", mauled, 0, "bad-signature");
    Watcher zero = Change.of("frame signature", Change.to(new byte[64]));
    signedBy("a signature of zeros", zero, 0, "bad-signature");
    byte[] n = Curve.number(Curve.N);
    Watcher large = Change.of("frame signature", Change.put(0, n));
    signedBy("r that is n", large, 0, "bad-signature");

    inner("kind 0", front(0, 0).vector(text()), 24);
    inner("a kind that nobody defined", front(127, 0).vector(text()), 24);
    inner("seq of 2^63", front(1, Long.MIN_VALUE).vector(text()), 24);
    inner("padding that is not zero", front(1, 0).vector(text()).u8(1), 24);
    inner("padding too short", front(1, 0).vector(text()), 23);
    inner("padding too long", front(1, 0).vector(text()), 26);
    inner("content longer than the frame", front(1, 0).u8(40).raw(text()), 24);
    inner("length prefix not the shortest", front(1, 0).u16(0x400c).raw(text()), 24);
    byte[] low = new byte[32];
    byte[] high = Change.set(0, 1).apply(low);
    inner("a parent twice", parents(low, low), 80);
    inner("parents in descending order", parents(high, low), 80);
    inner("half a parent", parents(low, new byte[16]), 64);
    inner("33 parents", parents(thirtyThree()), 1_088);
  }

  private static byte[] text() {
    return "tea at five?".getBytes(StandardCharsets.UTF_8);
  }

  /** kind, seq and no parents; what is short of the length that is asked for becomes zeros. */
  private static Struct front(int kind, long seq) {
    return new Struct().u8(kind).u64(seq).vector(new byte[0]);
  }

  private static Struct parents(byte[]... parents) {
    return new Struct().u8(1).u64(0).vector(Struct.join(parents)).vector(new byte[0]);
  }

  private static byte[][] thirtyThree() {
    byte[][] parents = new byte[33][32];
    for (int i = 0; i < parents.length; i++) {
      parents[i][0] = (byte) i;
    }
    return parents;
  }

  private void inner(String name, Struct front, int length) {
    byte[] inner = Arrays.copyOf(front.bytes(), length);
    cases.add(new Expected(name, made(name, Change.of("inner", Change.to(inner)), 0), "malformed"));
  }

  private void signedBy(String name, Watcher watcher, int signer, String check) {
    cases.add(new Expected(name, made(name, watcher, signer), check));
  }

  private byte[] made(String name, Watcher watcher, int signer) {
    Run.Seat seat = run.seats().get(0);
    Frame.Content content = new Frame.Content(1, 0, List.of(), text());
    return Frame.make(
            seat.epoch(),
            0,
            run.seats().get(signer).inputs().e(),
            content,
            material.bytes(name + "/iv", 16),
            material.bytes(name + "/hedge", 32),
            watcher)
        .frame();
  }
}
