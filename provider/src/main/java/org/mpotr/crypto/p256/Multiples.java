package org.mpotr.crypto.p256;

/**
 * Makes tables of multiples of public points, in rounds of affine additions that share an
 * inversion.
 */
final class Multiples {

  private final FieldElement[] x;
  private final FieldElement[] y;

  /** The place of the first multiple of each base, and the number of all. */
  private final int[] places;

  private final int bases;
  private final AffineAdder adder;

  private Multiples(FieldElement[] baseX, FieldElement[] baseY, int[] places) {
    bases = baseX.length;
    this.places = places;
    // One more place for each base, where odd multiples keep a doubled one.
    x = Inversion.elements(places[bases] + bases);
    y = Inversion.elements(places[bases] + bases);
    for (int i = 0; i < bases; i++) {
      x[places[i]].set(baseX[i]);
      y[places[i]].set(baseY[i]);
    }
    adder = new AffineAdder(x, y, places[bases] / 2 + 2 * bases);
  }

  /** The places of as many multiples of each base. */
  private static int[] places(int bases, int count) {
    int[] places = new int[bases + 1];
    for (int i = 0; i <= bases; i++) {
      places[i] = i * count;
    }
    return places;
  }

  private int count(int base) {
    return places[base + 1] - places[base];
  }

  /**
   * The multiples 1 to {@code count} of each base of spread 1 and size 1.01: i·B at {@code
   * base·count + i − 1}.
   */
  static AffineTable all(FieldElement[] baseX, FieldElement[] baseY, int count) {
    return all(baseX, baseY, places(baseX.length, count));
  }

  private static AffineTable all(FieldElement[] baseX, FieldElement[] baseY, int[] places) {
    Multiples multiples = new Multiples(baseX, baseY, places);
    boolean more = true;
    for (int known = 1; more; known *= 2) {
      more = multiples.extend(known);
    }
    return multiples.table();
  }

  /** Doubles the number of multiples known of each base that wants more; whether any does. */
  private boolean extend(int known) {
    boolean any = false;
    for (int base = 0; base < bases; base++) {
      int first = places[base];
      int last = first + known - 1;
      int more = Math.min(known, count(base) - known);
      for (int i = 0; i < more; i++) {
        if (i == known - 1) {
          adder.planTwice(last, last + known);
        } else {
          adder.plan(first + i, last, last + 1 + i);
        }
        any = true;
      }
    }
    adder.run();
    return any;
  }

  /**
   * The odd multiples of each base, (2i + 1)·B at {@code base·count + i}, for a {@code count} that
   * is a power of two.
   */
  static AffineTable odd(FieldElement[] baseX, FieldElement[] baseY, int count) {
    Multiples multiples = new Multiples(baseX, baseY, places(baseX.length, count));
    multiples.startDoubles();
    for (int known = 1; known < count; known *= 2) {
      multiples.extendOdd(known, 2 * known == count);
    }
    return multiples.table();
  }

  private void startDoubles() {
    for (int base = 0; base < bases; base++) {
      adder.planTwice(places[base], places[bases] + base);
    }
    adder.run();
  }

  private void extendOdd(int known, boolean last) {
    for (int base = 0; base < bases; base++) {
      int first = places[base];
      int doubled = places[bases] + base;
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
    AffineTable table = new AffineTable(places[bases]);
    for (int i = 0; i < places[bases]; i++) {
      x[i].canonical();
      y[i].canonical();
      table.store(i, x[i], y[i]);
    }
    return table;
  }

  /** The multiples of a point that windows ask for. */
  static AffineTable all(FieldElement px, FieldElement py, Windows windows) {
    FieldElement[] x = Inversion.elements(windows.count());
    FieldElement[] y = Inversion.elements(windows.count());
    int[] starts = new int[windows.count()];
    int[] places = new int[windows.count() + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = windows.start(i);
      places[i + 1] = windows.place(i + 1);
    }
    bases(new FieldElement[] {px}, new FieldElement[] {py}, starts, x, y);
    return all(x, y, places);
  }

  /**
   * The odd multiples of the bases 2^(i·stride)·P, i &lt; {@code bases}, {@code count} of each, a
   * power of two.
   */
  static AffineTable odd(FieldElement px, FieldElement py, int bases, int stride, int count) {
    FieldElement[] x = Inversion.elements(bases);
    FieldElement[] y = Inversion.elements(bases);
    bases(new FieldElement[] {px}, new FieldElement[] {py}, places(bases, stride), x, y);
    return odd(x, y, count);
  }

  /**
   * The bases 2^sᵢ·P of each point, as many as there is room for, tidy, those of one point after
   * those of the other; the first sᵢ is 0.
   */
  static void bases(
      FieldElement[] px, FieldElement[] py, int[] starts, FieldElement[] x, FieldElement[] y) {
    int bases = x.length / px.length;
    FieldElement[] z = Inversion.elements(x.length);
    JacobianPoint point = new JacobianPoint();
    for (int i = 0; i < x.length; i++) {
      if (i % bases == 0) {
        point.set(px[i / bases], py[i / bases]);
      } else {
        point.twice(starts[i % bases] - starts[i % bases - 1]);
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
