package org.mpotr.command;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.keystore.EntryKind;
import picocli.CommandLine.Command;

/** {@code identity list}. */
@Command(name = "list", description = "List your own identities.")
final class IdentityList extends StoreTask {

  IdentityList(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    List<Map<String, Object>> identities =
        store.read(
            (opened, password) -> {
              List<Map<String, Object>> found = new ArrayList<>();
              for (String alias : opened.aliases(EntryKind.IDENTITY)) {
                X509Certificate certificate = opened.certificate(alias).orElseThrow();
                Map<String, Object> identity = new LinkedHashMap<>();
                identity.put("identity", alias);
                identity.putAll(Certificates.describe(certificate));
                found.add(identity);
              }
              return found;
            });
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> identity : identities) {
      lines.add(
          identity.get("fingerprint") + "  " + Visible.line((String) identity.get("identity")));
    }
    if (identities.isEmpty()) {
      lines.add("No identities yet; make one with `mpotr identity create NAME`.");
    }
    print(Map.of("identities", identities), lines);
    return ExitCode.OK;
  }
}
