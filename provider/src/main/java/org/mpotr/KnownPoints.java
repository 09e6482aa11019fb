package org.mpotr;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.InvalidKeyException;
import java.security.interfaces.ECPublicKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.PublicPoint;

/**
 * The points of the public key objects seen last: a key object is converted and validated once, and
 * what the engine keeps with its point lives as long as the object is in use. At most 1,024 points
 * are kept, four whose objects hash alike; the oldest of four makes room, and a key object that
 * nobody else holds is forgotten with its point. Safe for use by many threads, without a lock: of
 * two that come at once, one may convert for nothing.
 *
 * <p>Keys are told apart as objects, since comparing two by value costs an encoding of each. So a
 * key object must not change, which the platform demands of keys anyway.
 */
final class KnownPoints {

  /** How many points are kept at most. */
  static final int CAPACITY = 1024;

  private static final int WAYS = 4;

  private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(CAPACITY);
  private final ReferenceQueue<ECPublicKey> collected = new ReferenceQueue<>();

  private static final class Entry extends WeakReference<ECPublicKey> {

    final PublicPoint point;
    final int set;

    Entry(ECPublicKey key, PublicPoint point, int set, ReferenceQueue<ECPublicKey> collected) {
      super(key, collected);
      this.point = point;
      this.set = set;
    }
  }

  /**
   * The point of a public key.
   *
   * @throws InvalidKeyException when the key is on another curve, or its point is not on P-256
   */
  PublicPoint of(ECPublicKey key) throws InvalidKeyException {
    forgetCollected();
    int set = System.identityHashCode(key) % (CAPACITY / WAYS) * WAYS;
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = entries.get(i);
      if (entry != null && entry.refersTo(key)) {
        return entry.point;
      }
    }
    PublicPoint point = EcKeys.publicPoint(key);
    for (int i = set + WAYS - 1; i > set; i--) {
      entries.set(i, entries.get(i - 1));
    }
    entries.set(set, new Entry(key, point, set, collected));
    return point;
  }

  private void forgetCollected() {
    for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
      Entry entry = (Entry) gone;
      for (int i = entry.set; i < entry.set + WAYS; i++) {
        entries.compareAndSet(i, entry, null);
      }
    }
  }
}
