package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.crypto.FaultyProvider.Fault;
import org.mpotr.crypto.SelfTests.Primitive;

/** P-256 by providers of the platform, which answer what the library's own engine answers. */
class JcaP256Test extends EngineContract {

  private final P256 own = Engines.preferred();
  private final SecureRandom random = new SecureRandom();

  /** With signatures as r ‖ s, and with DER only. */
  static Stream<P256> jcaEngines() {
    return Stream.of(
        new JcaP256(Security.getProvider("SunEC")),
        new JcaP256(new BouncyCastleProvider()),
        faulty(Fault.NONE));
  }

  private static P256 faulty(Fault fault) {
    return new JcaP256(new FaultyProvider(fault));
  }

  @ParameterizedTest
  @MethodSource("jcaEngines")
  void passesTheSelfTests(P256 engine) {
    SelfTests tests = SelfTests.of(engine);
    tests.require(Primitive.values());
    assertEquals(
        "ECDSA P-256 (" + engine.name() + ")", tests.test(Primitive.ECDSA_P256).algorithm());
  }

  @ParameterizedTest
  @MethodSource("jcaEngines")
  void agreesAsTheLibraryDoes(P256 engine) {
    SecretScalar d = SecretScalar.random(random);
    List<PublicPoint> points = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      points.add(own.publicPoint(SecretScalar.random(random)));
    }
    List<byte[]> secrets = engine.agree(d, points);
    assertEquals(points.size(), secrets.size());
    for (int i = 0; i < points.size(); i++) {
      assertArrayEquals(own.agree(d, points.get(i)), secrets.get(i));
      assertArrayEquals(secrets.get(i), engine.agree(d, points.get(i)));
    }
    assertEquals(own.publicPoint(d), engine.publicPoint(d));
  }

  @ParameterizedTest
  @MethodSource("jcaEngines")
  void signsLowForTheLibraryAndVerifiesWhatItSigns(P256 engine) {
    PublicPoint signer = point(PUBLIC_KEY);
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    for (int length : new int[] {32, 48, 64}) {
      for (int i = 0; i < 8; i++) {
        byte[] digest = new byte[length];
        random.nextBytes(digest);
        byte[] signature = engine.sign(scalar(PRIVATE_KEY), digest, i == 0 ? NO_HEDGE : hedge);
        assertTrue(P256.isLowS(signature));
        assertTrue(own.verify(signer, digest, signature));
        assertTrue(engine.verify(signer, digest, own.sign(scalar(PRIVATE_KEY), digest, hedge)));
        digest[0] ^= 1;
        assertFalse(engine.verify(signer, digest, signature));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("jcaEngines")
  void wrongSignaturesAreFalse(P256 engine) {
    PublicPoint signer = point(PUBLIC_KEY);
    byte[] right = own.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    for (int length : new int[] {0, 1, 63, 65, 128}) {
      assertFalse(engine.verify(signer, DIGEST, new byte[length]));
    }
    byte[] order = SecretScalarTest.bytes(Curve.N);
    for (int offset : new int[] {0, P256.SCALAR_BYTES}) {
      for (byte[] outside : List.of(new byte[P256.SCALAR_BYTES], order)) {
        byte[] wrong = right.clone();
        System.arraycopy(outside, 0, wrong, offset, outside.length);
        assertFalse(engine.verify(signer, DIGEST, wrong));
      }
    }
    assertFalse(engine.verify(own.publicPoint(SecretScalar.random(random)), DIGEST, right));
  }

  @ParameterizedTest
  @MethodSource("jcaEngines")
  void inputsOfAnotherLengthAreRefused(P256 engine) {
    SecretScalar d = scalar(PRIVATE_KEY);
    for (int length : new int[] {0, 31, 65}) {
      byte[] digest = new byte[length];
      assertThrows(IllegalArgumentException.class, () -> engine.sign(d, digest, NO_HEDGE));
      assertThrows(
          IllegalArgumentException.class,
          () -> engine.verify(point(PUBLIC_KEY), digest, new byte[P256.SIGNATURE_BYTES]));
    }
    assertThrows(IllegalArgumentException.class, () -> engine.sign(d, DIGEST, new byte[31]));
    d.destroy();
    assertThrows(IllegalStateException.class, () -> engine.sign(d, DIGEST, NO_HEDGE));
    assertThrows(IllegalStateException.class, () -> engine.agree(d, point(PUBLIC_KEY)));
  }

  @Test
  void aPublicKeyIsTranslatedOncePerPointAndEngine() {
    FaultyProvider provider = new FaultyProvider(Fault.NONE);
    P256 engine = new JcaP256(provider);
    PublicPoint signer = point(PUBLIC_KEY);
    byte[] signature = own.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    for (int i = 0; i < 3; i++) {
      assertTrue(engine.verify(signer, DIGEST, signature));
    }
    assertEquals(1, provider.publicKeys());
    assertTrue(new JcaP256(Security.getProvider("SunEC")).verify(signer, DIGEST, signature));
    assertEquals(1, provider.publicKeys());
  }

  @ParameterizedTest
  @EnumSource(names = {"SHORT_SECRET", "REFUSES_TO_AGREE", "REFUSES_PUBLIC_KEYS"})
  void whatCannotBeASecretIsRefused(Fault fault) {
    assertThrows(
        ProviderException.class, () -> faulty(fault).agree(scalar(PRIVATE_KEY), point(PUBLIC_KEY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SIGNS_GARBAGE", "SIGNS_WITH_LARGE_R", "REFUSES_TO_SIGN", "REFUSES_PRIVATE_KEYS"})
  void whatCannotBeASignatureIsRefused(Fault fault) {
    assertThrows(
        ProviderException.class, () -> faulty(fault).sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE));
  }

  @Test
  void aHighSIsMadeLow() {
    byte[] signature = faulty(Fault.SIGNS_HIGH_S).sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    assertTrue(P256.isLowS(signature));
    assertTrue(own.verify(point(PUBLIC_KEY), DIGEST, signature));
  }

  @Test
  void anExceptionForAWrongSignatureIsFalseAndForAKeyIsAFailure() {
    byte[] signature = own.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    signature[P256.SIGNATURE_BYTES - 1] ^= 1;
    PublicPoint signer = point(PUBLIC_KEY);
    assertFalse(faulty(Fault.THROWS_INSTEAD_OF_FALSE).verify(signer, DIGEST, signature));
    assertThrows(
        ProviderException.class,
        () -> faulty(Fault.REFUSES_TO_VERIFY).verify(signer, DIGEST, signature));
  }
}
