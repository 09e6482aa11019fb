package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.crypto.SelfTest.Status;
import org.mpotr.crypto.SelfTests.Primitive;

class SelfTestsTest {

  @ParameterizedTest
  @EnumSource
  void everyPrimitivePassesAndOnlyWhenAsked(Primitive primitive) {
    SelfTests tests = SelfTests.of(P256.engine());
    assertEquals(Status.NOT_RUN, tests.test(primitive).status());
    tests.require(primitive);
    tests
        .all()
        .forEach(
            (each, test) ->
                assertEquals(each == primitive ? Status.PASSED : Status.NOT_RUN, test.status()));
    assertEquals(Optional.empty(), tests.test(primitive).failure());
  }

  @Test
  void theSharedTestsAreTheSameForAll() {
    assertSame(SelfTests.shared(), SelfTests.shared());
    SelfTests.shared().require(Primitive.values());
  }

  @ParameterizedTest
  @EnumSource
  void aFailureClosesItsPrimitiveOnly(Primitive broken) {
    SelfTests tests = PlantedFailures.in(broken);
    for (Primitive each : Primitive.values()) {
      if (each != broken) {
        tests.require(each);
      }
    }
    SelfTestException refusal =
        assertThrows(SelfTestException.class, () -> tests.require(Primitive.values()));
    assertTrue(refusal.getMessage().contains(tests.test(broken).algorithm()));
    assertEquals(Status.FAILED, tests.test(broken).status());
    assertEquals(Optional.of("it gave a wrong answer"), tests.test(broken).failure());
    SelfTests.shared().require(broken);
  }

  @Test
  void aTestRunsOnceAndItsFailureStands() {
    AtomicInteger runs = new AtomicInteger();
    SelfTest test = new SelfTest("flaky", () -> runs.incrementAndGet() > 1);
    assertThrows(SelfTestException.class, test::require);
    assertThrows(SelfTestException.class, test::require);
    assertEquals(1, runs.get());
    assertEquals("flaky: FAILED", test.toString());
  }

  @Test
  void whatATestThrowsIsItsFailure() {
    IllegalStateException thrown = new IllegalStateException("broken");
    SelfTest test =
        new SelfTest(
            "throwing",
            () -> {
              throw thrown;
            });
    SelfTestException refusal = assertThrows(SelfTestException.class, test::require);
    assertSame(thrown, refusal.getCause());
    assertEquals(
        Optional.of("it gave no answer but java.lang.IllegalStateException"), test.failure());
    SelfTest linkage =
        new SelfTest(
            "absent",
            () -> {
              throw new NoClassDefFoundError("an engine's class");
            });
    assertThrows(SelfTestException.class, linkage::require);
  }

  @Test
  void manyThreadsRunItOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    SelfTest test = new SelfTest("raced", () -> runs.incrementAndGet() > 0);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        results.add(threads.submit(test::require));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, runs.get());
  }

  @Test
  void wrongPrimitivesAreFound() {
    assertFalse(KnownAnswers.sha512(data -> flipped(Sha512.hash(data))));
    assertFalse(KnownAnswers.hmac((key, data) -> flipped(Sha512.hash(key, data))));
    assertFalse(
        KnownAnswers.hkdf((salt, secret) -> flipped(Hkdf.extract(salt, secret)), Hkdf::expand));
    assertFalse(
        KnownAnswers.hkdf(Hkdf::extract, (key, info, n) -> flipped(Hkdf.expand(key, info, n))));
    assertFalse(KnownAnswers.aesCtr((key, iv, data) -> flipped(data.clone())));
  }

  @Test
  void wrongEnginesAreFound() {
    for (BrokenP256.Fault fault : BrokenP256.Fault.values()) {
      SelfTests tests = SelfTests.of(new BrokenP256(P256.engine(), fault));
      Primitive broken = fault.breaksAgreement() ? Primitive.ECDH_P256 : Primitive.ECDSA_P256;
      Primitive whole = fault.breaksAgreement() ? Primitive.ECDSA_P256 : Primitive.ECDH_P256;
      assertThrows(SelfTestException.class, () -> tests.require(broken), fault.name());
      tests.require(whole);
      assertTrue(tests.test(broken).algorithm().endsWith("(broken)"));
    }
  }

  private static byte[] flipped(byte[] bytes) {
    bytes[bytes.length - 1] ^= 1;
    return bytes;
  }
}
