package org.mpotr.chat.member;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.mpotr.identity.IdentityCertificates;

/** A member's identity in a PKCS #12 file, which keytool can read too. */
public final class IdentityFile {

  private static final String ALIAS = "identity";
  private static final String TYPE = "PKCS12";
  private static final Duration VALIDITY = Duration.ofDays(10 * 365);

  private IdentityFile() {}

  /** A fresh identity that is stored nowhere. */
  public static KeyPair throwaway(Provider provider) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("mpOTR", provider).generateKeyPair();
  }

  /**
   * The identity in a file.
   *
   * @throws IOException when the file cannot be read, the password is wrong among the reasons
   * @throws GeneralSecurityException when it holds no identity
   */
  public static KeyPair load(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, password);
    }
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (store.isKeyEntry(alias)
          && certificate != null
          && store.getKey(alias, password) instanceof PrivateKey key) {
        return new KeyPair(certificate.getPublicKey(), key);
      }
    }
    throw new UnrecoverableKeyException("there is no private key in " + file);
  }

  /**
   * Makes an identity with a self-signed certificate and stores it in a new file that only its
   * owner may read.
   *
   * @param name the common name of the certificate
   * @throws IOException when the file exists or cannot be written
   */
  public static KeyPair create(Path file, char[] password, String name, Provider provider)
      throws IOException, GeneralSecurityException {
    KeyPair identity = throwaway(provider);
    Instant now = Instant.now();
    X509Certificate certificate =
        IdentityCertificates.selfSigned(
            identity, name, now, now.plus(VALIDITY), new SecureRandom());
    KeyStore store = KeyStore.getInstance(TYPE);
    store.load(null, password);
    store.setKeyEntry(ALIAS, identity.getPrivate(), password, new Certificate[] {certificate});
    // Written whole under another name first, so that no half file ever bears the right one. A
    // temporary file is its owner's alone from the start.
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".identity", ".p12");
    try {
      try (OutputStream output = Files.newOutputStream(temporary)) {
        store.store(output, password);
      }
      Files.move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return identity;
  }
}
