package org.mpotr.vectors;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.mpotr.reference.Watcher;

/** Small changes of byte strings, of which each refusal has one. */
final class Change {

  private Change() {}

  /** The lowest bit of a byte, counted from the end where the place is negative. */
  static UnaryOperator<byte[]> flip(int place) {
    return bytes -> {
      byte[] changed = bytes.clone();
      changed[place < 0 ? bytes.length + place : place] ^= 1;
      return changed;
    };
  }

  /** One byte set, counted from the end where the place is negative. */
  static UnaryOperator<byte[]> set(int place, int value) {
    return bytes -> {
      byte[] changed = bytes.clone();
      changed[place < 0 ? bytes.length + place : place] = (byte) value;
      return changed;
    };
  }

  /** Without the last bytes. */
  static UnaryOperator<byte[]> cut(int count) {
    return bytes -> Arrays.copyOf(bytes, bytes.length - count);
  }

  /** With zeros behind. */
  static UnaryOperator<byte[]> longer(int count) {
    return bytes -> Arrays.copyOf(bytes, bytes.length + count);
  }

  /** Something else. */
  static UnaryOperator<byte[]> to(byte[] other) {
    return bytes -> other.clone();
  }

  /** Nothing at all: the message is withheld. */
  static UnaryOperator<byte[]> withheld() {
    return to(new byte[0]);
  }

  /** Bytes from a place on set to others. */
  static UnaryOperator<byte[]> put(int place, byte[] other) {
    return bytes -> {
      byte[] changed = bytes.clone();
      System.arraycopy(other, 0, changed, place, other.length);
      return changed;
    };
  }

  /** A member that changes the value of this name. */
  static Watcher of(String name, UnaryOperator<byte[]> change) {
    return (seen, value) -> seen.equals(name) ? change.apply(value) : value;
  }
}
