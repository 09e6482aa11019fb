package org.mpotr.command;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code identity create}. */
@Command(
    name = "create",
    description = "Make an identity of your own, and the store if there is none yet.")
final class IdentityCreate extends StoreTask {

  @Parameters(paramLabel = "NAME", description = "What you call it; also the alias in the store.")
  String alias;

  @Mixin final NewIdentity fresh = new NewIdentity();

  IdentityCreate(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    X509Certificate certificate =
        store.updateOrCreate(
            (opened, password) -> {
              requireFree(opened, alias);
              return fresh.putInto(opened, alias, password);
            });
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("identity", alias);
    data.put("store", store.path().toString());
    data.putAll(Certificates.describe(certificate));
    print(
        data,
        List.of(
            "Made the identity " + Visible.line(alias) + " in " + store.path(),
            "Fingerprint: " + Certificates.fingerprint(certificate),
            "Next: `mpotr identity export "
                + Visible.line(alias)
                + "` for the others, and"
                + " `mpotr backup` for yourself."));
    return ExitCode.OK;
  }
}
