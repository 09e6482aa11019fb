package org.mpotr.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code identity export}. */
@Command(
    name = "export",
    description = {
      "Write the certificate of an identity, to give to others.",
      "With --private, write the private key too, in a PKCS #12 file for yourself."
    })
final class IdentityExport extends StoreTask {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which; without it the only one.")
  String alias;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file; without it the certificate goes to standard output.")
  Path target;

  @Option(names = "--private", description = "With the private key, under a password of its own.")
  boolean isPrivate;

  @Mixin final Pkcs12 pkcs12;

  IdentityExport(Surroundings here) {
    super(here);
    pkcs12 = new Pkcs12(here);
  }

  @Override
  public Integer call() throws Exception {
    if (isPrivate && target == null) {
      throw Failure.usage("A private key goes into a file.", "Name a new one with --out FILE.");
    }
    Map<String, Object> data = new LinkedHashMap<>();
    String pem =
        store.read(
            (opened, password) -> {
              String found = identity(opened, alias);
              X509Certificate certificate = opened.certificate(found).orElseThrow();
              data.put("identity", found);
              data.putAll(Certificates.describe(certificate));
              if (isPrivate) {
                NewFile.writePrivate(target, pkcs12.write(opened, found, password));
              }
              return Certificates.pem(certificate);
            });
    if (!isPrivate && target != null) {
      NewFile.write(target, pem.getBytes(StandardCharsets.US_ASCII));
    }
    data.put("certificate", pem);
    data.put("file", target == null ? null : target.toString());
    print(data, target == null ? List.of(pem.stripTrailing()) : written());
    return ExitCode.OK;
  }

  private List<String> written() {
    return isPrivate
        ? List.of("Wrote " + target + " with the private key: keep it to yourself.")
        : List.of(
            "Wrote "
                + target
                + ": send it to the others, who add it with"
                + " `mpotr contact add NAME "
                + target.getFileName()
                + "`.");
  }
}
