package org.mpotr.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.keystore.ContactState;
import picocli.CommandLine.Command;

/** {@code contact list}. */
@Command(name = "list", description = "List the people you know, and whether they are verified.")
final class ContactList extends StoreTask {

  ContactList(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    List<Map<String, Object>> contacts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    store.read(
        (opened, password) -> {
          opened
              .contacts()
              .forEach(
                  (alias, contact) -> {
                    Map<String, Object> data = new LinkedHashMap<>();
                    data.put("contact", alias);
                    data.putAll(Certificates.describe(contact.certificate()));
                    boolean isVerified = contact.state() instanceof ContactState.Verified;
                    data.put("verified", isVerified);
                    data.put("state", contact.state().getValue());
                    contacts.add(data);
                    lines.add(
                        Certificates.fingerprint(contact.certificate())
                            + "  "
                            + Visible.line(alias)
                            + "  "
                            + Visible.line(contact.state().getValue()));
                  });
          return null;
        });
    if (contacts.isEmpty()) {
      lines.add("No contacts yet; add one with `mpotr contact add NAME FILE`.");
    }
    print(Map.of("contacts", contacts), lines);
    return ExitCode.OK;
  }
}
