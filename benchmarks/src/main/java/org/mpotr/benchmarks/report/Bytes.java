package org.mpotr.benchmarks.report;

/** Numbers of bytes for people. */
final class Bytes {

  private Bytes() {}

  static String text(int bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }
}
