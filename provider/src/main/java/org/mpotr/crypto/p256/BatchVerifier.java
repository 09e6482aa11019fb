package org.mpotr.crypto.p256;

/**
 * Verifies many signatures at once. For those whose keys have tables all points of tables that the
 * signatures ask for are summed in affine trees, which makes each addition cheaper than in a chain
 * and still gives every signature its own verdict.
 */
final class BatchVerifier {

  /** Signatures that share inversions: more would gain little and leave the cache. */
  static final int CHUNK = 32;

  private final KnownKey[] keys;
  private final SignatureScalars[] signatures;
  private final int[] places;
  private final AffineTable[] larges;
  private final AffineTable[] smalls;
  private PointSums sums;
  private int size;

  BatchVerifier(int capacity) {
    keys = new KnownKey[capacity];
    signatures = new SignatureScalars[capacity];
    places = new int[capacity];
    larges = new AffineTable[capacity];
    smalls = new AffineTable[capacity];
  }

  int size() {
    return size;
  }

  /** Adds a signature whose verdict is wanted at a place. */
  void add(KnownKey key, SignatureScalars signature, int place) {
    keys[size] = key;
    signatures[size] = signature;
    places[size] = place;
    size++;
  }

  /** Writes the verdict of each signature to its place. */
  void verify(boolean[] verdicts, boolean baseTable) {
    SignatureScalars.solve(signatures, size);
    int known = 0;
    int points = 0;
    for (int i = 0; i < size; i++) {
      // Looked up once: the pool may take a large table away at any time.
      larges[i] = keys[i].large();
      smalls[i] = keys[i].small();
      if (larges[i] != null || smalls[i] != null) {
        known++;
        points += BasePoint.PUBLIC_WINDOWS + KnownKey.windows(larges[i] != null);
      }
    }
    boolean together = known > 1 && baseTable;
    if (together) {
      sums = new PointSums(known * KnownKey.SMALL_ROUNDS, points);
      gather();
      sums.run();
    }
    int sum = 0;
    for (int i = 0; i < size; i++) {
      if (together && larges[i] != null) {
        verdicts[places[i]] = !sums.isInfinite(sum) && signatures[i].accepts(sums.x(sum));
        sum++;
      } else if (together && smalls[i] != null) {
        verdicts[places[i]] = signatures[i].accepts(join(sum));
        sum += KnownKey.SMALL_ROUNDS;
      } else {
        verdicts[places[i]] = new Verifier(baseTable).verify(keys[i], signatures[i]);
      }
    }
  }

  private void gather() {
    for (int i = 0; i < size; i++) {
      if (larges[i] != null) {
        gather(larges[i], signatures[i].u2(), KnownKey.LARGE_WIDTH, 1);
      } else if (smalls[i] != null) {
        gather(smalls[i], signatures[i].u2(), KnownKey.SMALL_WIDTH, KnownKey.SMALL_ROUNDS);
      } else {
        continue;
      }
      // The last sum of a signature is that of no doublings, where those of G belong.
      gather(BasePoint.publicTable(), signatures[i].u1(), BasePoint.PUBLIC_WIDTH, 0);
    }
  }

  /**
   * One sum for each round of doublings, the highest first; for no rounds, the points of all
   * windows go to the last sum.
   */
  private void gather(AffineTable table, long[] scalar, int width, int rounds) {
    long[] half = scalar.clone();
    long sign = Order.upperHalf(half);
    Order.negateIf(half, sign);
    int[] digits = Digits.windows(half, width);
    int step = Math.max(1, rounds);
    AffineTable points = table.pointsOf(digits, width, step);
    for (int round = step - 1; round >= 0; round--) {
      if (rounds > 0) {
        sums.begin();
      }
      for (int i = round; i < digits.length; i += step) {
        if (digits[i] != 0) {
          sums.add(points, i, sign ^ digits[i] >> 31);
        }
      }
    }
  }

  /** The rounds of one signature put together, with the doublings between them. */
  private XyzzPoint join(int first) {
    XyzzPoint point = new XyzzPoint();
    for (int round = 0; round < KnownKey.SMALL_ROUNDS; round++) {
      point.twice(KnownKey.SMALL_WIDTH);
      if (!sums.isInfinite(first + round)) {
        point.add(sums.x(first + round), sums.y(first + round));
      }
    }
    return point;
  }
}
