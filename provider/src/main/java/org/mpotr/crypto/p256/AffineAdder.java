package org.mpotr.crypto.p256;

/**
 * Additions of public affine points, many at once, with one inversion for all: 5 multiplications
 * and a squaring each. Points are given by index into arrays of coordinates of spread 1 and size
 * 1.01: x as {@link FieldElement#tidy} leaves it, y that or its negative. Results are tidy. Equal
 * and opposite points are met.
 */
final class AffineAdder {

  private final FieldElement[] x;
  private final FieldElement[] y;
  private final int[] left;
  private final int[] right;
  private final int[] target;
  private final FieldElement[] slopes;
  private final FieldElement[] products;
  private final FieldElement s = new FieldElement();
  private final FieldElement t = new FieldElement();
  private int count;

  /** Works on the points of two arrays, with room for so many pending additions. */
  AffineAdder(FieldElement[] x, FieldElement[] y, int capacity) {
    this.x = x;
    this.y = y;
    left = new int[capacity];
    right = new int[capacity];
    target = new int[capacity];
    slopes = Inversion.elements(capacity);
    products = Inversion.elements(capacity);
  }

  /**
   * Plans {@code point[to] = point[a] + point[b]} for the next {@link #run()}, which carries out
   * the additions in the order of planning.
   *
   * @return false if the sum is infinity, and nothing was planned
   */
  boolean plan(int a, int b, int to) {
    FieldElement slope = slopes[count];
    slope.subtract(x[b], x[a]);
    if (maybeZero(slope) && isZero(slope)) {
      s.add(y[a], y[b]);
      if (s.isZero()) {
        return false;
      }
      planTwice(a, to);
      return true;
    }
    return push(a, b, to);
  }

  /** Plans {@code point[to] = 2·point[a]}; no point of the group but infinity has y = 0. */
  void planTwice(int a, int to) {
    slopes[count].add(y[a], y[a]);
    push(a, a, to);
  }

  private boolean push(int a, int b, int to) {
    left[count] = a;
    right[count] = b;
    target[count] = to;
    count++;
    return true;
  }

  /**
   * A difference of tidy elements is 0 modulo p only as 0, p or −p, that is with 0, −1 or 1 in the
   * low 52 bits.
   */
  private static boolean maybeZero(FieldElement difference) {
    return ((difference.l0 + 1) & FieldElement.MASK) <= 2;
  }

  private boolean isZero(FieldElement element) {
    s.set(element);
    return s.isZero();
  }

  void run() {
    Inversion.ofAllPublic(slopes, count, products);
    for (int i = 0; i < count; i++) {
      finish(left[i], right[i], target[i], slopes[i]);
    }
    count = 0;
  }

  /** λ = (y₂ − y₁)/(x₂ − x₁), or 3(x² − 1)/2y; x' = λ² − x₁ − x₂, y' = λ(x₁ − x') − y₁. */
  private void finish(int a, int b, int to, FieldElement slope) {
    if (a == b) {
      s.subtract(x[a], FieldElement.ONE);
      s.times(s, 3); // spread 3, size 6.1
      t.add(x[a], FieldElement.ONE); // spread 2, size 2.1
      Field.multiply(s, s, t); // size 1.9
    } else {
      s.subtract(y[b], y[a]); // spread 2, size 2.1
    }
    Field.multiply(slope, slope, s); // λ: size 1.3
    Field.square(t, slope); // size 1.2
    t.subtract(t, x[a]);
    t.subtract(t, x[b]); // spread 2, size 3.3
    t.tidy();
    s.subtract(x[a], t); // spread 1, size 2.1
    Field.multiply(s, s, slope); // size 1.2
    s.subtract(s, y[a]); // spread 2, size 2.3
    s.tidy();
    x[to].set(t);
    y[to].set(s);
  }
}
