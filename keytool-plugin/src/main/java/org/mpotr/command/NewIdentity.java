package org.mpotr.command;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mpotr.identity.IdentityCertificates;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.keystore.IdentityStore;
import picocli.CommandLine.Option;

/** A fresh key with its certificate. */
final class NewIdentity {

  private static final int MAX_DAYS = 36_500;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "The name in the certificate, 1 to 64 characters; without it the alias.")
  String name;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3650",
      description = "How long the certificate is valid, 1 to 36500; without it ${DEFAULT-VALUE}.")
  int days;

  /** Makes the identity and puts it into a store. */
  X509Certificate putInto(IdentityStore store, String alias, char[] password)
      throws GeneralSecurityException {
    if (days < 1 || days > MAX_DAYS) {
      throw Failure.usage("A certificate is valid for 1 to 36500 days.", "Correct --days.");
    }
    SecureRandom random = new SecureRandom();
    KeyPair keys = IdentityKeys.generate(random);
    Instant now = Instant.now();
    X509Certificate certificate =
        IdentityCertificates.selfSigned(
            keys, name == null ? alias : name, now, now.plus(Duration.ofDays(days)), random);
    store.setIdentity(alias, keys.getPrivate(), password, List.of(certificate));
    return certificate;
  }
}
