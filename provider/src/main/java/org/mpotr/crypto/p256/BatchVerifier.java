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
        points += BasePoint.PUBLIC_WINDOWS.count() + KnownKey.points(larges[i] != null);
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
      Terms terms;
      if (larges[i] != null) {
        terms = KnownKey.ofLarge(larges[i], signatures[i].u2());
      } else if (smalls[i] != null) {
        terms = KnownKey.ofSmall(smalls[i], signatures[i].u2());
      } else {
        continue;
      }
      int from = 0;
      for (int round = 0; round < terms.rounds(); round++) {
        sums.begin();
        sums.add(terms, from, terms.end(round));
        from = terms.end(round);
      }
      // The last sum of a signature is followed by no doublings: that is where those of G belong.
      Terms ofBase = BasePoint.publicTerms(signatures[i].u1());
      sums.add(ofBase, 0, ofBase.end(0));
    }
  }

  /** The rounds of one signature put together, with the doublings between them. */
  private XyzzPoint join(int first) {
    XyzzPoint point = new XyzzPoint();
    for (int round = 0; round < KnownKey.SMALL_ROUNDS; round++) {
      point.twice();
      if (!sums.isInfinite(first + round)) {
        point.add(sums.x(first + round), sums.y(first + round));
      }
    }
    return point;
  }
}
