package org.mpotr.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mpotr}: all commands, and how they end. */
@Command(
    name = "mpotr",
    description = "Identities and contacts for mpOTR, deniable conversations of groups.",
    footerHeading = "%nFirst steps, when a friend Bob has sent you bob.pem:%n",
    footer = {
      "  mpotr identity create alice               your key, in a store with a password",
      "  mpotr identity export --out alice.pem     what you send to Bob",
      "  mpotr contact add bob bob.pem             what Bob has sent to you",
      "  mpotr fingerprint                         what you read to Bob, on the phone or face to"
          + " face",
      "  mpotr contact verify bob                  what Bob reads to you, to be typed",
      "",
      "Passwords are asked for, or come from --password-env NAME or --password-file FILE.",
      "The store is --store PATH, or $MPOTR_STORE, or ~/.mpotr/identities.mpotr.",
      "Each command has a --help of its own."
    })
final class Mpotr extends Group {

  private static final int HELP_WIDTH = 100;

  private Mpotr() {}

  /** Runs one command; the result is its exit code. */
  static int run(Surroundings here, String... args) {
    int exitCode = commandLine(here).execute(args);
    here.out().flush();
    here.err().flush();
    return exitCode;
  }

  static CommandLine commandLine(Surroundings here) {
    CommandLine identity =
        new CommandLine(new Group.Identity())
            .addSubcommand(new IdentityCreate(here))
            .addSubcommand(new IdentityList(here))
            .addSubcommand(new IdentityShow(here))
            .addSubcommand(new IdentityExport(here))
            .addSubcommand(new IdentityImport(here))
            .addSubcommand(new IdentityRename(here))
            .addSubcommand(new IdentityDelete(here))
            .addSubcommand(new IdentityRotate(here));
    CommandLine contact =
        new CommandLine(new Group.Contact())
            .addSubcommand(new ContactAdd(here))
            .addSubcommand(new ContactList(here))
            .addSubcommand(new ContactVerify(here))
            .addSubcommand(new ContactRemove(here));
    // What keytool is told begins with a hyphen, and is none of our options.
    CommandLine keytool =
        new CommandLine(new Keytool(here)).setUnmatchedOptionsArePositionalParams(true);
    CommandLine line =
        new CommandLine(new Mpotr())
            .addSubcommand(identity)
            .addSubcommand(contact)
            .addSubcommand(new FingerprintShow(here))
            .addSubcommand(new Backup(here))
            .addSubcommand(new Restore(here))
            .addSubcommand(new Doctor(here))
            .addSubcommand(keytool)
            .addSubcommand(new Forge(here))
            .addSubcommand(new Completion(here));
    line.setOut(here.out());
    line.setErr(here.err());
    // Which colours a terminal has is not known here; and a file of arguments is nobody's wish.
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(here, Failure.of(e)));
    line.setParameterExceptionHandler((e, args) -> explain(here, e));
    describeExitCodes(line, ExitCode.described());
    return line;
  }

  private static void describeExitCodes(CommandLine line, Map<String, String> codes) {
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    line.getSubcommands().values().forEach(command -> describeExitCodes(command, codes));
  }

  private static int explain(Surroundings here, Failure failure) {
    here.err().println("mpotr: " + Visible.text(failure.getMessage()));
    here.err().println(Visible.text(failure.next()));
    return failure.exitCode();
  }

  private static int explain(Surroundings here, CommandLine.ParameterException exception) {
    String command = exception.getCommandLine().getCommandSpec().qualifiedName();
    return explain(
        here,
        Failure.usage(exception.getMessage(), "See `" + command + " --help` for what it takes."));
  }
}
