package org.mpotr.chat;

import java.io.PrintWriter;
import org.mpotr.chat.terminal.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program itself, which does nothing without a command. */
@Command(
    name = "mpotr-chat",
    description = "A group agrees on a key and talks through a relay that it does not trust.",
    subcommands = {DemoCommand.class, RelayCommand.class, JoinCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "mpotr-chat 0.1")
public final class ChatCommand {

  static final int FAILED = 1;

  ChatCommand() {}

  /** The program with these two streams. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new ChatCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> report(exception, command.getErr()));
  }

  private static int report(Exception exception, PrintWriter err) {
    String message = exception.getMessage();
    err.println("mpotr-chat: " + VisibleText.of(message == null ? exception.toString() : message));
    return FAILED;
  }
}
