package org.mpotr.chat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.chat.terminal.Front;
import org.mpotr.chat.terminal.PlainTerminal;
import org.mpotr.chat.terminal.ScreenTerminal;
import org.mpotr.chat.terminal.Talk;
import org.mpotr.chat.transport.AccessToken;
import org.mpotr.chat.transport.HttpTransport;
import org.mpotr.chat.transport.HttpTransportOptions;
import org.mpotr.chat.transport.KeyStoreFile;
import org.mpotr.chat.transport.Transport;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.identity.Fingerprint;
import org.mpotr.keystore.EntryKind;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import org.mpotr.session.ChannelSpec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One member of a conversation. */
@Command(
    name = "join",
    description = "Joins a channel as one member; what is typed goes to all others.",
    mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {

  private static final int MIN_SETUP_TIMEOUT = 8;

  @Spec private CommandSpec spec;

  @Option(names = "--relay", required = true, paramLabel = "URL", description = "The relay.")
  private URI relay;

  @Option(
      names = "--channel",
      required = true,
      paramLabel = "NAME",
      description = "The channel; the relay sees its name.")
  private String channel;

  @Option(
      names = "--nickname",
      required = true,
      paramLabel = "NAME",
      description = "What the others call you; the relay does not see it.")
  private String nickname;

  /** An identity that is kept. */
  static final class Stored {
    @Option(
        names = "--store",
        required = true,
        paramLabel = "FILE",
        description = "The mpOTR key store with your identity; a fresh one is used otherwise.")
    private Path file;

    @Option(
        names = "--identity",
        paramLabel = "ALIAS",
        description = "Which identity; the only one by default.")
    private String alias;
  }

  @ArgGroup(exclusive = false)
  private Stored stored;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The key store's password is its first line; otherwise it is taken from"
              + " the variable MPOTR_PASSWORD, or asked for.")
  private Path passwordFile;

  @Option(
      names = "--authentication",
      defaultValue = "triple-dh",
      paramLabel = "MODE",
      description = "triple-dh (default, deniable) or signature; the same for all members.")
  private String authentication;

  @Option(
      names = "--policy",
      defaultValue = "open",
      paramLabel = "WHO",
      description =
          "Whom members let in: open (default), sponsored, smp; the same for all members.")
  private String policy;

  @Option(
      names = "--psk-file",
      paramLabel = "FILE",
      description = "A key shared beforehand: 64 hexadecimal digits, the same for all members.")
  private Path pskFile;

  @Option(
      names = "--setup-timeout",
      defaultValue = "20",
      paramLabel = "SECONDS",
      description =
          "How long a set-up may take, 8 to 600 (default 20); a first group waits a quarter of it.")
  private int setupTimeout;

  @Option(names = "--token-file", paramLabel = "FILE", description = "What the relay asks for.")
  private Path tokenFile;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      description = "A SOCKS5 proxy that resolves the relay's name, such as Tor's.")
  private String proxy;

  @Option(
      names = "--trust-store",
      paramLabel = "FILE",
      description = "Certificates to trust for an https relay, PKCS #12 without a password.")
  private Path trustStore;

  @Option(
      names = "--downloads",
      defaultValue = ".",
      paramLabel = "FOLDER",
      description = "Where received files go.")
  private Path downloads;

  @Option(
      names = "--plain",
      description = "Lines on standard input and output, for scripts; without a terminal anyway.")
  private boolean plain;

  @Override
  public Integer call() throws Exception {
    EpochParameters parameters = parameters();
    HttpTransportOptions options = transport();
    PreSharedKey psk = pskFile == null ? null : preSharedKey();
    try {
      KeyPair identity = identity();
      ChannelSpec session = channelSpec(identity, parameters, psk);
      return plain || System.console() == null
          ? talkPlainly(session, identity, new HttpTransport(options))
          : talkOnScreen(session, identity, new HttpTransport(options));
    } finally {
      if (psk != null) {
        psk.destroy();
      }
    }
  }

  private ChannelSpec channelSpec(KeyPair identity, EpochParameters parameters, PreSharedKey psk) {
    try {
      ChannelSpec session =
          ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, parameters)
              .withRecordings();
      return psk == null ? session : session.withPreSharedKey(psk);
    } catch (IllegalArgumentException e) {
      throw wrong("--nickname", e);
    }
  }

  private int talkPlainly(ChannelSpec session, KeyPair identity, Transport transport)
      throws Exception {
    Front front = new PlainTerminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    try (Talk talk = talk(session, identity, transport, front)) {
      return talk.follow(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          ? 0
          : ChatCommand.FAILED;
    }
  }

  private int talkOnScreen(ChannelSpec session, KeyPair identity, Transport transport)
      throws Exception {
    // What libraries log would land in the middle of the screen.
    LogManager.getLogManager().reset();
    try (ScreenTerminal screen = new ScreenTerminal();
        Talk talk = talk(session, identity, transport, screen)) {
      screen.follow(talk::typed);
      screen.note("leaving, as soon as the others have taken note ...");
      return talk.leave() ? 0 : ChatCommand.FAILED;
    }
  }

  private Talk talk(ChannelSpec session, KeyPair identity, Transport transport, Front front)
      throws GeneralSecurityException {
    Talk talk = new Talk(session, identity.getPublic(), transport, front, downloads);
    front.note("your fingerprint is " + Fingerprint.of(identity.getPublic()) + "; /help for more");
    return talk;
  }

  private HttpTransportOptions transport() throws Exception {
    HttpTransportOptions options;
    try {
      options = HttpTransportOptions.of(relay, channel);
    } catch (IllegalArgumentException e) {
      throw wrong("--relay", e);
    }
    if (tokenFile != null) {
      String token = Files.readString(tokenFile, StandardCharsets.US_ASCII).strip();
      options = options.withToken(AccessToken.of(token));
    }
    if (trustStore != null) {
      options = options.withTrust(KeyStoreFile.trust(trustStore, new char[0]));
    }
    return proxy == null ? options : options.withProxy(proxyAddress());
  }

  private InetSocketAddress proxyAddress() {
    int colon = proxy.lastIndexOf(':');
    try {
      return InetSocketAddress.createUnresolved(
          proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)));
    } catch (RuntimeException e) {
      throw new ParameterException(spec.commandLine(), "--proxy: HOST:PORT", e);
    }
  }

  private EpochParameters parameters() {
    if (setupTimeout < MIN_SETUP_TIMEOUT || setupTimeout > 600) {
      throw new ParameterException(spec.commandLine(), "--setup-timeout: 8 to 600 seconds");
    }
    AuthenticationMode mode =
        switch (authentication) {
          case "triple-dh" -> AuthenticationMode.TRIPLE_DH;
          case "signature" -> AuthenticationMode.SIGNATURE;
          default -> throw wrong("--authentication", "triple-dh or signature");
        };
    JoinPolicy joinPolicy =
        switch (policy) {
          case "open" -> pskFile == null ? JoinPolicy.OPEN : JoinPolicy.PRE_SHARED_KEY;
          case "sponsored" -> JoinPolicy.SPONSORED;
          case "smp" -> JoinPolicy.SMP;
          default -> throw wrong("--policy", "open, sponsored or smp");
        };
    Limits limits = new Limits(setupTimeout, 3_600, 600, 1_000, 5, 256, 1 << 16, 1L << 32);
    try {
      EpochParameters parameters =
          EpochParameters.of(channel)
              .withLimits(limits)
              .withAuthentication(mode)
              .withJoinPolicy(joinPolicy);
      return pskFile == null
          ? parameters
          : parameters.withPreSharedKey(PreSharedKeyScheme.RANDOM_KEY);
    } catch (IllegalArgumentException e) {
      throw wrong("--channel", e);
    }
  }

  private PreSharedKey preSharedKey() throws IOException {
    byte[] key = new byte[0];
    try {
      key = HexFormat.of().parseHex(Files.readString(pskFile, StandardCharsets.US_ASCII).strip());
      return PreSharedKey.ofRandomKey(key);
    } catch (IllegalArgumentException e) {
      throw wrong("--psk-file", "the file holds 64 hexadecimal digits");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private KeyPair identity() throws IOException, GeneralSecurityException {
    if (stored == null) {
      return KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    }
    char[] password = new PasswordSource(passwordFile).ask();
    try {
      IdentityStore store = IdentityStoreFile.at(stored.file).open(password);
      String alias = stored.alias == null ? onlyIdentity(store) : stored.alias;
      PrivateKey key =
          store
              .identityKey(alias, password)
              .orElseThrow(() -> new UnrecoverableKeyException("no identity " + alias));
      return new KeyPair(store.chain(alias).get(0).getPublicKey(), key);
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private String onlyIdentity(IdentityStore store) {
    List<String> aliases = store.aliases(EntryKind.IDENTITY);
    if (aliases.size() != 1) {
      throw wrong("--identity", "one of " + aliases);
    }
    return aliases.get(0);
  }

  private ParameterException wrong(String option, IllegalArgumentException cause) {
    return new ParameterException(spec.commandLine(), option + ": " + cause.getMessage(), cause);
  }

  private ParameterException wrong(String option, String what) {
    return new ParameterException(spec.commandLine(), option + ": " + what);
  }
}
