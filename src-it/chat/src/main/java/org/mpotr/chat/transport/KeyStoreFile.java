package org.mpotr.chat.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** PKCS#12 files with the keys of a relay, or with the certificates that a member trusts. */
public final class KeyStoreFile {

  private static final String TYPE = "PKCS12";

  private KeyStoreFile() {}

  /**
   * The private keys of a file, with their certificates.
   *
   * @param password of the file and of its keys; the caller clears it
   * @throws IOException when the file cannot be read or the password is wrong
   * @throws GeneralSecurityException when a key cannot be used
   */
  public static KeyManagerFactory keys(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load(file, password), password);
    return factory;
  }

  /**
   * Trusts the certificates of a file, and whom they certify.
   *
   * @param password of the file; the caller clears it
   * @throws IOException when the file cannot be read or the password is wrong
   * @throws GeneralSecurityException when a certificate cannot be used
   */
  public static TrustManagerFactory trust(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load(file, password));
    return factory;
  }

  private static KeyStore load(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, password);
    }
    return store;
  }
}
