package org.mpotr.chat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.chat.IdentityArguments.Identity;
import org.mpotr.chat.terminal.Front;
import org.mpotr.chat.terminal.PlainTerminal;
import org.mpotr.chat.terminal.ScreenTerminal;
import org.mpotr.chat.terminal.Talk;
import org.mpotr.chat.transport.Transport;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.ChannelSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private TransportArguments transport;

  @Mixin private IdentityArguments identity;

  @Option(
      names = "--nickname",
      required = true,
      paramLabel = "NAME",
      description = "What the others call you; the relay does not see it.")
  private String nickname;

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
    PreSharedKey psk = pskFile == null ? null : preSharedKey();
    try {
      Identity self = checked(identity::open);
      ChannelSpec session = channelSpec(self.keys(), parameters, psk);
      Transport way = checked(transport::open);
      return plain || System.console() == null
          ? talkPlainly(session, self, way)
          : talkOnScreen(session, self, way);
    } finally {
      if (psk != null) {
        psk.destroy();
      }
    }
  }

  private <T> T checked(Callable<T> arguments) throws Exception {
    try {
      return arguments.call();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ChannelSpec channelSpec(KeyPair keys, EpochParameters parameters, PreSharedKey psk) {
    try {
      ChannelSpec session =
          ChannelSpec.of(keys.getPrivate(), keys.getPublic(), nickname, parameters)
              .withRecordings();
      return psk == null ? session : session.withPreSharedKey(psk);
    } catch (IllegalArgumentException e) {
      throw wrong("--nickname", e);
    }
  }

  private int talkPlainly(ChannelSpec session, Identity self, Transport way) throws Exception {
    Front front = new PlainTerminal(spec.commandLine().getOut(), spec.commandLine().getErr());
    try (Talk talk = talk(session, self, way, front)) {
      return talk.follow(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          ? 0
          : ChatCommand.FAILED;
    }
  }

  private int talkOnScreen(ChannelSpec session, Identity self, Transport way) throws Exception {
    // What libraries log would land in the middle of the screen.
    LogManager.getLogManager().reset();
    try (ScreenTerminal screen = new ScreenTerminal();
        Talk talk = talk(session, self, way, screen)) {
      screen.follow(talk::typed);
      screen.note("leaving, as soon as the others have taken note ...");
      return talk.leave() ? 0 : ChatCommand.FAILED;
    }
  }

  private Talk talk(ChannelSpec session, Identity self, Transport way, Front front)
      throws GeneralSecurityException {
    PublicKey key = self.keys().getPublic();
    Talk talk = new Talk(session, key, self.contacts(), way, front, downloads);
    front.note("your fingerprint is " + Fingerprint.of(key) + "; /help for more");
    return talk;
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
          EpochParameters.of(transport.channel())
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

  private ParameterException wrong(String option, IllegalArgumentException cause) {
    return new ParameterException(spec.commandLine(), option + ": " + cause.getMessage(), cause);
  }

  private ParameterException wrong(String option, String what) {
    return new ParameterException(spec.commandLine(), option + ": " + what);
  }
}
