package org.mpotr.crypto.p256;

/**
 * A point (X/Z², Y/Z³) for chains of many doublings. No branch depends on a coordinate: callers
 * show that what they add is never infinity, the point itself or its negative.
 *
 * <p>Invariant: X has spread 3 and size 1.01; Y spread 1 and size 2.1; Z spread 1 and size 1.4.
 * Sizes below are magnitudes and follow from {@link Field}: a product is at most 1 + AB/16.
 */
final class JacobianPoint {

  final FieldElement x = new FieldElement();
  final FieldElement y = new FieldElement();
  final FieldElement z = new FieldElement();

  private final FieldElement a = new FieldElement();
  private final FieldElement b = new FieldElement();
  private final FieldElement c = new FieldElement();
  private final FieldElement d = new FieldElement();
  private final FieldElement e = new FieldElement();
  private final FieldElement h = new FieldElement();

  /** Takes an affine point of spread 1 and size 1. */
  void set(FieldElement affineX, FieldElement affineY) {
    x.set(affineX);
    y.set(affineY);
    z.set(FieldElement.ONE);
  }

  void twice(int times) {
    for (int i = 0; i < times; i++) {
      twice();
    }
  }

  /**
   * Doubles, with a = −3: α = 3(X − Z²)(X + Z²), X' = α² − 8XY², Y' = α(4XY² − X') − 8Y⁴, Z' = 2YZ.
   */
  private void twice() {
    Field.square(a, z); // Z²: spread 1, size 1.13
    Field.square(b, y); // Y²: spread 1, size 1.28
    c.subtract(x, a); // spread 4, size 2.2
    c.times(c, 3); // spread 12, size 6.5
    a.add(a, x); // spread 4, size 2.2; 12·4 is below 200
    Field.multiply(a, a, c); // α: spread 1, size 1.9
    c.times(b, 4); // 4Y²: spread 4, size 5.2
    b.add(b, b); // 2Y²: spread 2, size 2.6
    y.add(y, y); // spread 2, size 4.2
    Field.multiply(z, z, y); // size 1 + 4.2·1.4/16 < 1.4
    Field.multiply(d, x, c); // 4XY²: spread 1, size 1.4
    Field.square(x, a); // spread 1, size 1.3
    x.subtract(x, d);
    x.subtract(x, d); // spread 2
    x.shrink(); // size 1.01
    d.subtract(d, x); // spread 3, size 2.4
    Field.multiplySubtract(y, a, d, c, b); // 1·3 + 4·2; size 1 + (1.9·2.4 + 5.2·2.6)/16 < 2.1
  }

  /**
   * Adds an affine point of spread 1 and size 1: H = X₂Z² − X, R = Y₂Z³ − Y, X' = R² − H³ − 2XH²,
   * Y' = R(XH² − X') − YH³, Z' = ZH.
   */
  void add(FieldElement affineX, FieldElement affineY) {
    Field.square(a, z); // spread 1, size 1.13
    Field.multiply(b, z, a); // size 1.1
    Field.multiply(c, affineX, a);
    c.subtract(c, x); // H: spread 4, size 2.1
    Field.multiply(d, affineY, b);
    d.subtract(d, y); // R: spread 2, size 3.3
    Field.multiply(z, z, c); // size 1 + 1.4·2.1/16 < 1.4
    Field.square(h, c); // H²: size 1.3
    Field.multiply(e, c, h); // H³: size 1.2
    Field.multiply(b, x, h); // XH²: size 1.1
    Field.square(x, d); // size 1.7
    x.subtract(x, e);
    x.subtract(x, b);
    x.subtract(x, b); // spread 3
    x.shrink(); // size 1.01
    b.subtract(b, x); // spread 4, size 2.2
    Field.multiplySubtract(y, d, b, y, e); // 2·4 + 1; size 1 + (3.3·2.2 + 2.1·1.2)/16 < 2.1
  }

  void clear() {
    for (FieldElement element : new FieldElement[] {x, y, z, a, b, c, d, e, h}) {
      element.clear();
    }
  }
}
