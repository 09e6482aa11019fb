package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.mpotr.identity.IdentityCertificates;

/**
 * The JDK's TLS with "mpOTR-P256" at the first position, in a virtual machine of its own, since the
 * groups that TLS offers are read once.
 */
class P256TlsTest {

  private static final String HASH = "SHA-256";
  private static final String AGREEMENT = "ECDH P-256 (";
  private static final String SIGNATURE = "ECDSA P-256 (";

  /** Two ends of a connection in memory; each flight of one is read by the other. */
  static final class Handshake {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private Handshake() {}

    public static void main(String[] arguments) throws Exception {
      SSLContext context = context();
      Security.insertProviderAt(P256Provider.instance(), 1);
      // Nothing has asked for P-256 from this library yet: what passes below, TLS asked for.
      require("not run");
      SSLEngine client = context.createSSLEngine("first", 443);
      client.setUseClientMode(true);
      SSLEngine server = context.createSSLEngine();
      server.setUseClientMode(false);
      server.setNeedClientAuth(true);
      ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
      ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
      client.beginHandshake();
      server.beginHandshake();
      for (int i = 0; i < 100 && isHandshaking(client, server); i++) {
        step(client, toClient, toServer);
        step(server, toServer, toClient);
      }
      String heard = send(client, server, "tea at five?");
      require("passed");
      System.out.println(
          client.getSession().getProtocol()
              + " "
              + server.getSession().getPeerCertificates().length
              + " "
              + heard);
    }

    private static void require(String status) {
      Map<String, String> report = MpotrProvider.instance().selfTestReport();
      report.forEach(
          (name, said) -> {
            boolean needed =
                name.startsWith(AGREEMENT) || name.startsWith(SIGNATURE) || name.equals(HASH);
            if (needed && !said.equals(status)) {
              throw new IllegalStateException(name + " is " + said + ", not " + status);
            }
          });
    }

    /** An identity of the JDK's own making, trusted by itself. */
    private static SSLContext context() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Instant now = Instant.now();
      X509Certificate certificate =
          IdentityCertificates.selfSigned(
              pair, "first", now.minusSeconds(60), now.plusSeconds(3600), new SecureRandom());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", pair.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
      store.setCertificateEntry("trusted", certificate);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    }

    private static boolean isHandshaking(SSLEngine... ends) {
      for (SSLEngine end : ends) {
        if (end.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
          return true;
        }
      }
      return false;
    }

    /** As far as one end gets with what has come for it. */
    private static void step(SSLEngine end, ByteBuffer in, ByteBuffer out) throws SSLException {
      ByteBuffer nothing = ByteBuffer.allocate(0);
      ByteBuffer unread = ByteBuffer.allocate(end.getSession().getApplicationBufferSize());
      in.flip();
      boolean moves = true;
      while (moves) {
        switch (end.getHandshakeStatus()) {
          case NEED_TASK -> {
            for (Runnable task = end.getDelegatedTask();
                task != null;
                task = end.getDelegatedTask()) {
              task.run();
            }
          }
          case NEED_WRAP -> end.wrap(nothing, out);
          case NEED_UNWRAP ->
              moves =
                  in.hasRemaining()
                      && end.unwrap(in, unread).getStatus() == SSLEngineResult.Status.OK;
          default -> {
            moves = in.hasRemaining();
            if (moves) {
              end.unwrap(in, unread);
            }
          }
        }
      }
      in.compact();
    }

    private static String send(SSLEngine from, SSLEngine to, String text) throws SSLException {
      ByteBuffer sealed = ByteBuffer.allocate(from.getSession().getPacketBufferSize());
      from.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), sealed);
      sealed.flip();
      ByteBuffer opened = ByteBuffer.allocate(to.getSession().getApplicationBufferSize());
      to.unwrap(sealed, opened);
      opened.flip();
      return StandardCharsets.UTF_8.decode(opened).toString();
    }
  }

  @Test
  void aHandshakeWithAP256CertificateOnBothSides() throws Exception {
    assertEquals(
        "TLSv1.3 1 tea at five?", ChildJvm.run(Handshake.class, "-Djdk.tls.namedGroups=secp256r1"));
  }
}
