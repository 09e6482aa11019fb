package org.mpotr.command;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.keystore.Contact;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code contact add}. */
@Command(name = "add", description = "Add somebody by the certificate that you were sent.")
final class ContactAdd extends StoreTask {

  @Parameters(index = "0", paramLabel = "NAME", description = "What you call this person.")
  String alias;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "A certificate in PEM or DER; - for standard input.")
  String file;

  ContactAdd(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    X509Certificate certificate = Certificates.read(file, here);
    store.updateOrCreate(
        (opened, password) -> {
          requireFree(opened, alias);
          opened.setContact(alias, Contact.unverified(certificate));
          return null;
        });
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("contact", alias);
    data.putAll(Certificates.describe(certificate));
    String name = Visible.line(alias);
    print(
        data,
        List.of(
            "Added " + name + ", NOT verified.",
            "Fingerprint: " + Certificates.fingerprint(certificate),
            "Next: let "
                + name
                + " read it to you, and type it at `mpotr contact verify "
                + name
                + "`."));
    return ExitCode.OK;
  }
}
