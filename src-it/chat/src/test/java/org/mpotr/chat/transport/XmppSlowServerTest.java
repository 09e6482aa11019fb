package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that take little. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class XmppSlowServerTest {

  @TempDir private Path folder;

  private static List<byte[]> messages() {
    byte[] first = new byte[200_000];
    byte[] second = new byte[200_000];
    Arrays.fill(second, (byte) 1);
    return List.of(first, second);
  }

  @Test
  void keepsToTheRateOfTheServer() throws Exception {
    try (XmppServer server = new EjabberdServer(folder.resolve("server"), 60_000, 262_144)) {
      server.start();
      server.account("anna");
      try (XmppMember anna = member(server)) {
        messages().forEach(anna.transport::publish);
        anna.awaitMessages(messages());
        assertEquals(List.of("in the room"), anna.reasons());
      }
    }
  }

  @Test
  void sendsShorterPartsWhenTheServerWantsThem() throws Exception {
    try (XmppServer server = new EjabberdServer(folder.resolve("server"), 2_000_000, 12_000)) {
      server.start();
      server.account("anna");
      try (XmppMember anna = member(server)) {
        messages().forEach(anna.transport::publish);
        anna.awaitReason("policy-violation");
        anna.awaitMessages(messages());
      }
    }
  }

  private static XmppMember member(XmppServer server) throws Exception {
    return new XmppMember(server.options(XmppServer.known("anna"), "slow", "anna")).join();
  }
}
