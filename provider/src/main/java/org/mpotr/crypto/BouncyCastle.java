package org.mpotr.crypto;

import java.io.IOException;
import java.net.URL;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * BouncyCastle's libraries, which may be absent or too old where the application runs: whoever is
 * about to use classes of theirs requires them first. The key stores, certificates, passphrases and
 * the engine {@code bc} need them; the protocol itself does not.
 */
public enum BouncyCastle {
  /** ASN.1 and the lightweight classes. */
  BCPROV("bcprov", "asn1/ASN1Integer.class", BouncyCastle::startBcprov),
  /** Certificates, by means of the other. */
  BCPKIX("bcpkix", "cert/X509v3CertificateBuilder.class", () -> X509v3CertificateBuilder.class);

  /** The oldest version that has everything that is used here. */
  private static final String VERSION = "1.84";

  /** What stands between a jar and a class in it, which may be there for a version of Java. */
  private static final String IN_JAR = "!?(/META-INF/versions/[0-9]+)?/";

  private final String library;
  private final String witness;
  private final Supplier<Object> newest;
  private volatile boolean usable;
  private ProviderException refusal;

  /**
   * A library.
   *
   * @param witness a class by which its jar is found
   * @param newest the newest of its members that are used here
   */
  BouncyCastle(String library, String witness, Supplier<Object> newest) {
    this.library = library;
    this.witness = "org/bouncycastle/" + witness;
    this.newest = newest;
  }

  /**
   * Returns when the library can be used.
   *
   * @throws ProviderException when it is not there, too old or not allowed to start, in a sentence
   *     that says what is needed and which jars there are; it stands from then on
   */
  public void require() {
    if (!usable) {
      use();
    }
  }

  private synchronized void use() {
    if (refusal == null) {
      try {
        usable = newest.get() != null;
        return;
      } catch (LinkageError | SecurityException e) {
        // The latter when jars of two versions, signed by two keys, share a package.
        refusal = new ProviderException(sentence(e), e);
      }
    }
    throw new ProviderException(refusal.getMessage(), refusal);
  }

  private static Object startBcprov() {
    ASN1Integer newest = new ASN1Integer(1);
    // What it is set to is read once, which a security manager may forbid.
    return CryptoServicesRegistrar.getServicesConstraints() == null ? null : newest;
  }

  private String sentence(Throwable failure) {
    String needed =
        "mpOTR needs BouncyCastle's "
            + library
            + "-jdk18on "
            + VERSION
            + " or newer for this, and ";
    if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
      return needed + "cannot start it: " + failure.getCause().getMessage();
    }
    List<String> jars = jars(BouncyCastle.class.getClassLoader());
    return needed + "finds " + (jars.isEmpty() ? "none" : String.join(" and ", jars));
  }

  /** The names of the jars that have a class of the library, in the order of the path. */
  private List<String> jars(ClassLoader loader) {
    List<String> jars = new ArrayList<>();
    try {
      for (URL found : Collections.list(loader.getResources(witness))) {
        String jar = found.toString().replaceFirst(IN_JAR + witness + "$", "");
        jars.add(jar.substring(jar.lastIndexOf('/') + 1));
      }
    } catch (IOException e) {
      // Then the sentence has to do without.
      return List.of();
    }
    return jars;
  }
}
