package org.mpotr;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mpotr.crypto.SelfTest;
import org.mpotr.crypto.SelfTestException;
import org.mpotr.crypto.SelfTests;
import org.mpotr.crypto.SelfTests.Primitive;
import org.mpotr.epoch.GroupKey;

/**
 * The security provider "mpOTR": deniable multi-party off-the-record messaging. It offers {@code
 * KeyAgreement}, {@code KeyFactory}, {@code KeyPairGenerator}, {@code AlgorithmParameters}, {@code
 * Cipher} and {@code Signature}, each under the one name "mpOTR" (PROTOCOL.md, sections 4.9 and
 * 6.6), and no algorithm that another provider has: installed at any position, it changes no
 * default. It can be used installed, or passed to {@code getInstance} as an object.
 *
 * <p>Before a service is handed out, the primitives it is made of must give their known answers;
 * one that does not closes every service that needs it.
 */
public final class MpotrProvider extends Provider {

  /** The name of the provider. */
  public static final String NAME = "mpOTR";

  private static final long serialVersionUID = 1;
  private static final String VERSION = "0.1";
  private static final String SUPPORTED_KEYS = "SupportedKeyClasses";

  private static final class Shared {
    static final MpotrProvider INSTANCE = new MpotrProvider();
  }

  private final transient SelfTests selfTests;

  /** A provider of its own; it does next to nothing until a service is asked for. */
  public MpotrProvider() {
    this(null);
  }

  /**
   * A provider that relies on the given self-tests; null means the shared ones, run when first
   * needed.
   */
  MpotrProvider(SelfTests selfTests) {
    super(NAME, VERSION, "Deniable multi-party off-the-record messaging");
    this.selfTests = selfTests;
    Primitive[] setup = Primitive.values();
    offer("KeyAgreement", MpotrKeyAgreement::new, "java.security.PrivateKey", setup);
    offer("KeyFactory", MpotrKeyFactory::new, null);
    offer("KeyPairGenerator", IdentityKeyPairGenerator::new, null, Primitive.ECDH_P256);
    offer("AlgorithmParameters", MpotrAlgorithmParameters::new, null);
    offer("Cipher", () -> new FrameCipher(this), GroupKey.class.getName(), setup);
    offer(
        "Signature",
        FrameSignature::new,
        "org.mpotr.epoch.FrameSigningKey|org.mpotr.epoch.FrameVerificationKey",
        Primitive.SHA_512,
        Primitive.ECDSA_P256);
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

  private void offer(String type, Supplier<Object> spi, String keyClasses, Primitive... needed) {
    Map<String, String> attributes =
        keyClasses == null ? Map.of() : Map.of(SUPPORTED_KEYS, keyClasses);
    putService(new TestedService(this, type, spi, attributes, List.of(needed)));
  }

  /** A service that is handed out only while its primitives pass their self-tests. */
  private static final class TestedService extends Service {

    private final MpotrProvider provider;
    private final Supplier<Object> spi;
    private final Primitive[] needed;

    TestedService(
        MpotrProvider provider,
        String type,
        Supplier<Object> spi,
        Map<String, String> attributes,
        List<Primitive> needed) {
      super(provider, type, NAME, "org.mpotr.Mpotr" + type, List.of(), attributes);
      this.provider = provider;
      this.spi = spi;
      this.needed = needed.toArray(Primitive[]::new);
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      if (parameter != null) {
        throw new NoSuchAlgorithmException(getType() + " mpOTR takes no constructor parameter");
      }
      try {
        provider.tests().require(needed);
      } catch (SelfTestException e) {
        throw new NoSuchAlgorithmException(getType() + " mpOTR is closed", e);
      }
      return spi.get();
    }
  }
}
