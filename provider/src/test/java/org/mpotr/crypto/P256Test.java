package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key pairs and agreement by {@link P256}, destroyed keys, and use by many threads. */
class P256Test extends EngineContract {

  private final SecureRandom random = new SecureRandom();

  @Test
  void theEngineInUseIsOneOfThem() {
    assertTrue(engines().anyMatch(each -> each.name().equals(P256.engine().name())));
  }

  /** CAVP, ECC CDH primitive, P-256, counts 0 to 3. */
  @ParameterizedTest
  @CsvSource({
    "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534,"
        + "700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287,"
        + "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac,"
        + "ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230,"
        + "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
    "38f65d6dce47676044d58ce5139582d568f64bb16098d179dbab07741dd5caf5,"
        + "809f04289c64348c01515eb03d5ce7ac1a8cb9498f5caa50197e58d43a86a7ae,"
        + "b29d84e811197f25eba8f5194092cb6ff440e26d4421011372461f579271cda3,"
        + "119f2f047902782ab0c9e27a54aff5eb9b964829ca99c06b02ddba95b0a3f6d0,"
        + "057d636096cb80b67a8c038c890e887d1adfa4195e9b3ce241c8a778c59cda67",
    "1accfaf1b97712b85a6f54b148985a1bdc4c9bec0bd258cad4b3d603f49f32c8,"
        + "a2339c12d4a03c33546de533268b4ad667debf458b464d77443636440ee7fec3,"
        + "ef48a3ab26e20220bcda2c1851076839dae88eae962869a497bf73cb66faf536,"
        + "d9f2b79c172845bfdb560bbb01447ca5ecc0470a09513b6126902c6b4f8d1051,"
        + "2d457b78b4614132477618a5b077965ec90730a8c81a1c75d6d4ec68005d67ec",
    "207c43a79bfee03db6f4b944f53d2fb76cc49ef1c9c4d34d51b6c65c4db6932d,"
        + "df3989b9fa55495719b3cf46dccd28b5153f7808191dd518eff0c3cff2b705ed,"
        + "422294ff46003429d739a33206c8752552c8ba54a270defc06e221e0feaf6ac4,"
        + "24277c33f450462dcb3d4801d57b9ced05188f16c28eda873258048cd1607e0d,"
        + "96441259534b80f6aee3d287a6bb17b5094dd4277d9e294f8fe73e48bf2a0024"
  })
  void agreementOfCavp(String d, String peerX, String peerY, String ownX, String secret) {
    PublicPoint peer = point("04" + peerX + peerY);
    engines()
        .forEach(
            each -> {
              assertEquals(secret, hex(each.agree(scalar(d), peer)));
              assertEquals(new BigInteger(ownX, 16), each.publicPoint(scalar(d)).x());
            });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void scalarsAtTheEdges(P256 each) {
    PublicPoint generator = each.publicPoint(scalar(BigInteger.ONE));
    assertEquals(Curve.GX, generator.x());
    assertEquals(Curve.GY, generator.y());
    SecretScalar last = scalar(Curve.N.subtract(BigInteger.ONE));
    assertEquals(Curve.GX, each.publicPoint(last).x());
    assertEquals(Curve.P.subtract(Curve.GY), each.publicPoint(last).y());
    PublicPoint q = point(PUBLIC_KEY);
    for (SecretScalar d : List.of(scalar(BigInteger.ONE), last)) {
      assertEquals(hex(SecretScalarTest.bytes(q.x())), hex(each.agree(d, q)));
    }
    for (int i = 1; i < 40; i++) {
      SecretScalar small = scalar(BigInteger.valueOf(i));
      SecretScalar large = scalar(Curve.N.subtract(BigInteger.valueOf(i)));
      String expected = hex(SecretScalarTest.bytes(each.publicPoint(small).x()));
      assertEquals(expected, hex(each.agree(small, generator)));
      assertEquals(expected, hex(each.agree(large, generator)));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aSecretKeepsItsLeadingZeros(P256 each) {
    // The point with x = 0, agreed with by the scalar 1.
    PublicPoint q =
        point(
            "04"
                + "00".repeat(32)
                + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
    assertArrayEquals(new byte[32], each.agree(scalar(BigInteger.ONE), q));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void bothSidesAgreeAndListsAnswerInOrder(P256 each) {
    SecretScalar own = SecretScalar.random(random);
    List<PublicPoint> points = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SecretScalar other = SecretScalar.random(random);
      points.add(each.publicPoint(other));
      expected.add(hex(each.agree(other, each.publicPoint(own))));
    }
    assertEquals(expected, each.agree(own, points).stream().map(P256Test::hex).toList());
    assertEquals(List.of(), each.agree(own, List.of()));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aDestroyedScalarDoesNothing(P256 each) {
    SecretScalar d = scalar(PRIVATE_KEY);
    d.destroy();
    PublicPoint q = point(PUBLIC_KEY);
    assertThrows(IllegalStateException.class, () -> each.publicPoint(d));
    assertThrows(IllegalStateException.class, () -> each.agree(d, q));
    assertThrows(IllegalStateException.class, () -> each.agree(d, List.of(q)));
    assertThrows(IllegalStateException.class, () -> each.sign(d, DIGEST, NO_HEDGE));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void manyThreadsShareAnEngineAndItsKeys(P256 each) throws Exception {
    SecretScalar d = scalar(PRIVATE_KEY);
    PublicPoint q = point(PUBLIC_KEY);
    byte[] expectedSecret = each.agree(d, q);
    byte[] expectedSignature = each.sign(d, DIGEST, NO_HEDGE);
    // Fresh point objects, each met by both threads at once, so that they race to prepare it.
    List<PublicPoint> shared = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      shared.add(point(PUBLIC_KEY));
    }
    AtomicInteger arrived = new AtomicInteger();
    Callable<Void> work =
        () -> {
          int all = 0;
          try {
            for (PublicPoint point : shared) {
              all += 2;
              arrived.incrementAndGet();
              // A barrier would wake the threads one after the other, and the race be over.
              while (arrived.get() < all) {
                Thread.onSpinWait();
              }
              assertArrayEquals(expectedSecret, each.agree(d, point));
              assertTrue(each.verify(point, DIGEST, expectedSignature));
              assertArrayEquals(expectedSignature, each.sign(d, DIGEST, NO_HEDGE));
              assertEquals(q, each.publicPoint(d));
            }
          } finally {
            // Whoever fails lets the other one end.
            arrived.addAndGet(2 * shared.size());
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(2, work))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
