package org.mpotr.crypto.p256;

/**
 * Makes tables of multiples of public points, in rounds of affine additions that share an
 * inversion.
 */
final class Multiples {

  private final FieldElement[] x;
  private final FieldElement[] y;
  private final int bases;
  private final int count;
  private final AffineAdder adder;

  private Multiples(FieldElement[] baseX, FieldElement[] baseY, int count) {
    bases = baseX.length;
    this.count = count;
    // One more place for each base, where odd multiples keep a doubled one.
    x = Inversion.elements(bases * (count + 1));
    y = Inversion.elements(bases * (count + 1));
    for (int i = 0; i < bases; i++) {
      x[i * count].set(baseX[i]);
      y[i * count].set(baseY[i]);
    }
    adder = new AffineAdder(x, y, bases * Math.max(2, count / 2 + 1));
  }

  /**
   * The multiples 1 to {@code count} of each base of spread 1 and size 1.01: i·B at {@code
   * base·count + i − 1}.
   */
  static AffineTable all(FieldElement[] baseX, FieldElement[] baseY, int count) {
    Multiples multiples = new Multiples(baseX, baseY, count);
    for (int known = 1; known < count; known *= 2) {
      multiples.extend(known);
    }
    return multiples.table();
  }

  private void extend(int known) {
    for (int base = 0; base < bases; base++) {
      int first = base * count;
      int last = first + known - 1;
      int more = Math.min(known, count - known);
      for (int i = 0; i < more; i++) {
        if (i == known - 1) {
          adder.planTwice(last, last + known);
        } else {
          adder.plan(first + i, last, last + 1 + i);
        }
      }
    }
    adder.run();
  }

  /**
   * The odd multiples of each base, (2i + 1)·B at {@code base·count + i}, for a {@code count} that
   * is a power of two.
   */
  static AffineTable odd(FieldElement[] baseX, FieldElement[] baseY, int count) {
    Multiples multiples = new Multiples(baseX, baseY, count);
    multiples.startDoubles();
    for (int known = 1; known < count; known *= 2) {
      multiples.extendOdd(known);
    }
    return multiples.table();
  }

  private void startDoubles() {
    for (int base = 0; base < bases; base++) {
      adder.planTwice(base * count, bases * count + base);
    }
    adder.run();
  }

  private void extendOdd(int known) {
    boolean last = 2 * known == count;
    for (int base = 0; base < bases; base++) {
      int first = base * count;
      int doubled = bases * count + base;
      for (int i = 0; i < known; i++) {
        adder.plan(first + i, doubled, first + known + i);
      }
      if (!last) {
        // Carried out after the sums above, which still need the old one.
        adder.planTwice(doubled, doubled);
      }
    }
    adder.run();
  }

  private AffineTable table() {
    AffineTable table = new AffineTable(bases * count);
    for (int i = 0; i < bases * count; i++) {
      x[i].canonical();
      y[i].canonical();
      table.store(i, x[i], y[i]);
    }
    return table;
  }

  /** The multiples 1 to {@code count} of the bases 2^(i·stride)·P, i &lt; {@code bases}. */
  static AffineTable all(FieldElement px, FieldElement py, int bases, int stride, int count) {
    FieldElement[] x = Inversion.elements(bases);
    FieldElement[] y = Inversion.elements(bases);
    bases(new FieldElement[] {px}, new FieldElement[] {py}, stride, x, y);
    return all(x, y, count);
  }

  /** As many odd multiples of the same bases. */
  static AffineTable odd(FieldElement px, FieldElement py, int bases, int stride, int count) {
    FieldElement[] x = Inversion.elements(bases);
    FieldElement[] y = Inversion.elements(bases);
    bases(new FieldElement[] {px}, new FieldElement[] {py}, stride, x, y);
    return odd(x, y, count);
  }

  /**
   * The bases 2^(i·stride)·P of each point, as many as there is room for, tidy, those of one point
   * after those of the other.
   */
  static void bases(
      FieldElement[] px, FieldElement[] py, int stride, FieldElement[] x, FieldElement[] y) {
    int bases = x.length / px.length;
    FieldElement[] z = Inversion.elements(x.length);
    JacobianPoint point = new JacobianPoint();
    for (int i = 0; i < x.length; i++) {
      if (i % bases == 0) {
        point.set(px[i / bases], py[i / bases]);
      } else {
        point.twice(stride);
      }
      x[i].set(point.x);
      y[i].set(point.y);
      z[i].set(point.z);
    }
    Inversion.ofAllPublic(z, z.length, Inversion.elements(z.length));
    FieldElement square = new FieldElement();
    for (int i = 0; i < x.length; i++) {
      Field.square(square, z[i]);
      Field.multiply(x[i], x[i], square);
      Field.multiply(square, square, z[i]);
      Field.multiply(y[i], y[i], square);
      x[i].tidy();
      y[i].tidy();
    }
  }
}
