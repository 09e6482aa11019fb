package org.mpotr.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import org.mpotr.keystore.StoreCost;
import picocli.CommandLine.Option;

/** Which store, and under which password. */
final class StoreOptions {

  static final String VARIABLE = "MPOTR_STORE";
  static final String PASSWORD_OPTIONS = "--password-env NAME or --password-file FILE";

  private final Surroundings here;

  @Option(
      names = "--store",
      paramLabel = "PATH",
      description =
          "The store; without it the variable MPOTR_STORE, or else ~/.mpotr/identities.mpotr.")
  Path given;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "Take the store's password from this environment variable.")
  String variable;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Take the store's password from the first line of this file.")
  Path passwordFile;

  @Option(
      names = "--keep-previous",
      description = "Keep the store as it was before, in a file with the ending .previous.")
  boolean keepPrevious;

  StoreOptions(Surroundings here) {
    this.here = here;
  }

  /** What is done with a store and its password. */
  @FunctionalInterface
  interface Action<T> {
    T apply(IdentityStore store, char[] password) throws GeneralSecurityException, IOException;
  }

  Path path() {
    if (given != null) {
      return given;
    }
    String value = here.environment().apply(VARIABLE);
    return value != null && !value.isEmpty()
        ? Path.of(value)
        : here.home().resolve(".mpotr").resolve("identities.mpotr");
  }

  IdentityStoreFile file() {
    return IdentityStoreFile.at(path()).withPrevious(keepPrevious);
  }

  boolean hasPasswordSource() {
    return variable != null || passwordFile != null;
  }

  /** The password of a store that is there, to be cleared by the caller. */
  char[] password() throws IOException {
    requireStore();
    return new Passwords(here)
        .read("Password of the store", PASSWORD_OPTIONS, variable, passwordFile);
  }

  /** The password of a store that is to be made, to be cleared by the caller. */
  char[] newPassword() throws IOException {
    return new Passwords(here)
        .readNew("password of the store", PASSWORD_OPTIONS, variable, passwordFile);
  }

  private void requireStore() {
    if (!Files.exists(path())) {
      throw new Failure(
          ExitCode.NO_STORE,
          "There is no store at " + path() + ".",
          "Make one with `mpotr identity create NAME`, or name another with --store.");
    }
  }

  /** Reads the store. */
  <T> T read(Action<T> action) throws GeneralSecurityException, IOException {
    char[] password = password();
    try {
      return action.apply(file().open(password), password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Changes the store and saves it, while nobody else can. */
  <T> T update(Action<T> action) throws GeneralSecurityException, IOException {
    char[] password = password();
    try {
      return file().update(password, store -> action.apply(store, password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Changes the store, or makes the first one. */
  <T> T updateOrCreate(Action<T> action) throws GeneralSecurityException, IOException {
    if (Files.exists(path())) {
      return update(action);
    }
    char[] password = newPassword();
    try {
      IdentityStore store = IdentityStore.empty(StoreCost.fromProperty());
      T result = action.apply(store, password);
      makeFolder();
      file().create(store, password);
      return result;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** The store's folder, for its owner alone if it has to be made. */
  void makeFolder() throws IOException {
    Path folder = path().toAbsolutePath().getParent();
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        isPosix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    Files.createDirectories(folder, attributes);
  }
}
