package org.mpotr.it;

import java.net.InetAddress;
import java.security.Security;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mpotr.MpotrProvider;
import org.mpotr.P256Provider;

/** TLS 1.3 over the loopback, with P-256 by the JDK and by this library in turns. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    long[] best = {Long.MAX_VALUE, Long.MAX_VALUE};
    for (int i = 0; i < 300; i++) {
      if (i % 2 == 1) {
        Security.insertProviderAt(P256Provider.instance(), 1);
      }
      best[i % 2] = Math.min(best[i % 2], shakeHands(SSLContext.getDefault()));
      Security.removeProvider(P256Provider.NAME);
      requireSelfTests(i == 0 ? "not run" : "passed");
    }
    double gain = (double) best[0] / best[1];
    System.out.printf("ok: TLS 1.3 on mpOTR-P256; on SunEC it takes %.1f times as long%n", gain);
  }

  /** A handshake between two ends of a connection; nanoseconds. */
  private static long shakeHands(SSLContext tls) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (var server = tls.getServerSocketFactory().createServerSocket(0, 1, here);
        var client = (SSLSocket) tls.getSocketFactory().createSocket(here, server.getLocalPort());
        var peer = (SSLSocket) server.accept()) {
      client.setTcpNoDelay(true);
      peer.setTcpNoDelay(true);
      long start = System.nanoTime();
      var protocol = ForkJoinPool.commonPool().submit(() -> peer.getSession().getProtocol());
      client.startHandshake();
      if (!protocol.get().equals("TLSv1.3")) {
        throw new AssertionError(protocol.get());
      }
      return System.nanoTime() - start;
    }
  }

  /** They run when a service is first asked for: that is how we know that TLS uses ours. */
  private static void requireSelfTests(String status) {
    String report = MpotrProvider.instance().selfTestReport().toString();
    if (!report.contains("ECDH P-256 (own)=" + status + ", ECDSA P-256 (own)=" + status)) {
      throw new AssertionError(report);
    }
  }
}
