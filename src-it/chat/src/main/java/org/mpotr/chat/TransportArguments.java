package org.mpotr.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.mpotr.chat.transport.AccessToken;
import org.mpotr.chat.transport.HttpTransport;
import org.mpotr.chat.transport.HttpTransportOptions;
import org.mpotr.chat.transport.KeyStoreFile;
import org.mpotr.chat.transport.Transport;
import org.mpotr.chat.transport.XmppAccount;
import org.mpotr.chat.transport.XmppOptions;
import org.mpotr.chat.transport.XmppTransport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where members meet, as the command line says it: a channel of a relay, or a room of XMPP. */
final class TransportArguments {

  /** One of the two. */
  static final class Server {
    @Option(names = "--relay", required = true, paramLabel = "URL", description = "An HTTP relay.")
    private URI relay;

    @Option(
        names = "--xmpp",
        required = true,
        paramLabel = "ACCOUNT",
        description = "Your account at an XMPP server, such as anna@example.org.")
    private String account;
  }

  @ArgGroup(multiplicity = "1")
  private Server server;

  @Option(
      names = "--channel",
      required = true,
      paramLabel = "NAME",
      description =
          "The channel, whose name the relay sees; over XMPP a room, such as"
              + " tea@conference.example.org.")
  private String channel;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "What an HTTP relay asks everybody for.")
  private Path tokenFile;

  @Option(
      names = "--xmpp-password-file",
      paramLabel = "FILE",
      description =
          "The account's password is its first line; otherwise it is taken from the variable"
              + " MPOTR_XMPP_PASSWORD, or asked for.")
  private Path accountPassword;

  @Option(
      names = "--xmpp-server",
      paramLabel = "HOST:PORT",
      description = "Where the XMPP server is, if not where DNS says.")
  private String address;

  @Option(
      names = "--xmpp-clear-text",
      description = "Without TLS; only for a server on this machine, given by --xmpp-server.")
  private boolean isClearText;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      description = "A SOCKS5 proxy that resolves the relay's name, such as Tor's; not for XMPP.")
  private String proxy;

  @Option(
      names = "--trust-store",
      paramLabel = "FILE",
      description = "Certificates to trust for the server, PKCS #12 without a password.")
  private Path trustStore;

  /** The channel's name, which all members must have alike. */
  String channel() {
    return channel;
  }

  /**
   * The way there; nothing is sent yet.
   *
   * @throws IllegalArgumentException with the option that is wrong
   */
  Transport open() throws IOException, GeneralSecurityException {
    if (server.relay == null) {
      return new XmppTransport(xmpp());
    }
    if (accountPassword != null || address != null || isClearText) {
      throw new IllegalArgumentException("--xmpp-...: only with --xmpp");
    }
    return new HttpTransport(http());
  }

  private HttpTransportOptions http() throws IOException, GeneralSecurityException {
    HttpTransportOptions options =
        named("--relay", () -> HttpTransportOptions.of(server.relay, channel));
    if (tokenFile != null) {
      String token = Files.readString(tokenFile, StandardCharsets.US_ASCII).strip();
      options = options.withToken(AccessToken.of(token));
    }
    if (trustStore != null) {
      options = options.withTrust(trust());
    }
    return proxy == null ? options : options.withProxy(unresolved("--proxy", proxy));
  }

  private XmppOptions xmpp() throws IOException, GeneralSecurityException {
    if (proxy != null || tokenFile != null) {
      throw new IllegalArgumentException("--proxy and --token-file: only with --relay");
    }
    char[] password =
        new PasswordSource(accountPassword, "MPOTR_XMPP_PASSWORD", "--xmpp-password-file")
            .ask("Password of " + server.account + ": ");
    XmppOptions options;
    try {
      // The library takes passwords as strings only.
      String text = new String(password);
      options =
          named(
              "--xmpp, --channel",
              () -> XmppOptions.of(XmppAccount.of(server.account, text), channel, drawnName()));
    } finally {
      Arrays.fill(password, ' ');
    }
    if (trustStore != null) {
      options = options.withTrust(firstOf(trust()));
    }
    if (address != null) {
      options = options.withServer(isClearText ? loopback() : unresolved("--xmpp-server", address));
    }
    XmppOptions chosen = options;
    return isClearText ? named("--xmpp-clear-text", chosen::inClearText) : chosen;
  }

  /** What the room sees; the nickname among members is none of its business. */
  private static String drawnName() {
    byte[] drawn = new byte[4];
    new SecureRandom().nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    return KeyStoreFile.trust(trustStore, new char[0]);
  }

  private static X509TrustManager firstOf(TrustManagerFactory factory) {
    return Stream.of(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private InetSocketAddress loopback() throws UnknownHostException {
    InetSocketAddress named = unresolved("--xmpp-server", address);
    return new InetSocketAddress(InetAddress.getByName(named.getHostString()), named.getPort());
  }

  private static InetSocketAddress unresolved(String option, String address) {
    int colon = address.lastIndexOf(':');
    try {
      return InetSocketAddress.createUnresolved(
          address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": HOST:PORT", e);
    }
  }

  private interface Making<T> {
    T make();
  }

  private static <T> T named(String option, Making<T> making) {
    try {
      return making.make();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
