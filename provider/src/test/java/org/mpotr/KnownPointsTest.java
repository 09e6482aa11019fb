package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PlainPublicKey;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

class KnownPointsTest {

  private final KnownPoints points = new KnownPoints();
  private final PublicPoint point =
      P256.engine().publicPoint(SecretScalar.random(new SecureRandom()));

  private ECPublicKey newKey() {
    return PlainPublicKey.onP256(new ECPoint(point.x(), point.y()));
  }

  @Test
  void aKeyObjectIsConvertedOnce() throws InvalidKeyException {
    ECPublicKey key = newKey();
    PublicPoint first = points.of(key);
    assertEquals(point, first);
    assertSame(first, points.of(key));
    PublicPoint other = points.of(newKey());
    assertEquals(first, other);
    assertNotSame(first, other);
  }

  @Test
  void moreKeysThanThereIsRoomForAreStillConverted() throws InvalidKeyException {
    List<ECPublicKey> keys = new ArrayList<>();
    for (int i = 0; i < 3 * KnownPoints.CAPACITY; i++) {
      ECPublicKey key = newKey();
      keys.add(key);
      assertSame(points.of(key), points.of(key));
    }
    for (ECPublicKey key : keys) {
      assertEquals(point, points.of(key));
    }
  }

  @Test
  void aRefusedKeyIsRefusedAgain() {
    ECPublicKey key = PlainPublicKey.onP256(new ECPoint(point.x(), point.x()));
    assertThrows(InvalidKeyException.class, () -> points.of(key));
    assertThrows(InvalidKeyException.class, () -> points.of(key));
  }

  @Test
  void aPointGoesWithItsKeyObject() throws InvalidKeyException {
    WeakReference<PublicPoint> forgotten = new WeakReference<>(points.of(newKey()));
    ECPublicKey held = newKey();
    PublicPoint kept = points.of(held);
    for (int i = 0; i < 100 && forgotten.get() != null; i++) {
      System.gc();
      assertSame(kept, points.of(held));
    }
    assertNull(forgotten.get());
  }
}
