package org.mpotr.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only has commands. */
abstract class Group implements Runnable {

  @Spec CommandSpec spec;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  /** {@code identity}. */
  @Command(name = "identity", description = "Your own identities: keys that others know you by.")
  static final class Identity extends Group {}

  /** {@code contact}. */
  @Command(name = "contact", description = "Other people's keys, and whether they were verified.")
  static final class Contact extends Group {}
}
