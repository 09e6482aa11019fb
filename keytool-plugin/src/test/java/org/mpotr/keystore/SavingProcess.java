package org.mpotr.keystore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.MpotrProvider;
import org.mpotr.identity.IdentityCertificates;

/**
 * A process that saves a store again and again, to be killed. It prints a line for each save that
 * is done: its number. One that is refused ends it with {@link #REFUSED} and the reason.
 */
public final class SavingProcess {

  /** The code with which a process ends whose save was refused. */
  public static final int REFUSED = 3;

  private SavingProcess() {}

  /** What is saved, a name of {@link Kind}; the store, the first number, how many. */
  public static void main(String[] arguments) throws Exception {
    Saves saves = saves(Kind.valueOf(arguments[0]), Path.of(arguments[1]));
    int first = Integer.parseInt(arguments[2]);
    int end = first + Integer.parseInt(arguments[3]);
    try {
      for (int number = first; number < end; number++) {
        saves.save(number);
        System.out.println(number);
        System.out.flush();
      }
    } catch (IOException e) {
      System.out.println("refused: " + e);
      System.exit(REFUSED);
    }
  }

  /** Saves by number. */
  @FunctionalInterface
  public interface Saves {
    void save(int number) throws Exception;
  }

  /** What a save is. */
  public enum Kind {
    /** One of some stores made before, of different sizes, by turns: nothing but files. */
    FILES,
    /** The same, and the store before is kept. */
    FILES_WITH_PREVIOUS,
    /** A contact is added, by the code that all commands use. */
    CONTACTS
  }

  /** Saves of a kind. */
  public static Saves saves(Kind kind, Path store) throws Exception {
    return switch (kind) {
      case FILES -> files(store, false);
      case FILES_WITH_PREVIOUS -> files(store, true);
      case CONTACTS -> contacts(store);
    };
  }

  private static Saves files(Path store, boolean previous) throws IOException {
    List<byte[]> made = made(store);
    return number -> {
      SafeFile file = SafeFile.at(store, previous, IdentityStoreFile.DEFAULT_WAIT);
      file.locked(
          () -> {
            file.replace(made.get(number % made.size()));
            return number;
          });
    };
  }

  private static Saves contacts(Path store) throws GeneralSecurityException {
    Contact contact = Contact.unverified(certificate());
    return number ->
        IdentityStoreFile.at(store)
            .update(
                password(),
                entries -> {
                  entries.setContact("contact " + number, contact);
                  return number;
                });
  }

  /** A fresh one for each use, as some are cleared. */
  public static char[] password() {
    return "correct horse".toCharArray();
  }

  /** Makes the stores that are saved as files, in a folder beside that of the store. */
  public static void make(Path store, int... contacts) throws Exception {
    Contact contact = Contact.unverified(certificate());
    Files.createDirectories(folderOfMade(store));
    for (int i = 0; i < contacts.length; i++) {
      IdentityStore entries = IdentityStore.empty(StoreCost.MIN);
      for (int j = 0; j < contacts[i]; j++) {
        entries.setContact("contact " + j, contact);
      }
      Files.write(folderOfMade(store).resolve("" + i), entries.write(password()));
    }
  }

  /** The stores that were made. */
  public static List<byte[]> made(Path store) throws IOException {
    List<byte[]> made = new ArrayList<>();
    for (int i = 0; Files.exists(folderOfMade(store).resolve("" + i)); i++) {
      made.add(Files.readAllBytes(folderOfMade(store).resolve("" + i)));
    }
    return made;
  }

  private static Path folderOfMade(Path store) {
    return store.getParent().resolveSibling("made");
  }

  /** Somebody's. */
  public static X509Certificate certificate() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    Instant now = Instant.now();
    return IdentityCertificates.selfSigned(
        pair, "bob", now, now.plus(1, ChronoUnit.DAYS), new SecureRandom());
  }
}
