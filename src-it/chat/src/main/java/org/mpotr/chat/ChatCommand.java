package org.mpotr.chat;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.chat.member.ConversationFailedException;
import org.mpotr.chat.member.VisibleText;
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
    err.println("mpotr-chat: " + VisibleText.of(describe(exception)));
    if (exception instanceof RuntimeException) {
      // Nothing that a person did or a relay sent leads here.
      exception.printStackTrace(err);
    }
    return FAILED;
  }

  static String describe(Exception exception) {
    if (exception instanceof SetupFailedException failed) {
      return "the set-up failed: " + failed.getMessage() + hint(failed.check());
    }
    String message = exception.getMessage();
    boolean isForPeople =
        message != null
            && (exception instanceof ConversationFailedException
                || exception instanceof IOException
                || exception instanceof GeneralSecurityException);
    return isForPeople ? message : exception.toString();
  }

  private static String hint(SetupCheck check) {
    return switch (check) {
      case BAD_SEAL ->
          " (another pre-shared key than one's own, or the message was altered on the way)";
      case NICKNAME_TAKEN -> " (two nicknames look alike)";
      case NOT_ADMITTED -> " (its nickname could be taken for something else)";
      default -> "";
    };
  }
}
