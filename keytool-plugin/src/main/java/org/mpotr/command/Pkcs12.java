package org.mpotr.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.mpotr.keystore.IdentityStore;
import picocli.CommandLine.Option;

/** Identities in PKCS #12 files, for other programs, under a password of the file's own. */
final class Pkcs12 {

  private static final int MAX_BYTES = 1 << 20;
  private static final String OPTIONS = "--file-password-env NAME or --file-password-file FILE";

  private final Surroundings here;

  @Option(
      names = "--file-password-env",
      paramLabel = "NAME",
      description = "Take the password of the PKCS #12 file from this environment variable.")
  String variable;

  @Option(
      names = "--file-password-file",
      paramLabel = "FILE",
      description = "Take the password of the PKCS #12 file from the first line of this file.")
  Path passwordFile;

  Pkcs12(Surroundings here) {
    this.here = here;
  }

  /** A file with one identity, whose key has the store's password. */
  byte[] write(IdentityStore store, String alias, char[] password)
      throws GeneralSecurityException, IOException {
    PrivateKey key = store.identityKey(alias, password).orElseThrow();
    char[] own =
        new Passwords(here).readNew("password of the file", OPTIONS, variable, passwordFile);
    try {
      KeyStore file = KeyStore.getInstance("PKCS12");
      file.load(null, null);
      file.setKeyEntry(alias, key, own, store.chain(alias).toArray(new Certificate[0]));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      file.store(out, own);
      return out.toByteArray();
    } finally {
      Arrays.fill(own, '\0');
    }
  }

  /** An identity as it was in a file. */
  record Found(PrivateKey key, List<X509Certificate> chain) {}

  /**
   * The identity in a file.
   *
   * @param source alias in the file, or null for the only one
   */
  Found read(Path path, String source) throws GeneralSecurityException, IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(path)) {
      content = in.readNBytes(MAX_BYTES + 1);
    }
    if (content.length > MAX_BYTES) {
      throw refused(path, "is too long");
    }
    char[] own = new Passwords(here).read("Password of " + path, OPTIONS, variable, passwordFile);
    try {
      KeyStore file = KeyStore.getInstance("PKCS12");
      load(file, content, own, path);
      String entry = source == null ? only(file, path) : source;
      if (!(file.getKey(entry, own) instanceof PrivateKey key)) {
        throw refused(path, "has no private key of that name");
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : file.getCertificateChain(entry)) {
        chain.add((X509Certificate) certificate);
      }
      return new Found(key, chain);
    } finally {
      Arrays.fill(own, '\0');
      Arrays.fill(content, (byte) 0);
    }
  }

  private static void load(KeyStore file, byte[] content, char[] own, Path path)
      throws GeneralSecurityException {
    try {
      file.load(new ByteArrayInputStream(content), own);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new Failure(
            ExitCode.WRONG_PASSWORD,
            "The password of " + path + " is wrong.",
            "Try again; nothing was changed.");
      }
      throw refused(path, "is no PKCS #12 file");
    }
  }

  private static String only(KeyStore file, Path path) throws GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(file.aliases())) {
      if (file.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw refused(path, "has " + keys.size() + " private keys");
    }
    return keys.get(0);
  }

  private static Failure refused(Path path, String why) {
    return Failure.io(
        "The file " + path + " " + why + ".",
        "Name another file, or one of its entries with --entry; `keytool -list` shows them.");
  }
}
