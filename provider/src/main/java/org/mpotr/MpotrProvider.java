package org.mpotr;

import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SelfTest;
import org.mpotr.crypto.SelfTestException;
import org.mpotr.crypto.SelfTests;
import org.mpotr.crypto.SelfTests.Primitive;

/**
 * The security provider "mpOTR": deniable multi-party off-the-record messaging. It offers {@code
 * KeyAgreement}, {@code KeyFactory}, {@code KeyPairGenerator}, {@code AlgorithmParameters}, {@code
 * Cipher}, {@code Signature} and {@code KeyStore}, each under the one name "mpOTR" (PROTOCOL.md,
 * sections 4.9 and 6.6), {@code KeyStore} "mpOTR-File" for a store at a fixed path, and no
 * algorithm that another provider has: installed at any position, it changes no default. It can be
 * used installed, or passed to {@code getInstance} as an object.
 *
 * <p>Before a service is handed out, the primitives it is made of must give their known answers;
 * one that does not closes every service that needs it.
 */
public final class MpotrProvider extends Provider {

  /** The name of the provider. */
  public static final String NAME = "mpOTR";

  private static final long serialVersionUID = 1;
  private static final String VERSION = "0.1";
  private static final String FILE_STORE = "mpOTR-File";
  private static final String SUPPORTED_KEYS = "SupportedKeyClasses";

  private static final Primitive[] SUITE = {
    Primitive.SHA_512,
    Primitive.HMAC_SHA_512,
    Primitive.HKDF_SHA_512,
    Primitive.AES_128_CTR,
    Primitive.ECDH_P256,
    Primitive.ECDSA_P256
  };

  // Those of the file itself; a key is checked by what the platform makes of it.
  private static final Primitive[] STORE = {Primitive.SHA_512, Primitive.HMAC_SHA_512};

  private static final class Shared {
    static final MpotrProvider INSTANCE = new MpotrProvider();
  }

  private final transient SelfTests selfTests;
  private final transient String path;

  /** A provider of its own; it does next to nothing until a service is asked for. */
  public MpotrProvider() {
    this(null);
  }

  /**
   * A provider that relies on the given self-tests; null means the shared ones, run when first
   * needed.
   */
  MpotrProvider(SelfTests selfTests) {
    this(selfTests, null);
  }

  private MpotrProvider(SelfTests selfTests, String path) {
    super(NAME, VERSION, "Deniable multi-party off-the-record messaging");
    this.selfTests = selfTests;
    this.path = path;
    offer("KeyAgreement", "java.security.PrivateKey", SUITE);
    offer("KeyFactory", null);
    offer("KeyPairGenerator", null, Primitive.ECDH_P256);
    offer("AlgorithmParameters", null);
    offer("Cipher", "org.mpotr.epoch.GroupKey", SUITE);
    offer(
        "Signature",
        "org.mpotr.epoch.FrameSigningKey|org.mpotr.epoch.FrameVerificationKey",
        Primitive.SHA_512,
        Primitive.ECDSA_P256);
    offer("KeyStore", null, STORE);
    offer("KeyStore", FILE_STORE, null, STORE);
  }

  /**
   * A provider whose {@code KeyStore} "mpOTR-File" is the file at a path; this one stays as it is.
   * It is what {@code -providerarg} of keytool and a second word in {@code security.provider.N}
   * call.
   *
   * @param file the path of a file that is there or will be made
   */
  @Override
  public Provider configure(String file) {
    return new MpotrProvider(selfTests, Objects.requireNonNull(file));
  }

  /** What carries out a service. By its type, so that only the classes in use are loaded. */
  private Object newSpi(String type, String algorithm) {
    return switch (type) {
      case "KeyAgreement" -> new MpotrKeyAgreement();
      case "KeyFactory" -> new MpotrKeyFactory();
      case "KeyPairGenerator" -> new P256KeyPairGenerator();
      case "AlgorithmParameters" -> new MpotrAlgorithmParameters();
      case "Cipher" -> new FrameCipher(this);
      case "Signature" -> new FrameSignature();
      case "KeyStore" ->
          algorithm.equals(FILE_STORE) ? new MpotrFileKeyStore(path) : new MpotrKeyStore();
      default -> throw new IllegalArgumentException(type + " is not a service of mpOTR");
    };
  }

  /** The instance that {@link #install()} installs. */
  public static MpotrProvider instance() {
    return Shared.INSTANCE;
  }

  /**
   * Installs the shared instance behind all other providers, unless one of this name is installed
   * already.
   *
   * @return the provider that is installed now under this name
   */
  public static Provider install() {
    Security.addProvider(instance());
    return Security.getProvider(NAME);
  }

  /**
   * The name of the engine that does the arithmetic on P-256, for this provider and for {@link
   * P256Provider}. The system property {@code org.mpotr.p256} chooses it and is read once, when
   * P-256 is first needed:
   *
   * <ul>
   *   <li>{@code own}, the default: this library's arithmetic, whose tables for the keys of busy
   *       signers take at most the bytes that {@code org.mpotr.p256.tableBytes} says, 8 MiB if
   *       nothing;
   *   <li>{@code bc}: BouncyCastle's lightweight classes;
   *   <li>the name of an installed security provider with ECDH, NONEwithECDSA and the key factory
   *       EC, such as {@code AmazonCorrettoCryptoProvider}, {@code Conscrypt} or {@code SunEC}. It
   *       makes the nonces of its signatures by its own means, and this library the public keys of
   *       given private ones.
   * </ul>
   *
   * @throws java.security.ProviderException when a property is set to anything else; no other
   *     engine takes its place
   */
  public static String p256Engine() {
    return P256.engine().name();
  }

  /**
   * What is known of each primitive: "not run", "passed", or "failed: " and why. Asking runs
   * nothing.
   */
  public Map<String, String> selfTestReport() {
    Map<String, String> report = new LinkedHashMap<>();
    for (SelfTest test : tests().all().values()) {
      report.put(test.algorithm(), describe(test));
    }
    return report;
  }

  /**
   * Runs all self-tests that have not run yet.
   *
   * @return whether all have passed; {@link #selfTestReport()} says which have not
   */
  public boolean runSelfTests() {
    boolean passed = true;
    for (SelfTest test : tests().all().values()) {
      try {
        test.require();
      } catch (SelfTestException e) {
        // The report keeps the reason.
        passed = false;
      }
    }
    return passed;
  }

  private static String describe(SelfTest test) {
    return switch (test.status()) {
      case NOT_RUN -> "not run";
      case PASSED -> "passed";
      case FAILED -> "failed: " + test.failure().orElse("no reason given");
    };
  }

  private SelfTests tests() {
    return selfTests == null ? SelfTests.shared() : selfTests;
  }

  private void offer(String type, String keyClasses, Primitive... needed) {
    offer(type, NAME, keyClasses, needed);
  }

  private void offer(String type, String algorithm, String keyClasses, Primitive... needed) {
    Map<String, String> attributes =
        keyClasses == null ? Map.of() : Map.of(SUPPORTED_KEYS, keyClasses);
    TestedService.Offer offer =
        new TestedService.Offer(type, algorithm, List.of(), attributes, List.of(needed));
    putService(new TestedService(this, this::tests, offer, () -> newSpi(type, algorithm)));
  }
}
