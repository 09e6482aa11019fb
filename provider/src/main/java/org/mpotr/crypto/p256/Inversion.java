package org.mpotr.crypto.p256;

/** Inverses of field elements. */
final class Inversion {

  private static final DivisionSteps STEPS =
      new DivisionSteps(new long[] {0xffffffffffffffffL, 0xffffffffL, 0, 0xffffffff00000001L});

  /**
   * 2⁷⁸⁰ mod p: the inverse of a·2²⁶⁰ lacks three factors of 2²⁶⁰, of which a product takes one.
   */
  private static final FieldElement CUBE_OF_RADIX =
      FieldElement.of(0xffffd0000000a000L, 0xfffedfffffff7fffL, 0x5fffffffcfffL, 0x1800000001000L);

  private Inversion() {}

  /** r = 1/a in constant time; 0 for 0. Operand: size up to 2⁸, spread up to 2⁹. */
  static void ofSecret(FieldElement r, FieldElement a) {
    long[] words = new long[Words.COUNT];
    FieldElement canonical = new FieldElement();
    canonical.set(a);
    canonical.canonical();
    canonical.store(words, 0);
    STEPS.invertSecret(words);
    r.load(words, 0);
    Field.multiply(r, r, CUBE_OF_RADIX);
    canonical.clear();
    Words.clear(words);
  }

  /** r = 1/a for a public a that is not zero. */
  static void ofPublic(FieldElement r, FieldElement a) {
    long[] words = new long[Words.COUNT];
    r.set(a);
    r.canonical();
    r.store(words, 0);
    STEPS.invertPublic(words);
    r.load(words, 0);
    Field.multiply(r, r, CUBE_OF_RADIX);
  }

  /**
   * Replaces the first {@code count} elements, none zero and all public, by their inverses, at the
   * price of one inversion and three multiplications each (P. L. Montgomery, 1987). Operands:
   * spread up to 14, size up to 14.
   *
   * @param products room for as many elements
   */
  static void ofAllPublic(FieldElement[] elements, int count, FieldElement[] products) {
    if (count == 0) {
      return;
    }
    accumulate(elements, count, products);
    FieldElement inverse = new FieldElement();
    ofPublic(inverse, products[count - 1]);
    distribute(elements, count, products, inverse);
  }

  /** The same for secret elements; the room is cleared. */
  static void ofAllSecret(FieldElement[] elements, int count, FieldElement[] products) {
    if (count == 0) {
      return;
    }
    accumulate(elements, count, products);
    FieldElement inverse = new FieldElement();
    ofSecret(inverse, products[count - 1]);
    distribute(elements, count, products, inverse);
    inverse.clear();
    for (int i = 0; i < count; i++) {
      products[i].clear();
    }
  }

  private static void accumulate(FieldElement[] elements, int count, FieldElement[] products) {
    products[0].set(elements[0]);
    for (int i = 1; i < count; i++) {
      Field.multiply(products[i], products[i - 1], elements[i]);
    }
  }

  private static void distribute(
      FieldElement[] elements, int count, FieldElement[] products, FieldElement inverse) {
    for (int i = count - 1; i > 0; i--) {
      Field.multiply(products[i], inverse, products[i - 1]);
      Field.multiply(inverse, inverse, elements[i]);
      elements[i].set(products[i]);
    }
    elements[0].set(inverse);
  }

  static FieldElement[] elements(int count) {
    FieldElement[] elements = new FieldElement[count];
    for (int i = 0; i < count; i++) {
      elements[i] = new FieldElement();
    }
    return elements;
  }
}
