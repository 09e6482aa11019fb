package org.mpotr.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mpotr.identity.Fingerprint;

/** Certificates in files, as others sent them: one, PEM or DER, of a key on P-256. */
final class Certificates {

  private static final int MAX_BYTES = 1 << 17;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final Pattern PEM =
      Pattern.compile(Pattern.quote(BEGIN) + "([A-Za-z0-9+/=\\s]*)" + Pattern.quote(END));

  private Certificates() {}

  /**
   * Reads one certificate.
   *
   * @param file a path, or {@code -} for standard input
   */
  static X509Certificate read(String file, Surroundings here) throws IOException {
    byte[] content;
    if (file.equals("-")) {
      content = here.in().readNBytes(MAX_BYTES + 1);
    } else {
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        content = in.readNBytes(MAX_BYTES + 1);
      }
    }
    if (content.length > MAX_BYTES) {
      throw refused("is too long");
    }
    return decode(content);
  }

  /** The certificate of an encoding, PEM with text around it or DER with nothing. */
  static X509Certificate decode(byte[] content) {
    byte[] der = content;
    Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (pem.find()) {
      try {
        der = Base64.getMimeDecoder().decode(pem.group(1));
      } catch (IllegalArgumentException e) {
        throw refused("is not valid PEM");
      }
      if (pem.find()) {
        throw refused("holds several certificates");
      }
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      if (!Arrays.equals(certificate.getEncoded(), der)) {
        throw refused("has something behind the certificate");
      }
      Fingerprint.of(certificate.getPublicKey());
      return certificate;
    } catch (InvalidKeyException e) {
      throw refused("is not that of a key on P-256");
    } catch (CertificateException e) {
      throw refused("is no X.509 certificate in PEM or DER");
    }
  }

  private static Failure refused(String why) {
    return Failure.io(
        "What was given as a certificate " + why + ".",
        "Ask for the file that `mpotr identity export` or `keytool -exportcert -rfc` makes.");
  }

  /** The certificate in PEM, with a line feed at its end. */
  static String pem(X509Certificate certificate) throws CertificateEncodingException {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return BEGIN + "\n" + encoder.encodeToString(certificate.getEncoded()) + "\n" + END + "\n";
  }

  static Fingerprint fingerprint(X509Certificate certificate) {
    try {
      return Fingerprint.of(certificate.getPublicKey());
    } catch (InvalidKeyException e) {
      throw refused("is not that of a key on P-256");
    }
  }

  /** What there is to say of a certificate; text is as its author wrote it. */
  static Map<String, Object> describe(X509Certificate certificate) {
    Map<String, Object> data = new LinkedHashMap<>();
    Fingerprint fingerprint = fingerprint(certificate);
    data.put("fingerprint", fingerprint.toString());
    data.put("fingerprintHex", fingerprint.bytes().toHex());
    data.put("subject", certificate.getSubjectX500Principal().getName());
    data.put("notBefore", certificate.getNotBefore().toInstant().toString());
    data.put("notAfter", certificate.getNotAfter().toInstant().toString());
    return data;
  }
}
