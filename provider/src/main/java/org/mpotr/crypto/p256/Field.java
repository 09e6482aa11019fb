package org.mpotr.crypto.p256;

/**
 * Multiplication in the field, by one pass over the nine columns of the product with Montgomery's
 * reduction (P. L. Montgomery, 1985) folded in. No branch, no index and no comparison depends on a
 * value.
 *
 * <p>How a column works. Column k collects a sum C of products of limbs, of multiples of p and of a
 * carry c. It is never held whole, but as s, which is C modulo 2⁶⁴, and h, which is about C/2⁵²:
 * whatever h is, if C − h·2⁵² fits into 64 bits then s − (h &lt;&lt; 52) is exactly it, although s
 * wrapped round; and C/2⁵², rounded down, is h plus the rest shifted right by 52. So h may be wrong
 * by some hundreds, and the high part of the products is taken from a sum in double arithmetic,
 * which costs a multiplication and an addition for a product, runs beside the integer units, and
 * needs neither {@link Math#multiplyHigh} nor masks. IEEE 754 fixes every bit of it on every
 * machine. Its operands are integers below 2⁵⁷, so no number is subnormal, infinite or NaN: the
 * cases in which the time of such an addition or multiplication is known to vary (M. Andrysco et
 * al., "On subnormal floating point and abnormal timing", 2015).
 *
 * <p>To read the sum f without a conversion, 1.5·2¹¹⁴ is added: the last place of the result is
 * worth 2⁶², and the lower 51 bits of its significand are f/2⁶² in two's complement, since |f| &lt;
 * 2¹¹². Shifted left by 13 and right by 3 they are f/2⁵².
 *
 * <p>The reduction adds m·p to make a column a multiple of 2⁵², where p = −1 + 2⁹⁶ + 2¹⁹² + 2²⁵⁶ −
 * 2²²⁴ makes m the low 52 bits of s. In columns relative to m's, p is −1 in the 0th, 2⁴⁴ in the
 * first, 2³⁶ in the third, 2⁴⁸ − 2¹⁶ in the fourth. Modulo 2⁶⁴, s stands for m in all shifts by 12
 * and more; q = s &lt;&lt; 12 is m in the upper bits, whose logical shifts are the high parts.
 *
 * <p>Bounds, for spreads (limbs in units of 2⁵²) a and b of the operands with <em>ab ≤ 48</em>, or
 * ab + ed ≤ 48 for a difference of two products:
 *
 * <ul>
 *   <li>f: at most 5·48·2¹⁰⁴ &lt; 2¹¹² in magnitude, partial sums too.
 *   <li>Error of f: two conversions and a product are each wrong by 2⁻⁵³ of it, in sum 3·2⁵⁹; nine
 *       additions by 2⁵⁸ each; the last one, of 1.5·2¹¹⁴, by 2⁶¹. Together below 5.75·2⁶⁰.
 *   <li>c: at most C/2⁵², that is 240·2⁵² and what the column before carried, so below 2⁶⁰.
 *   <li>m·p: each high part misses less than 2⁵², at most four of them, one negative: 2⁵⁴.
 *   <li>s − (h &lt;&lt; 52): below 5.75·2⁶⁰ + 2⁶⁰ + 2⁵⁴ &lt; 2⁶³ in magnitude, so exact.
 * </ul>
 *
 * <p>In sizes A and B (values in units of 2²⁵⁶) the result is (xy + Mp)/2²⁶⁰ with 0 ≤ M &lt; 2²⁶⁰,
 * so it lies between −AB/16 and 1 + AB/16. Limbs 0 to 3 of a result are in [0, 2⁵²), limb 4 is at
 * most its size times 2⁴⁸.
 */
final class Field {

  private static final double ALIGN = 0x1.8p114;

  private Field() {}

  /** About f/2⁵², see above. */
  static long high(double f) {
    return Double.doubleToRawLongBits(f + ALIGN) << 13 >> 3;
  }

  /** r = a·b/2²⁶⁰ mod p, spreads with ab ≤ 48. Operands and result may be the same objects. */
  static void multiply(FieldElement r, FieldElement a, FieldElement b) {
    long x0 = a.l0;
    long x1 = a.l1;
    long x2 = a.l2;
    long x3 = a.l3;
    long x4 = a.l4;
    long y0 = b.l0;
    long y1 = b.l1;
    long y2 = b.l2;
    long y3 = b.l3;
    long y4 = b.l4;
    double dx0 = x0;
    double dx1 = x1;
    double dx2 = x2;
    double dx3 = x3;
    double dx4 = x4;
    double dy0 = y0;
    double dy1 = y1;
    double dy2 = y2;
    double dy3 = y3;
    double dy4 = y4;
    double f0 = dx0 * dy0;
    double f1 = dx0 * dy1 + dx1 * dy0;
    double f2 = dx0 * dy2 + dx1 * dy1 + dx2 * dy0;
    double f3 = dx0 * dy3 + dx1 * dy2 + dx2 * dy1 + dx3 * dy0;
    double f4 = dx0 * dy4 + dx1 * dy3 + dx2 * dy2 + dx3 * dy1 + dx4 * dy0;
    double f5 = dx1 * dy4 + dx2 * dy3 + dx3 * dy2 + dx4 * dy1;
    double f6 = dx2 * dy4 + dx3 * dy3 + dx4 * dy2;
    double f7 = dx3 * dy4 + dx4 * dy3;
    double f8 = dx4 * dy4;
    long s0 = x0 * y0;
    long h = high(f0);
    long q0 = s0 << 12;
    long c = h + ((s0 - (h << 52)) >> 52);
    long s1 = x0 * y1 + x1 * y0 + (s0 << 44) + c;
    h = high(f1) + (q0 >>> 20);
    long q1 = s1 << 12;
    c = h + ((s1 - (h << 52)) >> 52);
    long s2 = x0 * y2 + x1 * y1 + x2 * y0 + (s1 << 44) + c;
    h = high(f2) + (q1 >>> 20);
    long q2 = s2 << 12;
    c = h + ((s2 - (h << 52)) >> 52);
    long s3 = x0 * y3 + x1 * y2 + x2 * y1 + x3 * y0 + (s0 << 36) + (s2 << 44) + c;
    h = high(f3) + (q0 >>> 28) + (q2 >>> 20);
    long q3 = s3 << 12;
    c = h + ((s3 - (h << 52)) >> 52);
    long s4 =
        x0 * y4
            + x1 * y3
            + x2 * y2
            + x3 * y1
            + x4 * y0
            + (s0 << 48)
            - (s0 << 16)
            + (s1 << 36)
            + (s3 << 44)
            + c;
    h = high(f4) + (q0 >>> 16) - (q0 >>> 48) + (q1 >>> 28) + (q3 >>> 20);
    long q4 = s4 << 12;
    c = h + ((s4 - (h << 52)) >> 52);
    long s5 =
        x1 * y4
            + x2 * y3
            + x3 * y2
            + x4 * y1
            + (s1 << 48)
            - (s1 << 16)
            + (s2 << 36)
            + (s4 << 44)
            + c;
    h = high(f5) + (q1 >>> 16) - (q1 >>> 48) + (q2 >>> 28) + (q4 >>> 20);
    c = h + ((s5 - (h << 52)) >> 52);
    long s6 = x2 * y4 + x3 * y3 + x4 * y2 + (s2 << 48) - (s2 << 16) + (s3 << 36) + c;
    h = high(f6) + (q2 >>> 16) - (q2 >>> 48) + (q3 >>> 28);
    c = h + ((s6 - (h << 52)) >> 52);
    long s7 = x3 * y4 + x4 * y3 + (s3 << 48) - (s3 << 16) + (s4 << 36) + c;
    h = high(f7) + (q3 >>> 16) - (q3 >>> 48) + (q4 >>> 28);
    c = h + ((s7 - (h << 52)) >> 52);
    long s8 = x4 * y4 + (s4 << 48) - (s4 << 16) + c;
    h = high(f8) + (q4 >>> 16) - (q4 >>> 48);
    c = h + ((s8 - (h << 52)) >> 52);
    r.l0 = s5 & FieldElement.MASK;
    r.l1 = s6 & FieldElement.MASK;
    r.l2 = s7 & FieldElement.MASK;
    r.l3 = s8 & FieldElement.MASK;
    r.l4 = c;
  }

  /** r = a²/2²⁶⁰ mod p, a spread of at most 6. */
  static void square(FieldElement r, FieldElement a) {
    long x0 = a.l0;
    long x1 = a.l1;
    long x2 = a.l2;
    long x3 = a.l3;
    long x4 = a.l4;
    double dx0 = x0;
    double dx1 = x1;
    double dx2 = x2;
    double dx3 = x3;
    double dx4 = x4;
    long y1 = x1 << 1;
    long y2 = x2 << 1;
    long y3 = x3 << 1;
    long y4 = x4 << 1;
    double dy1 = dx1 + dx1;
    double dy2 = dx2 + dx2;
    double dy3 = dx3 + dx3;
    double dy4 = dx4 + dx4;
    double f0 = dx0 * dx0;
    double f1 = dx0 * dy1;
    double f2 = dx0 * dy2 + dx1 * dx1;
    double f3 = dx0 * dy3 + dx1 * dy2;
    double f4 = dx0 * dy4 + dx1 * dy3 + dx2 * dx2;
    double f5 = dx1 * dy4 + dx2 * dy3;
    double f6 = dx2 * dy4 + dx3 * dx3;
    double f7 = dx3 * dy4;
    double f8 = dx4 * dx4;
    long s0 = x0 * x0;
    long h = high(f0);
    long q0 = s0 << 12;
    long c = h + ((s0 - (h << 52)) >> 52);
    long s1 = x0 * y1 + (s0 << 44) + c;
    h = high(f1) + (q0 >>> 20);
    long q1 = s1 << 12;
    c = h + ((s1 - (h << 52)) >> 52);
    long s2 = x0 * y2 + x1 * x1 + (s1 << 44) + c;
    h = high(f2) + (q1 >>> 20);
    long q2 = s2 << 12;
    c = h + ((s2 - (h << 52)) >> 52);
    long s3 = x0 * y3 + x1 * y2 + (s0 << 36) + (s2 << 44) + c;
    h = high(f3) + (q0 >>> 28) + (q2 >>> 20);
    long q3 = s3 << 12;
    c = h + ((s3 - (h << 52)) >> 52);
    long s4 = x0 * y4 + x1 * y3 + x2 * x2 + (s0 << 48) - (s0 << 16) + (s1 << 36) + (s3 << 44) + c;
    h = high(f4) + (q0 >>> 16) - (q0 >>> 48) + (q1 >>> 28) + (q3 >>> 20);
    long q4 = s4 << 12;
    c = h + ((s4 - (h << 52)) >> 52);
    long s5 = x1 * y4 + x2 * y3 + (s1 << 48) - (s1 << 16) + (s2 << 36) + (s4 << 44) + c;
    h = high(f5) + (q1 >>> 16) - (q1 >>> 48) + (q2 >>> 28) + (q4 >>> 20);
    c = h + ((s5 - (h << 52)) >> 52);
    long s6 = x2 * y4 + x3 * x3 + (s2 << 48) - (s2 << 16) + (s3 << 36) + c;
    h = high(f6) + (q2 >>> 16) - (q2 >>> 48) + (q3 >>> 28);
    c = h + ((s6 - (h << 52)) >> 52);
    long s7 = x3 * y4 + (s3 << 48) - (s3 << 16) + (s4 << 36) + c;
    h = high(f7) + (q3 >>> 16) - (q3 >>> 48) + (q4 >>> 28);
    c = h + ((s7 - (h << 52)) >> 52);
    long s8 = x4 * x4 + (s4 << 48) - (s4 << 16) + c;
    h = high(f8) + (q4 >>> 16) - (q4 >>> 48);
    c = h + ((s8 - (h << 52)) >> 52);
    r.l0 = s5 & FieldElement.MASK;
    r.l1 = s6 & FieldElement.MASK;
    r.l2 = s7 & FieldElement.MASK;
    r.l3 = s8 & FieldElement.MASK;
    r.l4 = c;
  }

  /**
   * r = (a·b − e·d)/2²⁶⁰ mod p with one reduction for both, spreads with ab + ed ≤ 48. The result
   * lies between −(AB + ED)/16 and 1 + (AB + ED)/16.
   */
  static void multiplySubtract(
      FieldElement r, FieldElement a, FieldElement b, FieldElement e, FieldElement d) {
    long x0 = a.l0;
    long x1 = a.l1;
    long x2 = a.l2;
    long x3 = a.l3;
    long x4 = a.l4;
    long y0 = b.l0;
    long y1 = b.l1;
    long y2 = b.l2;
    long y3 = b.l3;
    long y4 = b.l4;
    long z0 = e.l0;
    long z1 = e.l1;
    long z2 = e.l2;
    long z3 = e.l3;
    long z4 = e.l4;
    long w0 = d.l0;
    long w1 = d.l1;
    long w2 = d.l2;
    long w3 = d.l3;
    long w4 = d.l4;
    double dx0 = x0;
    double dx1 = x1;
    double dx2 = x2;
    double dx3 = x3;
    double dx4 = x4;
    double dy0 = y0;
    double dy1 = y1;
    double dy2 = y2;
    double dy3 = y3;
    double dy4 = y4;
    double dz0 = z0;
    double dz1 = z1;
    double dz2 = z2;
    double dz3 = z3;
    double dz4 = z4;
    double dw0 = w0;
    double dw1 = w1;
    double dw2 = w2;
    double dw3 = w3;
    double dw4 = w4;
    double f0 = dx0 * dy0 - dz0 * dw0;
    double f1 = dx0 * dy1 + dx1 * dy0 - dz0 * dw1 - dz1 * dw0;
    double f2 = dx0 * dy2 + dx1 * dy1 + dx2 * dy0 - dz0 * dw2 - dz1 * dw1 - dz2 * dw0;
    double f3 =
        dx0 * dy3 + dx1 * dy2 + dx2 * dy1 + dx3 * dy0 - dz0 * dw3 - dz1 * dw2 - dz2 * dw1
            - dz3 * dw0;
    double f4 =
        dx0 * dy4 + dx1 * dy3 + dx2 * dy2 + dx3 * dy1 + dx4 * dy0 - dz0 * dw4 - dz1 * dw3
            - dz2 * dw2 - dz3 * dw1 - dz4 * dw0;
    double f5 =
        dx1 * dy4 + dx2 * dy3 + dx3 * dy2 + dx4 * dy1 - dz1 * dw4 - dz2 * dw3 - dz3 * dw2
            - dz4 * dw1;
    double f6 = dx2 * dy4 + dx3 * dy3 + dx4 * dy2 - dz2 * dw4 - dz3 * dw3 - dz4 * dw2;
    double f7 = dx3 * dy4 + dx4 * dy3 - dz3 * dw4 - dz4 * dw3;
    double f8 = dx4 * dy4 - dz4 * dw4;
    long s0 = x0 * y0 - z0 * w0;
    long h = high(f0);
    long q0 = s0 << 12;
    long c = h + ((s0 - (h << 52)) >> 52);
    long s1 = x0 * y1 + x1 * y0 - z0 * w1 - z1 * w0 + (s0 << 44) + c;
    h = high(f1) + (q0 >>> 20);
    long q1 = s1 << 12;
    c = h + ((s1 - (h << 52)) >> 52);
    long s2 = x0 * y2 + x1 * y1 + x2 * y0 - z0 * w2 - z1 * w1 - z2 * w0 + (s1 << 44) + c;
    h = high(f2) + (q1 >>> 20);
    long q2 = s2 << 12;
    c = h + ((s2 - (h << 52)) >> 52);
    long s3 =
        x0 * y3
            + x1 * y2
            + x2 * y1
            + x3 * y0
            - z0 * w3
            - z1 * w2
            - z2 * w1
            - z3 * w0
            + (s0 << 36)
            + (s2 << 44)
            + c;
    h = high(f3) + (q0 >>> 28) + (q2 >>> 20);
    long q3 = s3 << 12;
    c = h + ((s3 - (h << 52)) >> 52);
    long s4 =
        x0 * y4
            + x1 * y3
            + x2 * y2
            + x3 * y1
            + x4 * y0
            - z0 * w4
            - z1 * w3
            - z2 * w2
            - z3 * w1
            - z4 * w0
            + (s0 << 48)
            - (s0 << 16)
            + (s1 << 36)
            + (s3 << 44)
            + c;
    h = high(f4) + (q0 >>> 16) - (q0 >>> 48) + (q1 >>> 28) + (q3 >>> 20);
    long q4 = s4 << 12;
    c = h + ((s4 - (h << 52)) >> 52);
    long s5 =
        x1 * y4
            + x2 * y3
            + x3 * y2
            + x4 * y1
            - z1 * w4
            - z2 * w3
            - z3 * w2
            - z4 * w1
            + (s1 << 48)
            - (s1 << 16)
            + (s2 << 36)
            + (s4 << 44)
            + c;
    h = high(f5) + (q1 >>> 16) - (q1 >>> 48) + (q2 >>> 28) + (q4 >>> 20);
    c = h + ((s5 - (h << 52)) >> 52);
    long s6 =
        x2 * y4
            + x3 * y3
            + x4 * y2
            - z2 * w4
            - z3 * w3
            - z4 * w2
            + (s2 << 48)
            - (s2 << 16)
            + (s3 << 36)
            + c;
    h = high(f6) + (q2 >>> 16) - (q2 >>> 48) + (q3 >>> 28);
    c = h + ((s6 - (h << 52)) >> 52);
    long s7 = x3 * y4 + x4 * y3 - z3 * w4 - z4 * w3 + (s3 << 48) - (s3 << 16) + (s4 << 36) + c;
    h = high(f7) + (q3 >>> 16) - (q3 >>> 48) + (q4 >>> 28);
    c = h + ((s7 - (h << 52)) >> 52);
    long s8 = x4 * y4 - z4 * w4 + (s4 << 48) - (s4 << 16) + c;
    h = high(f8) + (q4 >>> 16) - (q4 >>> 48);
    c = h + ((s8 - (h << 52)) >> 52);
    r.l0 = s5 & FieldElement.MASK;
    r.l1 = s6 & FieldElement.MASK;
    r.l2 = s7 & FieldElement.MASK;
    r.l3 = s8 & FieldElement.MASK;
    r.l4 = c;
  }
}
