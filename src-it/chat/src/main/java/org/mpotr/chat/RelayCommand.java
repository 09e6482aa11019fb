package org.mpotr.chat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.mpotr.chat.relay.LogEntry;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayObserver;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.chat.transport.AccessToken;
import org.mpotr.chat.transport.KeyStoreFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a relay until the program is ended. */
@Command(
    name = "relay",
    description = "Runs a relay: it orders and forwards messages, and reads none.",
    mixinStandardHelpOptions = true)
final class RelayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      required = true,
      paramLabel = "N",
      description = "Where to listen; 0 for any port that is free.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = RelayOptions.LOOPBACK,
      paramLabel = "ADDRESS",
      description = "The address to listen at; loopback by default.")
  private String host;

  @Option(
      names = "--backlog",
      paramLabel = "FILE",
      description = "Keep messages on disk, for the next start.")
  private Path backlog;

  @Option(
      names = "--key-store",
      paramLabel = "FILE.p12",
      description =
          "Key and certificate for HTTPS, PKCS #12; its password is in the variable"
              + " MPOTR_PASSWORD, or asked for.")
  private Path keyStore;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Serve only those who show the token in this file.")
  private Path tokenFile;

  @Option(names = "--log", description = "Print a line for each message: sizes and addresses.")
  private boolean log;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stopped = new CountDownLatch(1);
    Relay relay = Relay.start(options(), log ? printing(out) : RelayObserver.NONE);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  relay.close();
                  out.println("relay stopped");
                  stopped.countDown();
                },
                "stop"));
    out.println("relay at " + relay.uri());
    stopped.await();
    return 0;
  }

  private RelayOptions options() throws IOException, GeneralSecurityException {
    RelayOptions options = RelayOptions.DEFAULT.withHost(host).withPort(port);
    if (backlog != null) {
      options = options.withBacklog(backlog);
    }
    if (tokenFile != null) {
      String token = Files.readString(tokenFile, StandardCharsets.US_ASCII).strip();
      options = options.withToken(AccessToken.of(token));
    }
    if (keyStore == null) {
      return options;
    }
    char[] password = PasswordSource.ofKeyStore(null).ask("Password of the key store: ");
    try {
      return options.withKeys(KeyStoreFile.keys(keyStore, password));
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private static RelayObserver printing(PrintWriter out) {
    return new RelayObserver() {
      @Override
      public void accepted(LogEntry entry) {
        out.println(entry);
      }
    };
  }
}
