package org.mpotr.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.chat.member.HttpTransport;
import org.mpotr.chat.member.IdentityFile;
import org.mpotr.chat.member.MemberProfile;
import org.mpotr.chat.member.MemberSession;
import org.mpotr.chat.member.Patience;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Message;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One member of a conversation, with lines from standard input. */
@Command(
    name = "join",
    description = "Joins a group as one member; each line of standard input goes to all others.",
    mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--relay", required = true, paramLabel = "URL", description = "The relay.")
  private URI relay;

  @Option(
      names = "--channel",
      required = true,
      paramLabel = "NAME",
      description = "The channel, one for each conversation; the relay sees its name.")
  private String channel;

  @Option(
      names = "--nickname",
      required = true,
      paramLabel = "NAME",
      description = "What the others call you; the relay does not see it.")
  private String nickname;

  @Option(
      names = "--members",
      required = true,
      paramLabel = "N",
      description = "How many make the group.")
  private int members;

  @Option(
      names = "--identity",
      paramLabel = "FILE.p12",
      description = "Your identity, made when absent; without it a fresh one is thrown away.")
  private Path identity;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The identity file's password is its first line; otherwise it is taken from"
              + " the variable MPOTR_PASSWORD, or asked for.")
  private Path passwordFile;

  @Option(
      names = "--authentication",
      defaultValue = "triple-dh",
      paramLabel = "MODE",
      description = "triple-dh (default) or signature; the same for all members.")
  private String authentication;

  @Option(
      names = "--psk-file",
      paramLabel = "FILE",
      description = "A key shared beforehand: 64 hexadecimal digits, the same for all members.")
  private Path pskFile;

  @Option(
      names = "--setup-timeout",
      defaultValue = "300",
      paramLabel = "SECONDS",
      description = "How long to wait for the others (default 300).")
  private int setupTimeout;

  @Override
  public Integer call() throws Exception {
    Nickname name = nickname();
    HttpTransport transport = transport();
    EpochParameters parameters = parameters();
    Provider provider = new MpotrProvider();
    JoinDisplay display =
        new JoinDisplay(spec.commandLine().getOut(), spec.commandLine().getErr(), members);
    SessionParameterSpec session = SessionParameterSpec.of(parameters, name);
    PreSharedKey psk = pskFile == null ? null : preSharedKey();
    try {
      MemberProfile profile =
          new MemberProfile(
              identity(provider, display),
              psk == null ? session : session.withPreSharedKey(psk),
              members,
              new Patience(Duration.ofSeconds(setupTimeout), Patience.DEFAULT.gap()));
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      boolean isComplete =
          new MemberSession(profile, provider, transport, display)
              .run(() -> Optional.ofNullable(input.readLine()));
      return isComplete ? 0 : ChatCommand.FAILED;
    } finally {
      if (psk != null) {
        psk.destroy();
      }
    }
  }

  private Nickname nickname() {
    try {
      Nickname name = new Nickname(nickname);
      if (!MemberProfile.isPlain(name)) {
        throw new IllegalArgumentException("a nickname has no colon");
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw wrong("--nickname", e);
    }
  }

  private HttpTransport transport() {
    try {
      return new HttpTransport(relay, channel);
    } catch (IllegalArgumentException e) {
      throw wrong("--relay", e);
    }
  }

  private EpochParameters parameters() {
    if (members < 2 || members > Message.MAX_MEMBERS) {
      throw new ParameterException(spec.commandLine(), "--members: a group has 2 to 256 members");
    }
    if (setupTimeout < 1) {
      throw new ParameterException(spec.commandLine(), "--setup-timeout: at least one second");
    }
    AuthenticationMode mode =
        switch (authentication) {
          case "triple-dh" -> AuthenticationMode.TRIPLE_DH;
          case "signature" -> AuthenticationMode.SIGNATURE;
          default ->
              throw new ParameterException(
                  spec.commandLine(), "--authentication: triple-dh or signature");
        };
    try {
      EpochParameters parameters = EpochParameters.of(channel).withAuthentication(mode);
      return pskFile == null
          ? parameters
          : parameters
              .withPreSharedKey(PreSharedKeyScheme.RANDOM_KEY)
              .withJoinPolicy(JoinPolicy.PRE_SHARED_KEY);
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
      throw new ParameterException(
          spec.commandLine(), "--psk-file: the file holds 64 hexadecimal digits", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private KeyPair identity(Provider provider, JoinDisplay display)
      throws IOException, GeneralSecurityException {
    if (identity == null) {
      return IdentityFile.throwaway(provider);
    }
    PasswordSource source = new PasswordSource(passwordFile);
    boolean isThere = Files.exists(identity);
    char[] password = isThere ? source.ask() : source.choose();
    try {
      if (isThere) {
        return IdentityFile.load(identity, password);
      }
      KeyPair created = IdentityFile.create(identity, password, nickname, provider);
      display.note("a new identity is in " + identity);
      return created;
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private ParameterException wrong(String option, IllegalArgumentException cause) {
    return new ParameterException(spec.commandLine(), option + ": " + cause.getMessage(), cause);
  }
}
