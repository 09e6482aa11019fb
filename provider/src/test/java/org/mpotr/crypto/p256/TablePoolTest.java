package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;

/** Tables grow with use and stay within their bounds. */
class TablePoolTest {

  private static PublicPoint point(int k) {
    return Reference.point(Reference.G.multiply(BigInteger.valueOf(k)));
  }

  @Test
  void growsWithUse() {
    TablePool pool = new TablePool(KnownKey.LARGE_BYTES);
    PublicPoint point = point(3);
    KnownKey key = KnownKey.of(point);
    assertSame(key, KnownKey.of(point));
    for (int i = 1; i < KnownKey.KNOWN; i++) {
      key.used(1, pool);
      assertNull(key.small());
    }
    key.used(1, pool);
    assertNotNull(key.small());
    assertTrue(key.small().size() * AffineTable.POINT_BYTES <= 32 << 10);
    for (int i = KnownKey.KNOWN + 1; i < KnownKey.BUSY; i++) {
      key.used(1, pool);
      assertNull(key.large());
    }
    key.used(1, pool);
    assertNotNull(key.large());
    assertEquals(KnownKey.LARGE_BYTES, pool.bytes());
  }

  @Test
  void givesThePlaceOfTheLeastRecentlyUsed() {
    TablePool pool = new TablePool(2 * KnownKey.LARGE_BYTES + 5);
    List<KnownKey> keys = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      keys.add(KnownKey.of(point(i)));
    }
    keys.get(0).used(KnownKey.BUSY, pool);
    keys.get(1).used(KnownKey.BUSY, pool);
    keys.get(0).used(1, pool);
    keys.get(2).used(KnownKey.BUSY, pool);
    assertNotNull(keys.get(0).large());
    assertNull(keys.get(1).large());
    assertNotNull(keys.get(2).large());
    assertEquals(2 * KnownKey.LARGE_BYTES, pool.bytes());
    keys.get(1).used(KnownKey.BUSY, pool);
    assertNull(keys.get(0).large());
    assertNotNull(keys.get(1).large());
    assertTrue(pool.bytes() <= pool.limit());
  }

  @Test
  void leavesThePlaceToOneInUse() {
    TablePool pool = new TablePool(KnownKey.LARGE_BYTES);
    KnownKey first = KnownKey.of(point(1));
    KnownKey second = KnownKey.of(point(2));
    first.used(KnownKey.BUSY, pool);
    second.used(1, pool);
    first.used(1, pool);
    second.used(KnownKey.BUSY - 1, pool);
    assertNotNull(first.large());
    assertNull(second.large());
    second.used(1, pool);
    second.used(KnownKey.BUSY - 1, pool);
    assertNull(first.large());
    assertNotNull(second.large());
  }

  /** However many get busy at once, no more have tables than places. */
  @Test
  void manyThatGetBusyAtOnceStayWithinTheLimit() throws Exception {
    TablePool pool = new TablePool(2 * KnownKey.LARGE_BYTES);
    List<KnownKey> keys = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      KnownKey key = KnownKey.of(point(i));
      keys.add(key);
      Callable<Void> busy =
          () -> {
            key.used(KnownKey.BUSY, pool);
            return null;
          };
      work.addAll(List.of(busy, busy));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    long large = keys.stream().filter(key -> key.large() != null).count();
    assertTrue(large >= 1 && large <= 2, large + " tables for two places");
    assertEquals(2 * KnownKey.LARGE_BYTES, pool.bytes());
  }

  @Test
  void makesNoLargeTableWithoutRoom() {
    TablePool pool = new TablePool(KnownKey.LARGE_BYTES - 1);
    KnownKey key = KnownKey.of(point(5));
    key.used(10 * KnownKey.BUSY, pool);
    assertNull(key.large());
    assertNotNull(key.small());
    assertEquals(0, pool.bytes());
  }

  @Test
  void servesManyThreads() throws Exception {
    OwnP256 engine = new OwnP256(KnownKey.LARGE_BYTES);
    List<PublicPoint> points = List.of(point(11), point(12), point(13));
    List<byte[]> signatures = new ArrayList<>();
    byte[] digest = new byte[32];
    digest[7] = 1;
    for (int i = 0; i < 3; i++) {
      signatures.add(Reference.sign(BigInteger.valueOf(11 + i), digest));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> work =
          () -> {
            boolean right = true;
            for (int i = 0; i < 900; i++) {
              int signer = i / 300;
              right &= engine.verify(points.get(signer), digest, signatures.get(signer));
              right &= !engine.verify(points.get((signer + 1) % 3), digest, signatures.get(signer));
              if (i % 50 == 0) {
                P256.Claim claim =
                    new P256.Claim(points.get(signer), digest, signatures.get(signer));
                boolean[] verdicts = engine.verify(List.of(claim, claim, claim));
                right &= verdicts[0] && verdicts[1] && verdicts[2];
              }
            }
            return right;
          };
      for (Future<Boolean> result : threads.invokeAll(List.of(work, work, work, work))) {
        assertTrue(result.get());
      }
    } finally {
      threads.shutdown();
    }
  }
}
