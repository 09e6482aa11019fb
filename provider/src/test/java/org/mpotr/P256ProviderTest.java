package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PlainPrivateKey;
import org.mpotr.crypto.PlainPublicKey;
import org.mpotr.crypto.PlantedFailures;
import org.mpotr.crypto.SelfTests;
import org.mpotr.crypto.SelfTests.Primitive;

/** What is particular to "mpOTR-P256": its names, its strictness, what it takes and what not. */
class P256ProviderTest {

  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final HexFormat HEX = HexFormat.of();

  private final Provider provider = new P256Provider();
  private final KeyPair pair = keyPair("SunEC", "secp256r1");
  private final KeyPair other = keyPair("SunEC", "secp384r1");

  private static KeyPair keyPair(String from, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", from);
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isFoundButNotInstalled() {
    assertNull(Security.getProvider("mpOTR-P256"));
    assertTrue(
        ServiceLoader.load(Provider.class).stream()
            .anyMatch(each -> each.type().equals(P256Provider.class)));
    assertSame(P256Provider.instance(), P256Provider.instance());
    assertEquals("mpOTR-P256", P256Provider.instance().getName());
  }

  /** Every service stands under the names that the JDK has for it, object identifiers included. */
  @Test
  void hasTheNamesThatTheJdkHas() {
    Provider jdk = Security.getProvider("SunEC");
    for (Provider.Service service : provider.getServices()) {
      Provider.Service theirs = jdk.getService(service.getType(), service.getAlgorithm());
      assertNotNull(theirs, service::toString);
      assertTrue(
          Stream.of("1.2.840.10045.2.1", "1.2.840.10045.4.3.2", "EllipticCurve")
              .filter(alias -> jdk.getService(service.getType(), alias) == theirs)
              .allMatch(alias -> provider.getService(service.getType(), alias) == service));
    }
    assertEquals(8, provider.getServices().size());
    for (int arc = 2; arc <= 4; arc++) {
      String identifier = "1.2.840.10045.4.3." + arc;
      assertNotNull(provider.getService("Signature", identifier));
      assertNotNull(provider.getService("Signature", "OID." + identifier));
    }
  }

  @Test
  void sharesNoNameWithMpotr() {
    assertEquals(
        List.of(),
        provider.getServices().stream()
            .filter(
                each -> new MpotrProvider().getService(each.getType(), each.getAlgorithm()) != null)
            .collect(Collectors.toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA"})
  void makesLowSAndTakesBoth(String name) throws Exception {
    Signature signature = Signature.getInstance(name + "inP1363Format", provider);
    for (int i = 0; i < 16; i++) {
      signature.initSign(pair.getPrivate());
      signature.update((byte) i);
      byte[] low = signature.sign();
      assertTrue(P256.isLowS(low));
      byte[] high = withOtherS(low);
      assertFalse(P256.isLowS(high));
      for (byte[] each : List.of(low, high)) {
        signature.initVerify(pair.getPublic());
        signature.update((byte) i);
        assertTrue(signature.verify(each));
        Signature der = Signature.getInstance(name, provider);
        der.initVerify(pair.getPublic());
        der.update((byte) i);
        assertTrue(der.verify(EcdsaDer.encode(each)));
      }
    }
  }

  private static byte[] withOtherS(byte[] signature) {
    byte[] s = Arrays.copyOfRange(signature, 32, 64);
    byte[] digits = ORDER.subtract(new BigInteger(1, s)).toByteArray();
    byte[] other = Arrays.copyOf(signature, 64);
    Arrays.fill(other, 32, 64, (byte) 0);
    int count = Math.min(32, digits.length);
    System.arraycopy(digits, digits.length - count, other, 64 - count, count);
    return other;
  }

  /** The forms that a lenient reader takes for the same signature, and some that are none. */
  @Test
  void otherDerIsASignatureExceptionAndOtherPlainLengthsAreFalse() throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    signature.initSign(pair.getPrivate());
    byte[] der = signature.sign();
    String body = HEX.formatHex(der, 2, der.length);
    String length = HEX.toHexDigits((byte) (der.length - 2));
    for (String wrong :
        List.of(
            "",
            "30",
            "3000",
            "3081" + length + body,
            "3080" + body + "0000",
            "30" + length + body + "00",
            "31" + length + body,
            "3006020100020101",
            "3006020101020100",
            "30060201ff020101",
            "300702020001020101",
            "3008020101020101" + "0500",
            "3027022101" + "00".repeat(32) + "020101")) {
      signature.initVerify(pair.getPublic());
      assertThrows(SignatureException.class, () -> signature.verify(HEX.parseHex(wrong)), wrong);
    }
    signature.initVerify(pair.getPublic());
    assertTrue(signature.verify(der));
    assertFalse(signature.verify(HEX.parseHex("3006020101020101")));

    Signature plain = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
    plain.initVerify(pair.getPublic());
    byte[] right = EcdsaDer.decode(der);
    assertTrue(plain.verify(right));
    for (int size : new int[] {0, 1, 62, 63, 65, 66, 128}) {
      assertFalse(plain.verify(Arrays.copyOf(right, size)), "length " + size);
    }
    byte[] longer = new byte[66];
    System.arraycopy(right, 0, longer, 1, 32);
    System.arraycopy(right, 32, longer, 34, 32);
    assertFalse(plain.verify(longer));
  }

  @Test
  void keysOfOtherCurvesAreInvalidByName() throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    assertThrows(InvalidKeyException.class, () -> signature.initSign(other.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> signature.initVerify(other.getPublic()));
    assertThrows(InvalidKeyException.class, () -> agreement.init(other.getPrivate()));
    agreement.init(pair.getPrivate());
    assertThrows(InvalidKeyException.class, () -> agreement.doPhase(other.getPublic(), true));
    agreement.doPhase(pair.getPublic(), true);
    assertEquals(32, agreement.generateSecret().length);
  }

  @Test
  void invalidPointsAndNumbersAreInvalidKeys() throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    agreement.init(pair.getPrivate());
    ECPoint valid = ((ECPublicKey) pair.getPublic()).getW();
    for (ECPoint point :
        List.of(
            ECPoint.POINT_INFINITY,
            new ECPoint(valid.getAffineX(), valid.getAffineY().add(BigInteger.ONE)),
            new ECPoint(valid.getAffineX().negate(), valid.getAffineY()))) {
      ECPublicKey key = PlainPublicKey.onP256(point);
      assertThrows(InvalidKeyException.class, () -> signature.initVerify(key));
      assertThrows(InvalidKeyException.class, () -> agreement.doPhase(key, true));
    }
    for (BigInteger number : List.of(BigInteger.ZERO, ORDER, BigInteger.ONE.negate())) {
      ECPrivateKey key = PlainPrivateKey.onP256(number);
      assertThrows(InvalidKeyException.class, () -> signature.initSign(key));
      assertThrows(InvalidKeyException.class, () -> agreement.init(key));
    }
    assertThrows(InvalidKeyException.class, () -> signature.initSign(PlainPrivateKey.hidden()));
    assertThrows(InvalidKeyException.class, () -> agreement.init(PlainPrivateKey.hidden()));
  }

  @Test
  void theServicesSayWhichKeysTheyTake() {
    for (String type : List.of("Signature.SHA256withECDSA", "KeyAgreement.ECDH")) {
      String[] parts = type.split("\\.", 2);
      Provider.Service service = provider.getService(parts[0], parts[1]);
      assertTrue(service.supportsParameter(pair.getPublic()));
      assertTrue(service.supportsParameter(pair.getPrivate()));
      assertFalse(service.supportsParameter(other.getPublic()));
      assertFalse(service.supportsParameter(other.getPrivate()));
      assertFalse(service.supportsParameter(PlainPrivateKey.hidden()));
      assertFalse(service.supportsParameter(null));
      assertThrows(InvalidParameterException.class, () -> service.supportsParameter("a key"));
    }
  }

  @Test
  void theOnlyParameterOfASignatureIsItsCurve() throws Exception {
    ECParameterSpec curve = ((ECPublicKey) pair.getPublic()).getParams();
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    assertNull(signature.getParameters());
    signature.setParameter(null);
    signature.setParameter(curve);
    assertEquals(
        curve.getOrder(),
        signature.getParameters().getParameterSpec(ECParameterSpec.class).getOrder());
    for (AlgorithmParameterSpec wrong :
        List.of(((ECPublicKey) other.getPublic()).getParams(), new ECGenParameterSpec("P-256"))) {
      assertThrows(InvalidAlgorithmParameterException.class, () -> signature.setParameter(wrong));
    }
  }

  @Test
  void keyPairsAreOnP256WhateverTheSpelling() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    assertEquals(
        ORDER, ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams().getOrder());
    for (String name :
        List.of(
            "secp256r1",
            "SECP256R1",
            "P-256",
            "NIST P-256",
            "prime256v1",
            "X9.62 prime256v1",
            "1.2.840.10045.3.1.7")) {
      generator.initialize(new ECGenParameterSpec(name), null);
      assertEquals(
          ORDER, ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams().getOrder());
    }
    assertThrows(InvalidParameterException.class, () -> generator.initialize(384));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> generator.initialize(new ECGenParameterSpec("secp384r1")));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> generator.initialize(((ECPublicKey) other.getPublic()).getParams()));
  }

  @ParameterizedTest
  @EnumSource
  void aFailedSelfTestClosesWhatNeedsIt(Primitive broken) {
    SelfTests planted = PlantedFailures.in(broken);
    Provider closed = new P256Provider(() -> planted);
    for (Provider.Service service : closed.getServices()) {
      String name = service.getAlgorithm();
      boolean needs =
          switch (broken) {
            case SHA_256, SHA_384, SHA_512 ->
                name.startsWith(broken.name().replace("_", "") + "with");
            case ECDSA_P256 -> service.getType().equals("Signature");
            case ECDH_P256 -> !service.getType().equals("Signature");
            default -> false;
          };
      if (needs) {
        NoSuchAlgorithmException refusal =
            assertThrows(NoSuchAlgorithmException.class, () -> service.newInstance(null));
        assertTrue(refusal.getMessage().endsWith(name + " is closed"), refusal.getMessage());
      } else {
        assertNotNull(instance(service));
      }
    }
  }

  private static Object instance(Provider.Service service) {
    try {
      return service.newInstance(null);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(service.toString(), e);
    }
  }

  @Test
  void noServiceTakesAConstructorParameter() {
    for (Provider.Service service : provider.getServices()) {
      assertThrows(NoSuchAlgorithmException.class, () -> service.newInstance("parameter"));
    }
  }
}
