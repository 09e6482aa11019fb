package org.mpotr.command;

import java.util.List;
import java.util.Map;
import org.mpotr.keystore.EntryKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code identity delete}. */
@Command(name = "delete", description = "Delete an identity and its private key for good.")
final class IdentityDelete extends StoreTask {

  @Parameters(paramLabel = "NAME", description = "Which.")
  String alias;

  @Option(names = "--yes", description = "Do not ask.")
  boolean isAgreed;

  IdentityDelete(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    // Asked before the lock is taken: a person may think for long.
    confirm(isAgreed, "The key of " + Visible.line(alias) + " will be gone.");
    store.update(
        (opened, password) -> {
          require(opened, alias, EntryKind.IDENTITY);
          return opened.remove(alias);
        });
    print(
        Map.of("deleted", alias),
        List.of("Deleted the identity " + Visible.line(alias) + "; backups may still have it."));
    return ExitCode.OK;
  }
}
