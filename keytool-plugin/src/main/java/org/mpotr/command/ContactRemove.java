package org.mpotr.command;

import java.util.List;
import java.util.Map;
import org.mpotr.keystore.EntryKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contact remove}. */
@Command(name = "remove", description = "Remove somebody, and whether that key was verified.")
final class ContactRemove extends StoreTask {

  @Parameters(paramLabel = "NAME", description = "Whom.")
  String alias;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  ContactRemove(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    confirm(yes, "Remove " + Visible.line(alias) + "?");
    store.update(
        (opened, password) -> {
          require(opened, alias, EntryKind.CONTACT);
          opened.remove(alias);
          return null;
        });
    print(
        Map.of("contact", alias, "removed", true), List.of("Removed " + Visible.line(alias) + "."));
    return ExitCode.OK;
  }
}
