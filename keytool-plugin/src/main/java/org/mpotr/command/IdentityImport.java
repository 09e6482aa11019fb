package org.mpotr.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code identity import}. */
@Command(
    name = "import",
    description = "Take an identity with its private key from a PKCS #12 file into the store.")
final class IdentityImport extends StoreTask {

  @Parameters(index = "0", paramLabel = "NAME", description = "The alias that it gets.")
  String alias;

  @Parameters(index = "1", paramLabel = "FILE", description = "The PKCS #12 file.")
  Path file;

  @Option(
      names = "--entry",
      paramLabel = "ALIAS",
      description = "Which key of the file; without it the only one.")
  String entry;

  @Mixin final Pkcs12 pkcs12;

  IdentityImport(Surroundings here) {
    super(here);
    pkcs12 = new Pkcs12(here);
  }

  @Override
  public Integer call() throws Exception {
    // Read first: nobody else waits for the store while a password is typed.
    Pkcs12.Found found = pkcs12.read(file, entry);
    store.updateOrCreate(
        (opened, password) -> {
          requireFree(opened, alias);
          opened.setIdentity(alias, found.key(), password, found.chain());
          return null;
        });
    X509Certificate certificate = found.chain().get(0);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("identity", alias);
    data.putAll(Certificates.describe(certificate));
    print(
        data,
        List.of(
            "Imported the identity " + Visible.line(alias) + ".",
            "Fingerprint: " + Certificates.fingerprint(certificate)));
    return ExitCode.OK;
  }
}
