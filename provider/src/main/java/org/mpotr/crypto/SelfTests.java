package org.mpotr.crypto;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The self-tests of every primitive of suite 0x0001 (PROTOCOL.md, section 1) and of the platform's
 * signatures on the same curve, those on P-256 for one engine. A service requires the primitives it
 * is made of before it is handed out. Safe for use by many threads.
 */
public final class SelfTests {

  /** What is tested one by one. */
  public enum Primitive {
    /** A hash that only the platform's signatures are made over. */
    SHA_256,
    /** The other one. */
    SHA_384,
    /** The hash of the suite. */
    SHA_512,
    /** The MAC. */
    HMAC_SHA_512,
    /** The key derivation. */
    HKDF_SHA_512,
    /** The cipher. */
    AES_128_CTR,
    /** Key agreement. */
    ECDH_P256,
    /** Signatures, made and verified. */
    ECDSA_P256
  }

  private static final class Shared {
    static final SelfTests TESTS = of(P256.engine());
  }

  private final Map<Primitive, SelfTest> tests;

  private SelfTests(Map<Primitive, SelfTest> tests) {
    this.tests = Collections.unmodifiableMap(tests);
  }

  /**
   * The tests of what the library uses; each runs once in a virtual machine.
   *
   * @throws java.security.ProviderException when the property that chooses the engine names none
   */
  public static SelfTests shared() {
    // Asked first, so that its refusal arrives as itself and not as a class that cannot be loaded.
    P256.engine();
    return Shared.TESTS;
  }

  /** New tests, those on P-256 of the given engine; none has run. */
  public static SelfTests of(P256 engine) {
    String name = " (" + engine.name() + ")";
    Map<Primitive, SelfTest> tests = new EnumMap<>(Primitive.class);
    put(tests, Primitive.SHA_256, "SHA-256", () -> KnownAnswers.sha256(HashFunction.SHA_256::hash));
    put(tests, Primitive.SHA_384, "SHA-384", () -> KnownAnswers.sha384(HashFunction.SHA_384::hash));
    put(tests, Primitive.SHA_512, "SHA-512", () -> KnownAnswers.sha512(Sha512::hash));
    put(tests, Primitive.HMAC_SHA_512, "HMAC-SHA-512", () -> KnownAnswers.hmac(SelfTests::mac));
    put(
        tests,
        Primitive.HKDF_SHA_512,
        "HKDF-SHA-512",
        () -> KnownAnswers.hkdf(Hkdf::extract, Hkdf::expand));
    put(tests, Primitive.AES_128_CTR, "AES-128-CTR", () -> KnownAnswers.aesCtr(SelfTests::encrypt));
    put(tests, Primitive.ECDH_P256, "ECDH P-256" + name, () -> KnownAnswers.ecdh(engine));
    put(tests, Primitive.ECDSA_P256, "ECDSA P-256" + name, () -> KnownAnswers.ecdsa(engine));
    return new SelfTests(tests);
  }

  private static void put(
      Map<Primitive, SelfTest> tests, Primitive primitive, String name, BooleanSupplier answers) {
    tests.put(primitive, new SelfTest(name, answers));
  }

  private static byte[] mac(byte[] key, byte[] data) {
    try (HmacSha512 mac = new HmacSha512(key)) {
      return mac.mac(data);
    }
  }

  private static byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext) {
    try (AesCtr cipher = new AesCtr(key)) {
      return cipher.process(iv, plaintext);
    }
  }

  /** The test of one primitive. */
  public SelfTest test(Primitive primitive) {
    return tests.get(primitive);
  }

  /** All tests, none of them run by asking. */
  public Map<Primitive, SelfTest> all() {
    return tests;
  }

  /**
   * Returns when each of the primitives has passed, after running those that have not run yet.
   *
   * @throws SelfTestException when one failed, now or before
   */
  public void require(Primitive... primitives) {
    for (Primitive primitive : primitives) {
      tests.get(primitive).require();
    }
  }

  /**
   * A copy in which another test, not run yet, stands for one primitive: how a failure is planted.
   */
  SelfTests with(Primitive primitive, BooleanSupplier answers) {
    Map<Primitive, SelfTest> others = new EnumMap<>(tests);
    put(others, primitive, test(primitive).algorithm(), answers);
    return new SelfTests(others);
  }
}
