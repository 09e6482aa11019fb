package org.mpotr.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "Use it by: source <(mpotr completion)"
    })
final class Completion extends Task {

  @Spec CommandSpec spec;

  Completion(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() {
    print(AutoComplete.bash("mpotr", spec.root().commandLine()).stripTrailing());
    return ExitCode.OK;
  }
}
