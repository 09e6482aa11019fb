package org.mpotr.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs that take turns: one fixed input would flatter caches and branch prediction. */
final class Pool<T> {

  /** Makes the input of a place. */
  @FunctionalInterface
  interface Source<T> {
    T make(int index) throws Exception;
  }

  private static final long SEED = 0x6d704f5452L;

  private final List<T> items;
  private int next;

  private Pool(List<T> items) {
    this.items = items;
  }

  static <T> Pool<T> of(int size, Source<T> source) throws Exception {
    List<T> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(source.make(i));
    }
    return new Pool<>(items);
  }

  /** Arrays of bytes that look random and are the same in every run. */
  static Pool<byte[]> ofBytes(int size, int length) {
    SplittableRandom random = new SplittableRandom(SEED + length);
    List<byte[]> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      items.add(bytes);
    }
    return new Pool<>(items);
  }

  T next() {
    T item = items.get(next);
    next = next + 1 == items.size() ? 0 : next + 1;
    return item;
  }

  T first() {
    return items.get(0);
  }

  List<T> all() {
    return items;
  }
}
