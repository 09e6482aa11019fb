package org.mpotr.keystore;

/**
 * What it costs to try a password: scrypt (RFC 7914) with N = 2^{@code exponent}, r = 8 and p = 1.
 * It takes 1,024 · N bytes of memory, 64 MiB for the default of 16, and each step more doubles
 * memory and time. Whoever opens a store pays twice, for the MAC and for the encryption; whoever
 * guesses pays once.
 *
 * @param exponent the logarithm of N to the base 2, 14 to 20
 */
public record StoreCost(int exponent) {

  /** The system property with the exponent for new stores; it is read whenever one is made. */
  public static final String PROPERTY = "org.mpotr.keystore.scryptCost";

  /** The least that is written or read: 16 MiB. */
  public static final StoreCost MIN = new StoreCost(14);

  /** What new stores take when the property is not set: 64 MiB. */
  public static final StoreCost DEFAULT = new StoreCost(16);

  /** The most that is written, and that opening a store may demand: 1 GiB. */
  public static final StoreCost MAX = new StoreCost(20);

  static final int BLOCK_SIZE = 8;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException when the exponent is out of range
   */
  public StoreCost {
    if (exponent < 14 || exponent > 20) {
      throw new IllegalArgumentException("the cost of a store is 14 to 20, not " + exponent);
    }
  }

  /**
   * The cost that the system property sets, or the default.
   *
   * @throws IllegalArgumentException when the property is set to anything but 14 to 20
   */
  public static StoreCost fromProperty() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      return DEFAULT;
    }
    try {
      return new StoreCost(Integer.parseInt(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PROPERTY + " is a number from 14 to 20", e);
    }
  }

  /** N. */
  int iterations() {
    return 1 << exponent;
  }

  /** The bytes of memory that one guess takes. */
  public long memoryBytes() {
    return 128L * BLOCK_SIZE * iterations();
  }
}
