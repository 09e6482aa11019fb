package org.mpotr.crypto.p256;

/**
 * Verifies many signatures at once. For those whose keys have tables all points of tables that the
 * signatures ask for are summed in affine trees, which makes each addition cheaper than in a chain
 * and still gives every signature its own verdict.
 */
final class BatchVerifier {

  /** Signatures that share inversions: more would gain little and leave the cache. */
  static final int CHUNK = 32;

  private static final int POINTS =
      BasePoint.PUBLIC_WINDOWS + KnownKey.SMALL_BASES * KnownKey.SMALL_ROUNDS;

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
    for (int i = 0; i < size; i++) {
      // Looked up once: the pool may take a large table away at any time.
      larges[i] = keys[i].large();
      smalls[i] = keys[i].small();
      known += larges[i] != null || smalls[i] != null ? 1 : 0;
    }
    boolean together = known > 1 && baseTable;
    if (together) {
      sums = new PointSums(known * KnownKey.SMALL_ROUNDS, known * POINTS);
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
      collect(BasePoint.publicTable(), signatures[i].u1(), BasePoint.PUBLIC_WIDTH, 0, 1);
    }
  }

  /** One sum for each round of doublings, the highest first. */
  private void gather(AffineTable table, long[] scalar, int width, int rounds) {
    for (int round = rounds - 1; round >= 0; round--) {
      sums.begin();
      collect(table, scalar, width, round, rounds);
    }
  }

  /** Adds the points of every {@code rounds}-th window to the last sum. */
  private void collect(AffineTable table, long[] scalar, int width, int first, int rounds) {
    long[] half = scalar.clone();
    boolean negative = Order.upperHalf(half) != 0;
    if (negative) {
      Order.negateIf(half, -1);
    }
    int[] digits = Digits.windows(half, width);
    for (int base = 0, i = first; i < digits.length; base++, i += rounds) {
      int digit = digits[i];
      if (digit != 0) {
        int index = (base << (width - 1)) + Math.abs(digit) - 1;
        sums.add(table, index, digit < 0 != negative);
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
