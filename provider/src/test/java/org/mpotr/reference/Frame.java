package org.mpotr.reference;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Frames of section 6, made and opened. Part of the second reading of the text. */
public final class Frame {
  private static final int SIGNATURE_AND_TAG = 80;

  private Frame() {}

  /** What a sender puts in. */
  public record Content(int kind, long seq, List<byte[]> parents, byte[] content) {}

  /** A frame with all that it is made of. */
  public record Made(
      byte[] header,
      byte[] iv,
      byte[] inner,
      byte[] ciphertext,
      byte[] digest,
      byte[] signature,
      byte[] tag) {
    /** The frame as it travels. */
    public byte[] frame() {
      return Struct.join(header, iv, ciphertext, signature, tag);
    }

    /** The frame's id. */
    public byte[] id() {
      return Arrays.copyOf(digest, 32);
    }
  }

  /** Section 6.3: zeros to the end of what comes before them. */
  static byte[] padded(Parameters parameters, byte[] unpadded) {
    int length = unpadded.length;
    if (!parameters.padded()) {
      return unpadded;
    }
    int e = floorLog2(length);
    int s = floorLog2(e) + 1;
    if (e <= s) {
      return unpadded;
    }
    int multiple = 1 << (e - s);
    return Arrays.copyOf(unpadded, (length + multiple - 1) / multiple * multiple);
  }

  private static int floorLog2(int number) {
    return 31 - Integer.numberOfLeadingZeros(number);
  }

  private static Struct front(Content content) {
    return new Struct()
        .u8(content.kind())
        .u64(content.seq())
        .vector(Struct.join(content.parents().toArray(byte[][]::new)))
        .vector(content.content());
  }

  /** A frame of a sender, with the randomness given. */
  public static Made make(
      Epoch epoch,
      int sender,
      BigInteger e,
      Content content,
      byte[] iv,
      byte[] hedge,
      Watcher watcher) {
    byte[] sidHint = Arrays.copyOf(epoch.sid(), 8);
    byte[] header = new Struct().u8(1).u8(6).raw(sidHint).u16(sender).bytes();
    header = watcher.see("header", header);
    byte[] inner = padded(epoch.parameters(), front(content).bytes());
    inner = watcher.see("inner", inner);
    byte[] ciphertext = Labelled.aesCtr(epoch.frameKey(sender), iv, inner);
    byte[] digest = Labelled.hash("frame", epoch.sid(), header, iv, ciphertext);
    byte[] signature = watcher.see("frame signature", Ecdsa.sign(e, digest, hedge));
    byte[] tag = tag(epoch, sender, digest, signature);
    return new Made(header, iv, inner, ciphertext, digest, signature, tag);
  }

  private static byte[] tag(Epoch epoch, int sender, byte[] digest, byte[] signature) {
    byte[] input = Labelled.label("frame tag", epoch.sid(), digest, signature);
    return Arrays.copyOf(Labelled.hmac(epoch.frameMac(sender), input), 16);
  }

  /** The checks of section 6.5 but for replay and order, which are the session's. */
  public static Content open(Epoch epoch, byte[] frame) throws Refused {
    if (frame.length == 0 || frame.length > epoch.parameters().frameLimit()) {
      throw new Refused("malformed");
    }
    if (frame[0] != 1) {
      throw new Refused("unsupported-version");
    }
    Fields fields = new Fields(frame);
    fields.u8();
    int type = fields.u8();
    byte[] sidHint = fields.raw(8);
    int sender = fields.u16();
    if (type != 6 || sender > 255 || frame.length < 119) {
      throw new Refused("malformed");
    }
    if (!Arrays.equals(sidHint, Arrays.copyOf(epoch.sid(), 8))) {
      throw new Refused("unknown-epoch");
    }
    if (sender >= epoch.roster().size()) {
      throw new Refused("malformed");
    }
    byte[] iv = fields.raw(16);
    byte[] ciphertext = fields.raw(frame.length - 28 - SIGNATURE_AND_TAG);
    byte[] signature = fields.raw(64);
    byte[] header = Arrays.copyOf(frame, 12);
    byte[] digest = Labelled.hash("frame", epoch.sid(), header, iv, ciphertext);
    if (!MessageDigest.isEqual(fields.raw(16), tag(epoch, sender, digest, signature))) {
      throw new Refused("bad-tag");
    }
    if (!Ecdsa.verify(epoch.roster().at(sender).e(), digest, signature)) {
      throw new Refused("bad-signature");
    }
    return inner(epoch.parameters(), Labelled.aesCtr(epoch.frameKey(sender), iv, ciphertext));
  }

  private static Content inner(Parameters parameters, byte[] inner) throws Refused {
    Fields fields = new Fields(inner);
    int kind = fields.u8();
    long seq = fields.number(8);
    List<byte[]> parents = Introduction.elements(fields.vector(), 32);
    Content content = new Content(kind, seq, parents, fields.vector());
    boolean ascending = true;
    for (int i = 1; i < parents.size(); i++) {
      ascending &= Arrays.compareUnsigned(parents.get(i - 1), parents.get(i)) < 0;
    }
    boolean defined = kind >= 1 && kind <= 12 || kind >= 128;
    if (!ascending
        || parents.size() > 32
        || !defined
        || !Arrays.equals(inner, padded(parameters, front(content).bytes()))) {
      throw new Refused("malformed");
    }
    return content;
  }
}
