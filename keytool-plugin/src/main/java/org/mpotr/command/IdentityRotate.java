package org.mpotr.command;

import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.keystore.EntryKind;
import org.mpotr.keystore.IdentityStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code identity rotate}. */
@Command(
    name = "rotate",
    description = {
      "Make a new key for an identity. The old one is kept under another alias",
      "until you delete it; the others have to add and verify the new one."
    })
final class IdentityRotate extends StoreTask {

  @Parameters(paramLabel = "NAME", description = "Which.")
  String alias;

  @Mixin final NewIdentity fresh = new NewIdentity();

  IdentityRotate(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("identity", alias);
    X509Certificate certificate =
        store.update(
            (opened, password) -> {
              require(opened, alias, EntryKind.IDENTITY);
              String old = aliasOfOld(opened);
              opened.rename(alias, old);
              data.put("old", old);
              return fresh.putInto(opened, alias, password);
            });
    data.putAll(Certificates.describe(certificate));
    print(
        data,
        List.of(
            "The identity "
                + Visible.line(alias)
                + " has a new key; the old one is "
                + Visible.line(data.get("old").toString())
                + ".",
            "Fingerprint: " + Certificates.fingerprint(certificate),
            "Next: give the others the new certificate, `mpotr identity export "
                + Visible.line(alias)
                + "`."));
    return ExitCode.OK;
  }

  private String aliasOfOld(IdentityStore opened) {
    String dated = alias + "-until-" + LocalDate.now(ZoneOffset.UTC);
    String free = dated;
    for (int number = 2; opened.kind(free).isPresent(); number++) {
      free = dated + "-" + number;
    }
    return free;
  }
}
