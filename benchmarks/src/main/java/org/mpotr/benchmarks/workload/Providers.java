package org.mpotr.benchmarks.workload;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The security providers that are compared, as objects: none is ever installed. Providers other
 * than the platform's are found by name, so that one which is not here is a reason and not an
 * error.
 */
public final class Providers {

  /** Our own: the provider "mpOTR-P256", which has the primitives under the platform's names. */
  public static final String MPOTR = "mpOTR";

  /** The platform's own providers. */
  public static final String JDK = "JDK";

  /** BouncyCastle. */
  public static final String BC = "BC";

  /** Amazon Corretto Crypto Provider (AWS-LC). */
  public static final String ACCP = "ACCP";

  /** Conscrypt (BoringSSL). */
  public static final String CONSCRYPT = "Conscrypt";

  /** Every value of the parameter {@code provider}. */
  public static final List<String> NAMES = List.of(MPOTR, JDK, BC, ACCP, CONSCRYPT);

  private static final Map<String, String> CLASSES =
      Map.of(
          MPOTR, "org.mpotr.P256Provider",
          BC, "org.bouncycastle.jce.provider.BouncyCastleProvider",
          ACCP, "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
          CONSCRYPT, "org.conscrypt.OpenSSLProvider");
  private static final Map<String, Provider> FOUND = new HashMap<>();

  private Providers() {}

  /**
   * The provider of this name for a service.
   *
   * @throws UnavailableException when it cannot be loaded here, or does not offer the service
   */
  public static Provider of(String name, String type, String algorithm)
      throws UnavailableException {
    if (JDK.equals(name)) {
      return Arrays.stream(Security.getProviders())
          .filter(Providers::isPlatform)
          .filter(provider -> provider.getService(type, algorithm) != null)
          .findFirst()
          .orElseThrow(() -> lacks(name, type, algorithm));
    }
    Provider provider = load(name);
    if (provider.getService(type, algorithm) == null) {
      throw lacks(name, type, algorithm);
    }
    return provider;
  }

  /**
   * A provider other than the JDK's, loaded at the first call.
   *
   * @throws UnavailableException when it cannot be loaded here
   */
  public static synchronized Provider load(String name) throws UnavailableException {
    Provider provider = FOUND.get(name);
    if (provider == null) {
      provider = byClass(name);
      FOUND.put(name, provider);
    }
    return provider;
  }

  private static UnavailableException lacks(String name, String type, String algorithm) {
    return new UnavailableException(name + " does not offer " + type + " " + algorithm);
  }

  private static boolean isPlatform(Provider provider) {
    ClassLoader loader = provider.getClass().getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static Provider byClass(String name) throws UnavailableException {
    String className = CLASSES.get(name);
    if (className == null) {
      throw new UnavailableException("no provider is known as " + name);
    }
    try {
      Class<?> type = Class.forName(className);
      Provider provider = (Provider) type.getDeclaredConstructor().newInstance();
      if (ACCP.equals(name)) {
        // It loads without its native library too, and then offers nothing.
        Object problem = type.getMethod("getLoadingError").invoke(provider);
        if (problem instanceof Throwable cause) {
          throw new UnavailableException(name + " does not load", cause);
        }
      }
      return provider;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new UnavailableException(name + " does not load", e);
    }
  }
}
