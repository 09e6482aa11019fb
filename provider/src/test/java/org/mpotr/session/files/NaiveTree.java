package org.mpotr.session.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Section 11 read once more, as plainly as can be: a tree of whole lists and joined arrays. */
final class NaiveTree {

  private NaiveTree() {}

  static byte[] leaf(long index, byte[] chunk) throws Exception {
    byte[] length =
        chunk.length < 64
            ? new byte[] {(byte) chunk.length}
            : chunk.length < 16_384
                ? ByteBuffer.allocate(2).putShort((short) (0x4000 | chunk.length)).array()
                : ByteBuffer.allocate(4).putInt(0x8000_0000 | chunk.length).array();
    return hash("mpOTR1 file leaf", ByteBuffer.allocate(8).putLong(index).array(), length, chunk);
  }

  static byte[] root(List<byte[]> leaves) throws Exception {
    List<byte[]> level = leaves;
    while (level.size() > 1) {
      level = above(level);
    }
    return level.get(0);
  }

  /** The siblings from leaf to root, joined. */
  static byte[] path(List<byte[]> leaves, int index) throws Exception {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    List<byte[]> level = leaves;
    for (int place = index; level.size() > 1; place /= 2) {
      int sibling = place % 2 == 0 ? place + 1 : place - 1;
      if (sibling < level.size()) {
        path.write(level.get(sibling));
      }
      level = above(level);
    }
    return path.toByteArray();
  }

  private static List<byte[]> above(List<byte[]> level) throws Exception {
    List<byte[]> next = new ArrayList<>();
    for (int i = 0; i < level.size(); i += 2) {
      next.add(
          i + 1 == level.size()
              ? level.get(i)
              : hash("mpOTR1 file node", level.get(i), level.get(i + 1)));
    }
    return next;
  }

  private static byte[] hash(String label, byte[]... fields) throws Exception {
    MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
    byte[] ascii = label.getBytes(StandardCharsets.US_ASCII);
    sha512.update((byte) ascii.length);
    sha512.update(ascii);
    sha512.update((byte) 0);
    for (byte[] field : fields) {
      sha512.update(field);
    }
    return Arrays.copyOf(sha512.digest(), 32);
  }
}
