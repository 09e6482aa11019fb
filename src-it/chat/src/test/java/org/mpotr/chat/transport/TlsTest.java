package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayObserver;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.chat.relay.Sighting;

/** HTTPS, and certificates that are not the relay's. */
@Timeout(90)
class TlsTest {

  private static final String PASSWORD = "password of the test";

  @TempDir private static Path folder;
  private static Path right;
  private static Path other;
  private static Path wrongName;

  @BeforeAll
  static void makeKeys() throws Exception {
    right = keys("right", "san=dns:localhost,ip:127.0.0.1");
    other = keys("other", "san=dns:localhost,ip:127.0.0.1");
    wrongName = keys("wrong-name", "san=dns:relay.example,ip:192.0.2.1");
  }

  @Test
  void carriesWithTheRightCertificate() throws Exception {
    Heard heard = new Heard();
    try (Relay relay = start(right, RelayObserver.NONE);
        HttpTransport transport = transport(relay, Optional.of(trust(right)))) {
      transport.subscribe(heard);
      HttpTransportTest.publish(transport, 0, 20);
      heard.awaitMessages(20);
      assertEquals(HttpTransportTest.numbers(20), heard.messages());
    }
  }

  @Test
  void doesNotTrustAnotherKey() throws Exception {
    assertRefused(right, Optional.of(trust(other)));
  }

  @Test
  void doesNotTrustAnybodyByDefault() throws Exception {
    assertRefused(right, Optional.empty());
  }

  @Test
  void doesNotTrustAnotherName() throws Exception {
    assertRefused(wrongName, Optional.of(trust(wrongName)));
  }

  @Test
  void doesNotReadWithAWrongPassword() {
    char[] wrong = "another password".toCharArray();
    assertThrows(IOException.class, () -> KeyStoreFile.keys(right, wrong));
    assertThrows(IOException.class, () -> KeyStoreFile.trust(right, wrong));
  }

  private static void assertRefused(Path keys, Optional<TrustManagerFactory> trust)
      throws Exception {
    Heard heard = new Heard();
    List<Sighting> seen = new CopyOnWriteArrayList<>();
    RelayObserver observer =
        new RelayObserver() {
          @Override
          public void saw(Sighting sighting) {
            seen.add(sighting);
          }
        };
    try (Relay relay = start(keys, observer);
        HttpTransport transport = transport(relay, trust)) {
      transport.subscribe(heard);
      transport.publish(HttpTransportTest.bytes("nobody gets this"));
      heard.awaitConnection(c -> c.startsWith("down no relay at "));
      assertEquals(List.of(), heard.messages());
      assertEquals(List.of(), seen);
      assertEquals(0, heard.connections().stream().filter(c -> c.startsWith("up")).count());
    }
  }

  private static Relay start(Path keys, RelayObserver observer) throws Exception {
    return Relay.start(
        RelayOptions.DEFAULT.withKeys(KeyStoreFile.keys(keys, PASSWORD.toCharArray())), observer);
  }

  private static TrustManagerFactory trust(Path keys) throws Exception {
    return KeyStoreFile.trust(certificate(keys), PASSWORD.toCharArray());
  }

  private static HttpTransport transport(Relay relay, Optional<TrustManagerFactory> trust) {
    URI uri = URI.create("https://localhost:" + relay.uri().getPort());
    HttpTransportOptions options = HttpTransportOptions.of(uri, "tea");
    return new HttpTransport(trust.map(options::withTrust).orElse(options));
  }

  /** A key with a certificate of its own, and the certificate in a second file. */
  private static Path keys(String name, String names) throws Exception {
    Path file = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        "relay",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        names,
        "-validity",
        "2",
        "-keystore",
        file.toString());
    Path certificate = folder.resolve(name + ".pem");
    keytool(
        "-exportcert",
        "-alias",
        "relay",
        "-file",
        certificate.toString(),
        "-keystore",
        file.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "relay",
        "-file",
        certificate.toString(),
        "-keystore",
        certificate(file).toString());
    return file;
  }

  private static Path certificate(Path keys) {
    return keys.resolveSibling("trust-" + keys.getFileName());
  }

  private static void keytool(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed");
    }
  }
}
