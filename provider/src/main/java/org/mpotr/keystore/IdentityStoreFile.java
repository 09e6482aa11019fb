package org.mpotr.keystore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.time.Duration;
import java.util.List;
import org.mpotr.crypto.Sha512;
import org.mpotr.keystore.StoreException.Reason;
import org.mpotr.wire.Bytes;

/**
 * A store in a file, which is never lost: whatever happens while it is saved, the file holds the
 * old store or the new one, whole. A save writes a file beside it, syncs it, renames it and syncs
 * the folder. One process or thread saves at a time, by a lock on a file beside it with the ending
 * {@code .lock}, which stays; reading needs no lock.
 *
 * <p>A file is made with the permissions 0600, and one that has fewer keeps those. A symbolic link
 * stays, and the file it leads to is replaced.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class IdentityStoreFile {

  /** How long a save waits for others, unless told otherwise. */
  public static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);

  /** The ending of the file with the previous generation. */
  public static final String PREVIOUS = ".previous";

  private final Path path;
  private final boolean keepPrevious;
  private final Duration wait;

  private IdentityStoreFile(Path path, boolean keepPrevious, Duration wait) {
    this.path = path;
    this.keepPrevious = keepPrevious;
    this.wait = wait;
  }

  /** What is done to a store before it is saved. */
  @FunctionalInterface
  public interface Change<T> {

    /** Changes the store; when it throws, nothing is saved. */
    T apply(IdentityStore store) throws GeneralSecurityException, IOException;
  }

  /**
   * Which bytes were in a file.
   *
   * @param digest the SHA-512 of all of them, or nothing where there was no file
   */
  public record Version(Bytes digest) {

    /** No file at all. */
    public static final Version NONE = new Version(Bytes.EMPTY);

    static Version of(byte[] content) {
      return new Version(Bytes.of(Sha512.hash(content)));
    }
  }

  /**
   * A store as it was in the file.
   *
   * @param store the store
   * @param version what {@link #save} takes, to replace that file and no other
   */
  public record Opened(IdentityStore store, Version version) {}

  /** The file at a path; nothing is done yet. */
  public static IdentityStoreFile at(Path path) {
    return new IdentityStoreFile(path, false, DEFAULT_WAIT);
  }

  /**
   * The same file; whether each save keeps the store before it, in a file with {@link #PREVIOUS}.
   */
  public IdentityStoreFile withPrevious(boolean keep) {
    return new IdentityStoreFile(path, keep, wait);
  }

  /** The same file, with another time to wait for others. */
  public IdentityStoreFile withWait(Duration longest) {
    return new IdentityStoreFile(path, keepPrevious, longest);
  }

  /** The path as given. */
  public Path path() {
    return path;
  }

  /** Whether there is a file now. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Reads the store.
   *
   * @throws StoreException with the reason, when it cannot be read
   * @throws java.nio.file.NoSuchFileException when there is no file
   */
  public IdentityStore open(char[] password) throws IOException {
    return load(password).store();
  }

  /**
   * Reads the store, to {@link #save} it later.
   *
   * @throws StoreException with the reason, when it cannot be read
   * @throws java.nio.file.NoSuchFileException when there is no file
   */
  public Opened load(char[] password) throws IOException {
    byte[] content = file().read();
    return new Opened(
        IdentityStore.read(new ByteArrayInputStream(content), password), Version.of(content));
  }

  /**
   * Saves a store in a new file.
   *
   * @throws StoreException {@link Reason#CHANGED_MEANWHILE} when there is a file already
   */
  public void create(IdentityStore store, char[] password) throws IOException {
    save(store, password, Version.NONE);
  }

  /**
   * Saves a store in place of a version of the file.
   *
   * @return the version that is there now
   * @throws StoreException {@link Reason#CHANGED_MEANWHILE} when another is there now, {@link
   *     Reason#LOCKED} when others did not finish in time; nothing was written then
   */
  public Version save(IdentityStore store, char[] password, Version expected) throws IOException {
    byte[] content = store.write(password);
    SafeFile file = file();
    return file.locked(
        () -> {
          if (!version(file).equals(expected)) {
            throw new StoreException(
                Reason.CHANGED_MEANWHILE,
                "the key store file is not the one that was read: somebody else has changed it");
          }
          file.replace(content);
          return Version.of(content);
        });
  }

  /**
   * Reads the store, changes and saves it, while nobody else can.
   *
   * @return what the change returned
   * @throws GeneralSecurityException what the change threw; nothing was written then
   * @throws StoreException when the store cannot be read, or {@link Reason#LOCKED}
   */
  public <T> T update(char[] password, Change<T> change)
      throws IOException, GeneralSecurityException {
    return update(password, password, change);
  }

  /**
   * Gives the store another password, and with it each key in it that had the store's.
   *
   * @return the aliases of the keys that keep a password of their own
   * @throws KeyStoreException when the new password is missing
   * @throws StoreException when the store cannot be read, or {@link Reason#LOCKED}
   */
  public List<String> changePassword(char[] old, char[] changed)
      throws IOException, GeneralSecurityException {
    return update(old, changed, store -> store.changeKeyPasswords(old, changed));
  }

  private <T> T update(char[] old, char[] changed, Change<T> change)
      throws IOException, GeneralSecurityException {
    SafeFile file = file();
    return file.locked(
        () -> {
          IdentityStore store = IdentityStore.read(new ByteArrayInputStream(file.read()), old);
          T result = change.apply(store);
          file.replace(store.write(changed));
          return result;
        });
  }

  private SafeFile file() throws IOException {
    return SafeFile.at(path, keepPrevious, wait);
  }

  private static Version version(SafeFile file) throws IOException {
    return file.exists() ? Version.of(file.read()) : Version.NONE;
  }
}
