package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of ejabberd that are one server: members of both are in the same conversation. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class XmppClusterTest {

  private static final Path PORT_MAPPER = Path.of("/usr/bin/epmd");

  @TempDir private Path folder;

  @Test
  void isOneConversationOnBothNodes() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(PORT_MAPPER), () -> PORT_MAPPER + " is not here: apt-get install it");
    int mapperPort = XmppServer.freePort();
    Process mapper = mapper(mapperPort);
    try (EjabberdServer first = new EjabberdServer(folder.resolve("first"), "first", mapperPort);
        EjabberdServer second =
            new EjabberdServer(folder.resolve("second"), "second", mapperPort)) {
      first.start();
      second.start();
      second.join(first);
      for (String name : List.of("anna", "bea", "carl")) {
        first.account(name);
      }
      converse(first, second);
    } finally {
      mapper.destroyForcibly().waitFor();
    }
  }

  private static void converse(EjabberdServer first, EjabberdServer second) throws Exception {
    try (XmppMember anna = member(first, "anna");
        XmppMember bea = member(second, "bea");
        XmppMember carl = member(second, "carl")) {
      List<XmppMember> members = List.of(anna, bea, carl);
      List<byte[]> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        byte[] message =
            ("message " + i + "x".repeat(i * 2000)).getBytes(StandardCharsets.US_ASCII);
        all.add(message);
        members.get(i % 3).transport.publish(message);
      }
      for (XmppMember member : members) {
        member.awaitMessages(all);
        member.awaitOthers(2);
        assertEquals(all.size(), member.received());
      }
    }
  }

  private static XmppMember member(XmppServer node, String name) throws Exception {
    return new XmppMember(node.options(XmppServer.known(name), "cluster", name)).join();
  }

  /** Erlang's port mapper for these nodes alone: the one that nodes start would stay. */
  private Process mapper(int port) throws Exception {
    Process started =
        new ProcessBuilder(
                PORT_MAPPER.toString(), "-port", Integer.toString(port), "-address", "127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mapper").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    while (!isListening(port)) {
      if (started.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(Files.readString(folder.resolve("mapper")));
      }
    }
    return started;
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
