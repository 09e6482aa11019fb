package org.mpotr.crypto.p256;

/**
 * A point (X/ZZ, Y/ZZZ) with ZZ³ = ZZZ², for chains of additions of affine points, each of which
 * costs 8 multiplications and 2 squarings.
 *
 * <p>Invariant: X has spread 3 and size 1.01; Y spread 1 and size 1.8; ZZ and ZZZ spread 1 and size
 * 1.2.
 */
final class XyzzPoint {

  final FieldElement x = new FieldElement();
  final FieldElement y = new FieldElement();
  final FieldElement zz = new FieldElement();
  final FieldElement zzz = new FieldElement();

  /** Only the methods for public values know infinity. */
  private boolean infinite = true;

  private final FieldElement a = new FieldElement();
  private final FieldElement b = new FieldElement();
  private final FieldElement c = new FieldElement();
  private final FieldElement d = new FieldElement();
  private final FieldElement e = new FieldElement();

  boolean isInfinite() {
    return infinite;
  }

  /** Takes an affine point of spread 1 and size 1. */
  void set(FieldElement affineX, FieldElement affineY) {
    x.set(affineX);
    y.set(affineY);
    zz.set(FieldElement.ONE);
    zzz.set(FieldElement.ONE);
    infinite = false;
  }

  /** Takes a point whose coordinates may be anything but Z = 0. */
  void set(JacobianPoint point) {
    x.set(point.x);
    y.set(point.y);
    // A Y of size 2.1 instead of 1.8 is within what the additions bear.
    Field.square(zz, point.z);
    Field.multiply(zzz, zz, point.z);
    infinite = false;
  }

  /**
   * Adds an affine point of spread 1 and size 1 that is known to be none of infinity, this point
   * and its negative, without any branch: P = X₂ZZ − X, R = Y₂ZZZ − Y, X' = R² − P³ − 2XP², Y' =
   * R(XP² − X') − YP³, ZZ' = ZZ·P², ZZZ' = ZZZ·P³.
   */
  void addDistinct(FieldElement affineX, FieldElement affineY) {
    Field.multiply(a, affineX, zz);
    a.subtract(a, x); // P: spread 4, size 2.1
    Field.square(b, a); // P²: size 1.3
    finish(affineY);
  }

  private void finish(FieldElement affineY) {
    Field.multiply(c, affineY, zzz);
    c.subtract(c, y); // R: spread 2, size 3.2
    Field.multiply(a, a, b); // P³: 4·1; size 1.2
    Field.multiply(d, x, b); // XP²: 3·1; size 1.1
    Field.multiply(zz, zz, b); // size 1.1
    Field.multiply(zzz, zzz, a); // size 1.1
    Field.square(x, c); // size 1.7
    x.subtract(x, a);
    x.subtract(x, d);
    x.subtract(x, d); // spread 3
    x.shrink(); // size 1.01
    d.subtract(d, x); // spread 4, size 2.2
    Field.multiplySubtract(y, c, d, y, a); // 2·4 + 1; size 1 + (3.2·2.2 + 2.1·1.2)/16 < 1.8
  }

  /** Adds any affine point of spread 1 and size 1; for public values only. */
  void add(FieldElement affineX, FieldElement affineY) {
    if (infinite) {
      set(affineX, affineY);
      return;
    }
    Field.multiply(a, affineX, zz);
    a.subtract(a, x);
    Field.square(b, a);
    // b, between 0 and 1.3 in size, is 0 modulo p only as 0 or p, which its low limb shows but for
    // one in 2⁵¹.
    if ((b.l0 == 0 || b.l0 == FieldElement.MASK) && isZero(b)) {
      addEqualX(affineX, affineY);
      return;
    }
    finish(affineY);
  }

  private void addEqualX(FieldElement affineX, FieldElement affineY) {
    Field.multiply(c, affineY, zzz);
    c.subtract(c, y);
    if (c.isZero()) {
      set(affineX, affineY);
      twice();
    } else {
      infinite = true;
    }
  }

  private boolean isZero(FieldElement element) {
    e.set(element);
    return e.isZero();
  }

  /**
   * Doubles; for public values only: U = 2Y, V = U², W = UV, S = XV, M = 3(X − ZZ)(X + ZZ), X' = M²
   * − 2S, Y' = M(S − X') − WY, ZZ' = V·ZZ, ZZZ' = W·ZZZ.
   */
  void twice() {
    if (infinite) {
      return;
    }
    a.add(y, y); // U: spread 2, size 4.2
    Field.square(b, a); // V: size 2.2
    Field.multiply(c, a, b); // W: size 1.6
    Field.multiply(d, x, b); // S: size 1.2
    a.subtract(x, zz); // spread 4, size 2.3
    a.times(a, 3); // spread 12, size 6.7
    e.add(x, zz); // spread 4, size 2.3
    Field.multiply(a, a, e); // M: 48; size 2
    Field.multiply(zz, zz, b); // size 1.2
    Field.multiply(zzz, zzz, c); // size 1.2
    Field.square(x, a); // size 1.3
    x.subtract(x, d);
    x.subtract(x, d); // spread 2
    x.shrink();
    d.subtract(d, x); // spread 3, size 2.3
    Field.multiplySubtract(y, a, d, c, y); // 3 + 1; size 1 + (2·2.3 + 1.6·2.1)/16 < 1.8
  }

  /**
   * Whether the x-coordinate is that of an element of spread 1 and size 1; for public values only.
   */
  boolean hasX(FieldElement affineX) {
    Field.multiply(a, affineX, zz);
    a.subtract(a, x);
    return a.isZero();
  }

  void clear() {
    for (FieldElement element : new FieldElement[] {x, y, zz, zzz, a, b, c, d, e}) {
      element.clear();
    }
  }
}
