package org.mpotr.crypto.p256;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mpotr.crypto.PublicPoint;

/**
 * What is kept with a {@link PublicPoint}: its coordinates ready for use, a {@link Comb} once a
 * secret was multiplied with it and, the more often it verifies, a table of its multiples. The
 * first {@link #KNOWN} − 1 verifications make none. The next one makes the small one, 29 bases of
 * 16 odd multiples, 29 KiB, for scalars in the non-adjacent form. After {@link #BUSY} uses the key
 * asks the {@link TablePool} for a place for the large one, 25 windows of 512 or 1,024 points, 992
 * KiB, with which no doublings are left.
 */
final class KnownKey {

  static final int SMALL_WIDTH = 6;
  static final int SMALL_COUNT = 1 << (SMALL_WIDTH - 2);

  /** Digits that one base of the small table serves, with a doubling between them. */
  static final int SMALL_ROUNDS = 9;

  /** Enough for the 256 digits of a scalar below 2²⁵⁵. */
  static final int SMALL_BASES = 29;

  static final Windows LARGE_WINDOWS = new Windows(25);

  /** Bytes of a large table, with the array's header. */
  static final long LARGE_BYTES = (long) LARGE_WINDOWS.points() * AffineTable.POINT_BYTES + 16;

  /**
   * Verifications from which on a key is worth a large table, which takes as long to make as so
   * many verifications save with it; losing it starts the count again.
   */
  static final int BUSY = 600;

  /**
   * The verification that makes the small table: as a rule a sender's second frame, after its
   * ATTEST and its first. It costs as much as two verifications without it.
   */
  static final int KNOWN = 3;

  final FieldElement x = new FieldElement();
  final FieldElement y = new FieldElement();

  private final AtomicInteger uses = new AtomicInteger();
  private volatile Comb comb;
  private volatile AffineTable small;
  private volatile AffineTable large;

  /** The pool's clock at the last use; a lost update does no harm. */
  private volatile long lastUse;

  /** The pool's clock when the uses began to be counted. */
  private volatile long countedSince;

  /** A multiple by a small table. */
  static Terms ofSmall(AffineTable table, long[] scalar) {
    return Terms.ofRounds(table, scalar, SMALL_WIDTH, SMALL_ROUNDS);
  }

  /** A multiple by a large table. */
  static Terms ofLarge(AffineTable table, long[] scalar) {
    return Terms.ofWindows(table, LARGE_WINDOWS, scalar);
  }

  /** The points that a scalar asks a table of this kind for, at most. */
  static int points(boolean large) {
    return large ? LARGE_WINDOWS.count() : Terms.most(SMALL_WIDTH);
  }

  private KnownKey(PublicPoint point) {
    byte[] encoded = point.encoded();
    x.fromInteger(Words.of(encoded, 1));
    y.fromInteger(Words.of(encoded, 33));
    x.canonical();
    y.canonical();
  }

  static KnownKey of(PublicPoint point) {
    return point.prepared(KnownKey.class, KnownKey::new);
  }

  /** The combs of points; those that are not there yet are made together. */
  static Comb[] combs(List<PublicPoint> points) {
    // Each point is asked for its key once: of two threads that are the first, each gets its own.
    KnownKey[] keys = new KnownKey[points.size()];
    List<KnownKey> bare = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = of(points.get(i));
      if (keys[i].comb == null) {
        bare.add(keys[i]);
      }
    }
    if (!bare.isEmpty()) {
      makeCombs(bare);
    }
    Comb[] combs = new Comb[keys.length];
    for (int i = 0; i < combs.length; i++) {
      combs[i] = keys[i].comb;
    }
    return combs;
  }

  /** The same key twice, or two threads, make a comb twice, and either will do. */
  private static void makeCombs(List<KnownKey> keys) {
    FieldElement[] x = new FieldElement[keys.size()];
    FieldElement[] y = new FieldElement[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = keys.get(i).x;
      y[i] = keys.get(i).y;
    }
    Comb[] made = Comb.of(x, y);
    for (int i = 0; i < made.length; i++) {
      keys.get(i).comb = made[i];
    }
  }

  /** Notes uses and makes the tables that they justify. */
  void used(int times, TablePool pool) {
    AffineTable table = large;
    if (table != null) {
      lastUse = pool.tick();
      return;
    }
    int now = uses.addAndGet(times);
    if (now == times) {
      countedSince = pool.now();
    }
    if (now >= KNOWN && small == null) {
      makeSmall();
    }
    if (now >= BUSY && uses.compareAndSet(now, 0)) {
      lastUse = pool.tick();
      pool.admit(this);
    }
  }

  private synchronized void makeSmall() {
    if (small == null) {
      small = Multiples.odd(x, y, SMALL_BASES, SMALL_ROUNDS, SMALL_COUNT);
    }
  }

  AffineTable newLarge() {
    return Multiples.all(x, y, LARGE_WINDOWS);
  }

  /** Gives or, for null, takes the large table; called by the pool alone. */
  void setLarge(AffineTable table) {
    large = table;
  }

  long lastUse() {
    return lastUse;
  }

  long countedSince() {
    return countedSince;
  }

  /** The small table, (2i + 1)·2^(9b)·Q at {@code 16b + i}, or null. */
  AffineTable small() {
    return small;
  }

  /** The large table, of {@link #LARGE_WINDOWS}, or null. */
  AffineTable large() {
    return large;
  }
}
