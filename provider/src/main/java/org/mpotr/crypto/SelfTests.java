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
    SHA_256("SHA-256"),
    /** The other one. */
    SHA_384("SHA-384"),
    /** The hash of the suite. */
    SHA_512("SHA-512"),
    /** The MAC. */
    HMAC_SHA_512("HMAC-SHA-512"),
    /** The key derivation. */
    HKDF_SHA_512("HKDF-SHA-512"),
    /** The cipher. */
    AES_128_CTR("AES-128-CTR"),
    /** Key agreement. */
    ECDH_P256("ECDH P-256"),
    /** Signatures, made and verified. */
    ECDSA_P256("ECDSA P-256");

    private final String algorithm;

    Primitive(String algorithm) {
      this.algorithm = algorithm;
    }
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
    Map<Primitive, SelfTest> tests = new EnumMap<>(Primitive.class);
    for (Primitive primitive : Primitive.values()) {
      boolean isOfEngine = primitive == Primitive.ECDH_P256 || primitive == Primitive.ECDSA_P256;
      String name = primitive.algorithm + (isOfEngine ? " (" + engine.name() + ")" : "");
      tests.put(primitive, new SelfTest(name, () -> givesKnownAnswers(primitive, engine)));
    }
    return new SelfTests(tests);
  }

  private static boolean givesKnownAnswers(Primitive primitive, P256 engine) {
    return switch (primitive) {
      case SHA_256 -> KnownAnswers.sha256(HashFunction.SHA_256::hash);
      case SHA_384 -> KnownAnswers.sha384(HashFunction.SHA_384::hash);
      case SHA_512 -> KnownAnswers.sha512(Sha512::hash);
      case HMAC_SHA_512 -> KnownAnswers.hmac(SelfTests::mac);
      case HKDF_SHA_512 -> KnownAnswers.hkdf(Hkdf::extract, Hkdf::expand);
      case AES_128_CTR -> KnownAnswers.aesCtr(SelfTests::encrypt);
      case ECDH_P256 -> KnownAnswers.ecdh(engine);
      case ECDSA_P256 -> KnownAnswers.ecdsa(engine);
    };
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
    others.put(primitive, new SelfTest(test(primitive).algorithm(), answers));
    return new SelfTests(others);
  }
}
