package org.mpotr.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code identity show}. */
@Command(name = "show", description = "Show one of your identities.")
final class IdentityShow extends StoreTask {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which; without it the only one.")
  String alias;

  IdentityShow(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    Map<String, Object> data =
        store.read(
            (opened, password) -> {
              String found = identity(opened, alias);
              Map<String, Object> identity = new LinkedHashMap<>();
              identity.put("identity", found);
              identity.putAll(Certificates.describe(opened.certificate(found).orElseThrow()));
              identity.put("created", opened.creationDate(found).orElseThrow().toString());
              identity.put("certificates", opened.chain(found).size());
              return identity;
            });
    List<String> lines = new ArrayList<>();
    data.forEach(
        (name, value) -> {
          if (!name.equals("fingerprintHex")) {
            lines.add(name + ": " + Visible.line(value.toString()));
          }
        });
    print(data, lines);
    return ExitCode.OK;
  }
}
