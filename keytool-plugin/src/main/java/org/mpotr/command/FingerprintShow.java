package org.mpotr.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.identity.Fingerprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fingerprint}. */
@Command(
    name = "fingerprint",
    description = {
      "Show a fingerprint, to be read aloud or held up to a camera.",
      "With --compare or --picture, say whether it is the one that somebody else gave."
    })
final class FingerprintShow extends StoreTask {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "An identity or a contact; without it your only identity.")
  String alias;

  @Option(names = "--qr", description = "Show a QR code too.")
  boolean qr;

  @Option(names = "--png", paramLabel = "FILE", description = "Write a QR code to a new file.")
  Path png;

  @Option(
      names = "--compare",
      paramLabel = "DIGITS",
      description = "Compare with 40 digits, or what a QR code says.")
  String compared;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "Compare with the QR code in a picture.")
  Path picture;

  FingerprintShow(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    record Found(String name, X509Certificate certificate) {}
    Found found =
        store.read(
            (opened, password) -> {
              String name =
                  alias != null && opened.contact(alias).isPresent()
                      ? alias
                      : identity(opened, alias);
              return new Found(name, opened.certificate(name).orElseThrow());
            });
    Fingerprint fingerprint = Certificates.fingerprint(found.certificate());
    String code = ComparedFingerprint.code(fingerprint);
    if (png != null) {
      NewFile.write(png, Qr.png(code));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", found.name());
    data.put("fingerprint", fingerprint.toString());
    data.put("fingerprintHex", fingerprint.bytes().toHex());
    data.put("code", code);
    List<String> lines = new ArrayList<>(List.of(fingerprint.toString()));
    if (qr) {
      lines.addAll(Qr.lines(code));
    }
    if (compared == null && picture == null) {
      print(data, lines);
      return ExitCode.OK;
    }
    String given = compared != null ? compared : Qr.read(picture);
    boolean isSame = ComparedFingerprint.parse(given).isOf(fingerprint);
    data.put("same", isSame);
    lines.add(isSame ? "It is the same." : "It is NOT the same: this is somebody else's key.");
    print(data, lines);
    return isSame ? ExitCode.OK : ExitCode.FINDING;
  }
}
