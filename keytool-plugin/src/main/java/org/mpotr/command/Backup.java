package org.mpotr.command;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backup}. */
@Command(
    name = "backup",
    description = {
      "Write the store to one encrypted file, and read it back.",
      "The file has a password of its own, and so have the keys in it that had the store's."
    })
final class Backup extends StoreTask {

  @Parameters(paramLabel = "FILE", description = "A new file.")
  Path target;

  @Mixin final BackupPassword backup;

  Backup(Surroundings here) {
    super(here);
    backup = new BackupPassword(here);
  }

  @Override
  public Integer call() throws Exception {
    char[] changed = backup.readNew();
    try {
      List<String> kept = new ArrayList<>();
      int size =
          store.read(
              (opened, password) -> {
                IdentityStore copy = opened.copy();
                kept.addAll(copy.changeKeyPasswords(password, changed));
                IdentityStoreFile file = IdentityStoreFile.at(target);
                file.create(copy, changed);
                check(opened, file.open(changed), changed, kept);
                return opened.size();
              });
      List<String> lines = new ArrayList<>();
      lines.add("Wrote " + size + " entries to " + target + ", and read them back.");
      if (!kept.isEmpty()) {
        lines.add(
            "These keys have passwords of their own and keep them: "
                + Visible.line(String.join(", ", kept)));
      }
      print(Map.of("file", target.toString(), "entries", size, "ownPasswords", kept), lines);
      return ExitCode.OK;
    } finally {
      Arrays.fill(changed, '\0');
    }
  }

  private void check(IdentityStore store, IdentityStore read, char[] password, List<String> kept)
      throws GeneralSecurityException {
    boolean isSame = read.aliases().equals(store.aliases());
    for (String alias : read.aliases()) {
      isSame &= read.certificate(alias).equals(store.certificate(alias));
      isSame &= read.contact(alias).equals(store.contact(alias));
      if (!kept.contains(alias)) {
        // Opening a key is the proof that it is there.
        read.identityKey(alias, password);
        read.preSharedKey(alias, password).ifPresent(key -> key.destroy());
      }
    }
    if (!isSame) {
      throw Failure.io(
          "The backup is not what was written.", "Do not rely on " + target + "; try again.");
    }
  }
}
