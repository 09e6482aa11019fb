package org.mpotr.crypto;

/** The choice of the arithmetic behind {@link P256}. */
final class Engines {

  private static final P256 SELECTED = new BouncyCastleP256();

  private Engines() {}

  static P256 selected() {
    return SELECTED;
  }
}
