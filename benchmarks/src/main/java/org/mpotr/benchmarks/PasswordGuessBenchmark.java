package org.mpotr.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.mpotr.MpotrProvider;
import org.mpotr.identity.IdentityCertificates;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find out that a password is not that of a key store with one identity, by the
 * store's own code and with its defaults.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PasswordGuessBenchmark {
  @Param({"mpOTR", "PKCS12", "BCFKS"})
  public String type;

  private Provider provider;
  private byte[] encoded;
  private long guesses;

  @Setup
  public void setUp() throws Exception {
    provider =
        switch (type) {
          case "mpOTR" -> new MpotrProvider();
          case "BCFKS" -> new BouncyCastleProvider();
          default -> KeyStore.getInstance(type).getProvider();
        };
    char[] password = "correct horse".toCharArray();
    KeyPair identity = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    Instant now = Instant.now();
    KeyStore store = empty();
    store.load(null, null);
    store.setKeyEntry(
        "me",
        identity.getPrivate(),
        password,
        new Certificate[] {
          IdentityCertificates.selfSigned(
              identity, "me", now, now.plus(1, ChronoUnit.DAYS), new SecureRandom())
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    encoded = out.toByteArray();
    empty().load(new ByteArrayInputStream(encoded), password);
  }

  private KeyStore empty() throws GeneralSecurityException {
    return KeyStore.getInstance(type, provider);
  }

  /** Another password each time, so that nothing can be kept from the last. */
  @Benchmark
  public Object guess() throws GeneralSecurityException {
    char[] guess = ("correct horse " + guesses++).toCharArray();
    try {
      empty().load(new ByteArrayInputStream(encoded), guess);
    } catch (IOException e) {
      return e;
    }
    throw new IllegalStateException("a wrong password opened the store");
  }
}
