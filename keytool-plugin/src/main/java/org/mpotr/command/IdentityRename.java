package org.mpotr.command;

import java.util.List;
import java.util.Map;
import org.mpotr.keystore.EntryKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code identity rename}. */
@Command(name = "rename", description = "Give an identity another alias; its key stays.")
final class IdentityRename extends StoreTask {

  @Parameters(index = "0", paramLabel = "NAME", description = "The alias now.")
  String from;

  @Parameters(index = "1", paramLabel = "NEW-NAME", description = "The alias from now on.")
  String to;

  IdentityRename(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    store.update(
        (opened, password) -> {
          require(opened, from, EntryKind.IDENTITY);
          requireFree(opened, to);
          opened.rename(from, to);
          return null;
        });
    print(
        Map.of("identity", to, "was", from),
        List.of("The identity " + Visible.line(from) + " is now " + Visible.line(to) + "."));
    return ExitCode.OK;
  }
}
