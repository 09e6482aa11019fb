package org.mpotr.chat;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.mpotr.chat.relay.LogEntry;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayObserver;
import org.mpotr.chat.relay.RelayOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a relay on loopback until the program is ended. */
@Command(
    name = "relay",
    description = "Runs a relay on loopback: it orders and forwards messages, and reads none.",
    mixinStandardHelpOptions = true)
final class RelayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      required = true,
      paramLabel = "N",
      description = "Where to listen; 0 for any port that is free.")
  private int port;

  @Option(names = "--log", description = "Print a line for each message: sizes and addresses.")
  private boolean log;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stopped = new CountDownLatch(1);
    Relay relay =
        Relay.start(RelayOptions.DEFAULT.withPort(port), log ? printing(out) : RelayObserver.NONE);
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

  private static RelayObserver printing(PrintWriter out) {
    return new RelayObserver() {
      @Override
      public void accepted(LogEntry entry) {
        out.println(entry);
      }
    };
  }
}
