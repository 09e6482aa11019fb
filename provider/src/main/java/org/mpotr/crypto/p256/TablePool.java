package org.mpotr.crypto.p256;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on the large tables of all keys together. A key that has become busy takes the place of
 * the one used least recently, which must become busy again; but if that one, too, was used in the
 * meantime, nothing changes, so that more busy keys than places do not take them from each other in
 * turn. Keys are held weakly: a table goes with its key.
 */
final class TablePool {

  private final long limit;
  private final AtomicLong clock = new AtomicLong();
  private final List<WeakReference<KnownKey>> holders = new ArrayList<>();

  /** A pool for as many large tables as fit into so many bytes; none for 0. */
  TablePool(long limit) {
    this.limit = limit;
  }

  long limit() {
    return limit;
  }

  long now() {
    return clock.get();
  }

  long tick() {
    return clock.incrementAndGet();
  }

  /** Makes the key's large table, if there is or can be room for it. */
  void admit(KnownKey key) {
    if (reserve(key)) {
      // Milliseconds, for which no other key need wait.
      AffineTable table = key.newLarge();
      publish(key, table);
    }
  }

  private synchronized boolean reserve(KnownKey key) {
    if (limit < KnownKey.LARGE_BYTES || holds(key)) {
      return false;
    }
    holders.removeIf(reference -> reference.get() == null);
    while ((holders.size() + 1) * KnownKey.LARGE_BYTES > limit) {
      if (!evict(key.countedSince())) {
        return false;
      }
    }
    holders.add(new WeakReference<>(key));
    return true;
  }

  /** Gives the key its table, unless its place went to another while the table was made. */
  private synchronized void publish(KnownKey key, AffineTable table) {
    if (holds(key)) {
      key.setLarge(table);
    }
  }

  private boolean holds(KnownKey key) {
    return holders.stream().anyMatch(reference -> reference.refersTo(key));
  }

  /** Takes a place from the key used least recently, if that was no later than then. */
  private boolean evict(long then) {
    // Held strongly from here on, so that the comparison sees no reference fall to null.
    List<KnownKey> keys =
        holders.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    Optional<KnownKey> idle = keys.stream().min(Comparator.comparingLong(KnownKey::lastUse));
    if (idle.filter(key -> key.lastUse() > then).isPresent()) {
      return false;
    }
    idle.ifPresent(key -> key.setLarge(null));
    holders.removeIf(reference -> reference.get() == null || reference.refersTo(idle.orElse(null)));
    return true;
  }

  /** Bytes taken by the tables of living keys. */
  synchronized long bytes() {
    return holders.stream().filter(reference -> reference.get() != null).count()
        * KnownKey.LARGE_BYTES;
  }
}
