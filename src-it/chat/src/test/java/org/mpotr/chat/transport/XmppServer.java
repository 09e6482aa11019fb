package org.mpotr.chat.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.iqregister.AccountManager;
import org.junit.jupiter.api.Assumptions;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;

/** A server of the test's own: on loopback, with its data in one folder, and killed at the end. */
public abstract class XmppServer implements AutoCloseable {

  public static final String DOMAIN = "localhost";

  private static final long START_SECONDS = 60;
  public static final String PASSWORD = "only for tests";

  final Path folder;
  final int port = freePort();
  private final String user;
  private final Thread atExit = new Thread(this::kill);
  private Process process;

  /**
   * A server whose program is there.
   *
   * @param program the test is aborted without it
   * @param user who runs it when the test runs as root, which servers refuse to
   */
  XmppServer(Path folder, String program, String user) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(program)), () -> program + " is not here: apt-get install it");
    this.folder = Files.createDirectories(folder);
    this.user = user;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The command that runs it in the foreground. */
  abstract List<String> command();

  /** Added to its environment. */
  abstract Map<String, String> environment();

  /** Starts it, for the first time or again, and waits until it takes connections. */
  public final synchronized void start() throws IOException, InterruptedException {
    giveToUser();
    process = launch(command());
    await();
  }

  final Process launch(List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().putAll(environment());
    builder.environment().put("HOME", folder.toString());
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }

  private void await() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!isListening()) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new IOException("not started: " + Files.readString(folder.resolve("output")));
      }
    }
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** As a crash: nothing is written or said any more. */
  public final synchronized void kill() {
    if (process == null) {
      return;
    }
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // It runs.
    }
  }

  public final InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A new account. */
  public final XmppAccount account(String name) throws Exception {
    XMPPTCPConnectionConfiguration.Builder builder =
        XMPPTCPConnectionConfiguration.builder()
            .setXmppDomain(JidCreate.domainBareFrom(DOMAIN))
            .setHostAddress(InetAddress.getLoopbackAddress())
            .setPort(port)
            .setSecurityMode(SecurityMode.disabled);
    XMPPTCPConnection connection = new XMPPTCPConnection(builder.build());
    try {
      connection.connect();
      AccountManager accounts = AccountManager.getInstance(connection);
      accounts.sensitiveOperationOverInsecureConnection(true);
      accounts.createAccount(Localpart.from(name), PASSWORD);
    } finally {
      connection.disconnect();
    }
    return known(name);
  }

  /** An account that was made before. */
  static XmppAccount known(String name) {
    return XmppAccount.of(name + "@" + DOMAIN, PASSWORD);
  }

  final XmppOptions options(XmppAccount account, String room, String nickname) {
    return XmppOptions.of(account, room + "@conference." + DOMAIN, nickname)
        .withServer(address())
        .inClearText();
  }

  final void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  /** What is in the folder is the server's. */
  private void giveToUser() throws IOException {
    if (!isRoot()) {
      return;
    }
    var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setOwner(file, owner);
      }
    }
    // JUnit's folder of this test, which is closed to others.
    Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
