package org.mpotr.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.mpotr.identity.Fingerprint;
import org.mpotr.keystore.Contact;
import org.mpotr.keystore.ContactState;
import org.mpotr.keystore.EntryKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contact verify}. */
@Command(
    name = "verify",
    description = {
      "State that somebody's key is that person's, by the fingerprint that it read to you",
      "on the phone or face to face. It is asked for, or given by an option."
    })
final class ContactVerify extends StoreTask {

  @Parameters(paramLabel = "NAME", description = "Whom.")
  String alias;

  @Option(
      names = "--fingerprint",
      paramLabel = "DIGITS",
      description = "The 40 digits, or what the QR code says.")
  String digits;

  @Option(names = "--picture", paramLabel = "FILE", description = "A picture of the QR code.")
  Path picture;

  @Option(
      names = "--by",
      paramLabel = "IDENTITY",
      description = "Which identity of yours did it; without it the only one.")
  String by;

  ContactVerify(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    ComparedFingerprint given = ComparedFingerprint.parse(given());
    record Verdict(Fingerprint fingerprint, boolean isSame) {}
    Verdict verdict =
        store.update(
            (opened, password) -> {
              require(opened, alias, EntryKind.CONTACT);
              Contact contact = opened.contact(alias).orElseThrow();
              Fingerprint fingerprint = Certificates.fingerprint(contact.certificate());
              boolean isSame = given.isOf(fingerprint);
              if (isSame) {
                ContactState state =
                    ContactState.verified(
                        ContactState.Way.FINGERPRINT, identity(opened, by), Instant.now());
                opened.setContact(alias, new Contact(contact.certificate(), state));
              }
              return new Verdict(fingerprint, isSame);
            });
    String name = Visible.line(alias);
    print(
        Map.of(
            "contact", alias,
            "fingerprint", verdict.fingerprint().toString(),
            "same", verdict.isSame()),
        List.of(
            verdict.isSame()
                ? name + " is verified."
                : "It is NOT the fingerprint of " + name + ": do not trust this key."));
    return verdict.isSame() ? ExitCode.OK : ExitCode.FINDING;
  }

  private String given() throws Exception {
    if (digits != null) {
      return digits;
    }
    if (picture != null) {
      return Qr.read(picture);
    }
    String question = "The fingerprint that " + Visible.line(alias) + " reads to you";
    String typed = here.prompt().map(prompt -> prompt.line(question)).orElse(null);
    if (typed == null) {
      throw Failure.usage(
          "There is no terminal to ask for the fingerprint.",
          "Use --fingerprint DIGITS or --picture FILE.");
    }
    return typed;
  }
}
