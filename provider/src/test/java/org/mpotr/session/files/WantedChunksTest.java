package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.Bytes;

/** What is wanted of a file: the same as with a bit for each chunk, for less. */
class WantedChunksTest {

  private static final Bytes ROOT = Bytes.of(new byte[32]);

  private static Fingerprint member(int number) throws InvalidKeyException {
    return Fingerprint.of(TestGroup.identity("wanted", number).getPublic());
  }

  private static FileRequest request(long... firstAndCount) {
    List<FileRequest.Range> ranges = new ArrayList<>();
    for (int i = 0; i < firstAndCount.length; i += 2) {
      ranges.add(new FileRequest.Range(firstAndCount[i], firstAndCount[i + 1]));
    }
    return new FileRequest(ROOT, ranges);
  }

  @Test
  void aMemberCostsLittleHoweverMuchItWants() throws Exception {
    int most = 1 << 25;
    WantedChunks wanted = new WantedChunks(most);
    Fingerprint member = member(0);
    assertTrue(wanted.set(member, request(0, most)));
    assertEquals(1, wanted.ranges());
    for (int i = 0; i < 10_000; i++) {
      wanted.remove(2L * i + 1);
    }
    assertEquals(WantedChunks.MAX_RANGES, wanted.ranges());
    assertTrue(wanted.has(0));
    assertFalse(wanted.has(1));
    assertTrue(wanted.has(2));
    wanted.forget(member);
    assertEquals(0, wanted.ranges());
  }

  @Test
  void itIsTheSameAsWithABitForEachChunk() throws Exception {
    SplittableRandom random = new SplittableRandom(9);
    Fingerprint[] members = {member(0), member(1)};
    for (int run = 0; run < 200; run++) {
      int count = random.nextInt(1, 60);
      WantedChunks wanted = new WantedChunks(count);
      BitSet[] bits = {new BitSet(), new BitSet()};
      BitSet there = new BitSet();
      for (int step = 0; step < 60; step++) {
        int which = random.nextInt(2);
        int first = random.nextInt(count);
        switch (random.nextInt(4)) {
          case 0 -> {
            int length = random.nextInt(1, 30);
            wanted.set(members[which], request(first, length));
            bits[which].clear();
            bits[which].set(first, Math.min(count, first + length));
          }
          case 1 -> there.flip(first);
          case 2 -> {
            wanted.remove(first);
            bits[0].clear(first);
            bits[1].clear(first);
          }
          default -> checkNext(wanted, bits, there);
        }
        for (int i = 0; i < count; i++) {
          assertEquals(bits[0].get(i) || bits[1].get(i), wanted.has(i));
        }
      }
    }
  }

  private static void checkNext(WantedChunks wanted, BitSet[] bits, BitSet there) {
    BitSet open = (BitSet) bits[0].clone();
    open.or(bits[1]);
    open.and(there);
    OptionalInt next = wanted.next(there::get);
    assertEquals(!open.isEmpty(), next.isPresent());
    next.ifPresent(
        index -> {
          assertTrue(open.get(index));
          bits[0].clear(index);
          bits[1].clear(index);
        });
  }
}
