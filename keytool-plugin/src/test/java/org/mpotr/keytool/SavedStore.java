package org.mpotr.keytool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import org.mpotr.keystore.SavingProcess;
import org.mpotr.keystore.SavingProcess.Kind;
import org.mpotr.keystore.StoreCost;

/**
 * A store that is saved by numbers in a folder of its own, and what must hold of it at any time.
 */
final class SavedStore {

  private final Path folder;
  private final Path path;
  private final Kind kind;
  private final List<byte[]> made;
  private final Set<String> clean;

  /** The store of save 0, with save 1 done by this process to see which files belong there. */
  SavedStore(Path temporary, Kind kind) throws Exception {
    this.kind = kind;
    folder = Files.createDirectory(temporary.resolve("store of " + kind)).toRealPath();
    path = folder.resolve("alice.mpotr");
    if (kind == Kind.CONTACTS) {
      made = List.of();
      IdentityStoreFile.at(path)
          .create(IdentityStore.empty(StoreCost.MIN), SavingProcess.password());
    } else {
      SavingProcess.make(path, 0, 40, 1, 400, 3);
      made = SavingProcess.made(path);
    }
    save(0);
    save(1);
    clean = files();
  }

  Path folder() {
    return folder;
  }

  Path path() {
    return path;
  }

  /** A save by this process. */
  void save(int number) throws Exception {
    SavingProcess.saves(kind, path).save(number);
  }

  /** A process that saves from a number on. */
  List<String> process(JdkHome jdk, int first, int count) {
    List<String> line =
        jdk.java(SavingProcess.class, kind.name(), path.toString(), "" + first, "" + count);
    line.addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    return line;
  }

  /** What keytool does to save the next number. */
  List<String> keytool(JdkHome jdk, int number) throws Exception {
    Path certificate = folder.resolveSibling("bob.pem");
    if (!Files.exists(certificate)) {
      Files.write(certificate, SavingProcess.certificate().getEncoded());
    }
    Path plugin = Path.of(System.getProperty("mpotr.dist"), "mpotr-keytool-plugin.jar");
    return List.of(
        jdk.program("keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-importcert",
        "-noprompt",
        "-alias",
        "contact " + number,
        "-file",
        certificate.toString(),
        "-keystore",
        "NONE",
        "-storetype",
        "mpOTR-File",
        "-storepass",
        new String(SavingProcess.password()),
        "-providerpath",
        plugin.toString(),
        "-providerclass",
        "org.mpotr.MpotrProvider",
        "-providerarg",
        path.toString());
  }

  /** The number of the save that is in the file, which is one of two, whole. */
  int number(int last) throws Exception {
    if (kind == Kind.CONTACTS) {
      IdentityStore store = IdentityStoreFile.at(path).open(SavingProcess.password());
      int number = store.size() - 1;
      Set<String> expected = new HashSet<>();
      for (int i = 0; i <= number; i++) {
        expected.add("contact " + i);
      }
      assertEquals(expected, new HashSet<>(store.aliases()));
      assertTrue(number == last || number == last + 1, number + " after " + last);
      return number;
    }
    byte[] content = Files.readAllBytes(path);
    if (kind == Kind.FILES_WITH_PREVIOUS) {
      byte[] previous = Files.readAllBytes(folder.resolve(path.getFileName() + ".previous"));
      assertTrue(made.stream().anyMatch(store -> Arrays.equals(store, previous)), "previous store");
    }
    if (Arrays.equals(content, made.get((last + 1) % made.size()))) {
      return last + 1;
    }
    assertArrayEquals(made.get(last % made.size()), content, "neither of the two stores");
    return last;
  }

  /** A save by this process works, and leaves nothing behind but the store. */
  void assertSaves(int number) throws Exception {
    save(number);
    assertEquals(clean, files());
  }

  /** Files of the folder that do not belong there. */
  Set<String> leftovers() throws Exception {
    Set<String> files = files();
    files.removeAll(clean);
    return files;
  }

  private Set<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
