package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom a member believes to be his server. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class XmppTlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void refusesACertificateThatNobodyVouchesFor() throws Exception {
    X509TrustManager trust = certificate(XmppServer.DOMAIN);
    try (XmppServer server = server()) {
      XmppOptions options = options(server);
      try (XmppMember refusing = new XmppMember(options)) {
        refusing.transport.subscribe(refusing);
        refusing.awaitReason("certification path");
        assertFalse(refusing.wasUp());
      }
      try (XmppMember trusting = new XmppMember(options.withTrust(trust)).join()) {
        byte[] message = "a message".getBytes(StandardCharsets.US_ASCII);
        trusting.transport.publish(message);
        trusting.awaitMessages(List.of(message));
      }
    }
  }

  @Test
  void refusesATrustedCertificateOfSomebodyElse() throws Exception {
    X509TrustManager trust = certificate("other.example");
    try (XmppServer server = server();
        XmppMember refusing = new XmppMember(options(server).withTrust(trust))) {
      refusing.transport.subscribe(refusing);
      refusing.awaitReason("verif");
      assertFalse(refusing.wasUp());
    }
  }

  @Test
  void refusesAServerWithoutTls() throws Exception {
    try (XmppServer server = new ProsodyServer(folder.resolve("server"))) {
      server.start();
      try (XmppMember refusing = new XmppMember(options(server))) {
        refusing.transport.subscribe(refusing);
        refusing.awaitReason("SSL/TLS required by client but not supported by server");
        assertFalse(refusing.wasUp());
      }
    }
  }

  @Test
  void goesWithoutTlsOnLoopbackOnly() {
    XmppOptions options =
        XmppOptions.of(XmppServer.known("anna"), "room@conference.localhost", "anna");
    assertThrows(IllegalArgumentException.class, options::inClearText);
    XmppOptions far = options.withServer(new InetSocketAddress("192.0.2.1", 5222));
    assertThrows(IllegalArgumentException.class, far::inClearText);
    XmppOptions unknown = options.withServer(InetSocketAddress.createUnresolved("localhost", 5222));
    assertThrows(IllegalArgumentException.class, unknown::inClearText);
    XmppOptions near = options.withServer(new InetSocketAddress("127.0.0.1", 5222)).inClearText();
    assertThrows(
        IllegalArgumentException.class,
        () -> near.withServer(new InetSocketAddress("192.0.2.1", 5222)));
  }

  /** A server that insists on TLS. */
  private ProsodyServer server() throws Exception {
    ProsodyServer server =
        new ProsodyServer(
            folder.resolve("server"), folder.resolve("cert.pem"), folder.resolve("key.pem"));
    server.start();
    server.register("anna");
    return server;
  }

  private static XmppOptions options(XmppServer server) {
    return XmppOptions.of(XmppServer.known("anna"), "tls@conference.localhost", "anna")
        .withServer(server.address());
  }

  /** Makes a self-signed certificate and its key, and says who trusts it. */
  private X509TrustManager certificate(String name) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("no certificate");
    }
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    byte[] certificate = store.getCertificate("server").getEncoded();
    pem("cert.pem", "CERTIFICATE", certificate);
    pem("key.pem", "PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    Path file = folder.resolve("trust.p12");
    try (var output = Files.newOutputStream(file)) {
      trusted.store(output, PASSWORD.toCharArray());
    }
    return (X509TrustManager)
        KeyStoreFile.trust(file, PASSWORD.toCharArray()).getTrustManagers()[0];
  }

  private void pem(String file, String kind, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n",
        StandardCharsets.US_ASCII);
  }
}
