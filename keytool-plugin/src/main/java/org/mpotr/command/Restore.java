package org.mpotr.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code restore}. */
@Command(
    name = "restore",
    description = {
      "Make a new store of a backup.",
      "It never replaces a store: move the old one away first, or name another with --store."
    })
final class Restore extends StoreTask {

  @Parameters(paramLabel = "FILE", description = "The backup.")
  Path source;

  @Mixin final BackupPassword backup;

  Restore(Surroundings here) {
    super(here);
    backup = new BackupPassword(here);
  }

  @Override
  public Integer call() throws Exception {
    if (Files.exists(store.path())) {
      throw Failure.usage(
          "There is a store at " + store.path() + " already.",
          "Move it away first, or name another place with --store.");
    }
    char[] old = backup.read();
    try {
      IdentityStore read = IdentityStoreFile.at(source).open(old);
      char[] changed = store.newPassword();
      try {
        List<String> kept = read.changeKeyPasswords(old, changed);
        store.makeFolder();
        store.file().create(read, changed);
        IdentityStore back = store.file().open(changed);
        print(
            Map.of(
                "store", store.path().toString(),
                "entries", back.size(),
                "ownPasswords", kept),
            List.of("Restored " + back.size() + " entries to " + store.path() + "."));
        return ExitCode.OK;
      } finally {
        Arrays.fill(changed, '\0');
      }
    } finally {
      Arrays.fill(old, '\0');
    }
  }
}
