package org.mpotr.command;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The password of a backup, which need not be the store's. */
final class BackupPassword {

  private static final String OPTIONS = "--backup-password-env NAME or --backup-password-file FILE";

  private final Surroundings here;

  @Option(
      names = "--backup-password-env",
      paramLabel = "NAME",
      description = "Take the backup's password from this environment variable.")
  String variable;

  @Option(
      names = "--backup-password-file",
      paramLabel = "FILE",
      description = "Take the backup's password from the first line of this file.")
  Path file;

  BackupPassword(Surroundings here) {
    this.here = here;
  }

  char[] read() throws IOException {
    return new Passwords(here).read("Password of the backup", OPTIONS, variable, file);
  }

  char[] readNew() throws IOException {
    return new Passwords(here).readNew("password of the backup", OPTIONS, variable, file);
  }
}
