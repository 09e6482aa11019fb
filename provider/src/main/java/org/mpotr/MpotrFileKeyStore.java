package org.mpotr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import org.mpotr.keystore.IdentityStoreFile.Opened;
import org.mpotr.keystore.IdentityStoreFile.Version;
import org.mpotr.keystore.StoreCost;

/**
 * {@code KeyStore} "mpOTR-File": the same store in the file that the provider's argument names,
 * loaded and stored without streams, as keytool does with {@code -keystore NONE}. It saves as
 * {@link IdentityStoreFile} does.
 */
final class MpotrFileKeyStore extends MpotrKeyStore {

  /** The system property that makes each save keep the store before it. */
  private static final String KEEP_PREVIOUS = "org.mpotr.keystore.keepPrevious";

  private final String path;
  private Version version = Version.NONE;

  /** A store at a path; null where the provider was given none. */
  MpotrFileKeyStore(String path) {
    this.path = path;
  }

  /** Reads the file, or starts empty where there is none. */
  @Override
  public synchronized void engineLoad(InputStream in, char[] given) throws IOException {
    version = Version.NONE;
    begin(IdentityStore.empty(StoreCost.fromProperty()), given);
    requireNone(in);
    IdentityStoreFile file = file();
    if (file.exists()) {
      Opened opened = file.load(given);
      version = opened.version();
      begin(opened.store(), given);
    }
  }

  /** Saves the file, unless it is no longer the one that was loaded. */
  @Override
  public synchronized void engineStore(OutputStream out, char[] given) throws IOException {
    requireNone(out);
    IdentityStore written = following(given);
    version = file().save(written, given, version);
    begin(written, given);
  }

  /** Answers no: there is nothing in a stream that would be of this type and not of "mpOTR". */
  @Override
  public boolean engineProbe(InputStream in) {
    return false;
  }

  private static void requireNone(Object stream) throws IOException {
    if (stream != null) {
      throw new IOException(
          "a KeyStore mpOTR-File has its path in the provider's argument; use -keystore NONE");
    }
  }

  private IdentityStoreFile file() throws IOException {
    if (path == null) {
      throw new IOException(
          "a KeyStore mpOTR-File needs a path: -providerarg PATH, or MpotrProvider.configure(PATH)");
    }
    try {
      return IdentityStoreFile.at(Path.of(path)).withPrevious(Boolean.getBoolean(KEEP_PREVIOUS));
    } catch (InvalidPathException e) {
      throw new IOException("the path in the provider's argument is not one", e);
    }
  }
}
