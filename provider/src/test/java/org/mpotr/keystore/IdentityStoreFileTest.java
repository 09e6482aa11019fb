package org.mpotr.keystore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.keystore.TestStores.KEY_PASSWORD;
import static org.mpotr.keystore.TestStores.PASSWORD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.ChildJvm;
import org.mpotr.keystore.IdentityStoreFile.Opened;
import org.mpotr.keystore.StoreException.Reason;
import org.mpotr.keystore.TestStores.Own;

/** A file holds the old store or the new one, whatever happens meanwhile. */
class IdentityStoreFileTest {

  private static Own bob;
  private static byte[] old;

  @TempDir private Path folder;
  private Path path;
  private IdentityStoreFile file;

  @BeforeAll
  static void makeStore() throws Exception {
    bob = Own.named("Bob");
    old = TestStores.small(Own.named("Alice"), bob).write(PASSWORD);
  }

  @BeforeEach
  void choosePath() {
    path = folder.resolve("my store");
    file = IdentityStoreFile.at(path);
  }

  private Contact contact() {
    return Contact.unverified(bob.certificate());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static String permissions(Path of) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
  }

  @Test
  void isMadeOnceAndOpened() throws Exception {
    assertFalse(file.exists());
    assertThrows(NoSuchFileException.class, () -> file.open(PASSWORD));
    file.create(TestStores.read(old, PASSWORD), PASSWORD);
    assertEquals(List.of("alice", "bob", "tea"), file.open(PASSWORD).aliases());
    assertEquals("rw-------", permissions(path));
    assertEquals(List.of("my store", "my store.lock"), names());
    byte[] content = Files.readAllBytes(path);
    StoreException refused =
        assertThrows(StoreException.class, () -> file.create(TestStores.empty(), PASSWORD));
    assertEquals(Reason.CHANGED_MEANWHILE, refused.reason());
    assertArrayEquals(content, Files.readAllBytes(path));
  }

  @Test
  void changesAreSavedUnlessTheyThrow() throws Exception {
    Files.write(path, old);
    assertEquals(
        "done",
        file.update(
            PASSWORD,
            store -> {
              store.setContact("carol", contact());
              return "done";
            }));
    assertTrue(file.open(PASSWORD).contact("carol").isPresent());
    byte[] content = Files.readAllBytes(path);
    assertThrows(
        KeyStoreException.class,
        () ->
            file.update(
                PASSWORD,
                store -> {
                  store.remove("carol");
                  throw new KeyStoreException("no");
                }));
    assertThrows(StoreException.class, () -> file.update(KEY_PASSWORD, IdentityStore::aliases));
    assertArrayEquals(content, Files.readAllBytes(path));
  }

  @Test
  void aNewPasswordLosesNoKey() throws Exception {
    Files.write(path, old);
    char[] changed = "another".toCharArray();
    assertEquals(List.of("tea"), file.changePassword(PASSWORD, changed));
    IdentityStore store = file.open(changed);
    assertTrue(store.identityKey("alice", changed).isPresent());
    assertTrue(store.preSharedKey("tea", KEY_PASSWORD).isPresent());
    assertThrows(StoreException.class, () -> file.open(PASSWORD));
  }

  @Test
  void onlyTheVersionThatWasReadIsReplaced() throws Exception {
    Files.write(path, old);
    Opened first = file.load(PASSWORD);
    Opened second = file.load(PASSWORD);
    assertEquals(first.version(), second.version());
    IdentityStoreFile.Version saved = file.save(first.store(), PASSWORD, first.version());
    StoreException refused =
        assertThrows(
            StoreException.class, () -> file.save(second.store(), PASSWORD, second.version()));
    assertEquals(Reason.CHANGED_MEANWHILE, refused.reason());
    assertEquals(saved, file.load(PASSWORD).version());
    Files.delete(path);
    assertThrows(StoreException.class, () -> file.save(first.store(), PASSWORD, saved));
    assertFalse(file.exists());
  }

  @ParameterizedTest
  @EnumSource(SafeFile.Step.class)
  void aFailureAtAnyStepLeavesAWholeStore(SafeFile.Step failing) throws Exception {
    Files.write(path, old);
    byte[] fresh = TestStores.read(old, PASSWORD).write(PASSWORD);
    List<SafeFile.Step> seen = new ArrayList<>();
    SafeFile safe =
        SafeFile.at(path, true, Duration.ofSeconds(10))
            .watchedBy(
                step -> {
                  seen.add(step);
                  byte[] now = Files.readAllBytes(path);
                  assertArrayEquals(step == SafeFile.Step.SYNC_FOLDER ? fresh : old, now);
                  if (step == failing) {
                    throw new IOException("No space left on device");
                  }
                });
    assertThrows(
        IOException.class,
        () ->
            safe.locked(
                () -> {
                  safe.replace(fresh);
                  return null;
                }));
    assertEquals(failing, seen.get(seen.size() - 1));
    assertEquals(failing.ordinal() + 1, seen.size());
    boolean renamed = failing == SafeFile.Step.SYNC_FOLDER;
    assertArrayEquals(renamed ? fresh : old, Files.readAllBytes(path));
    assertTrue(names().stream().noneMatch(name -> name.endsWith(".tmp")));
  }

  @Test
  void whatKilledProcessesLeftIsRemovedAndNothingElse() throws Exception {
    Files.write(path, old);
    Files.write(folder.resolve(".my store.0123456789abcdef.tmp"), new byte[9]);
    List<String> others =
        List.of(".my store.0123456789abcdeg.tmp", ".other.0123456789abcdef.tmp", "a.tmp");
    for (String other : others) {
      Files.write(folder.resolve(other), new byte[9]);
    }
    file.update(PASSWORD, store -> store.remove("tea"));
    List<String> expected = new ArrayList<>(others);
    expected.addAll(List.of("my store", "my store.lock"));
    assertEquals(expected.stream().sorted().toList(), names());
  }

  @Test
  void thePreviousGenerationIsKept() throws Exception {
    Files.write(path, old);
    Path previous = folder.resolve("my store" + IdentityStoreFile.PREVIOUS);
    IdentityStoreFile keeping = file.withPrevious(true);
    keeping.update(PASSWORD, store -> store.remove("tea"));
    assertArrayEquals(old, Files.readAllBytes(previous));
    byte[] second = Files.readAllBytes(path);
    keeping.update(PASSWORD, store -> store.remove("bob"));
    assertArrayEquals(second, Files.readAllBytes(previous));
    assertEquals(List.of("alice"), file.open(PASSWORD).aliases());
  }

  @Test
  void aSymbolicLinkStaysAndItsFileIsReplaced() throws Exception {
    Path below = Files.createDirectory(folder.resolve("below"));
    Path real = below.resolve("real");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("below", "real"));
    IdentityStoreFile linked = IdentityStoreFile.at(link);
    linked.create(TestStores.read(old, PASSWORD), PASSWORD);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(real, java.nio.file.LinkOption.NOFOLLOW_LINKS));
    linked.update(PASSWORD, store -> store.remove("tea"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(List.of("alice", "bob"), IdentityStoreFile.at(real).open(PASSWORD).aliases());
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThrows(
        IOException.class, () -> IdentityStoreFile.at(loop).create(TestStores.empty(), PASSWORD));
  }

  @Test
  void permissionsAreNeverWiderThanTheOwners() throws Exception {
    Files.write(path, old);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
    file.update(PASSWORD, store -> store.remove("tea"));
    assertEquals("rw-------", permissions(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
    file.update(PASSWORD, store -> store.remove("bob"));
    assertEquals("r--------", permissions(path));
  }

  @Test
  void whoWaitsTooLongIsToldAndLosesNothing() throws Exception {
    Files.write(path, old);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> slow =
          other.submit(
              () ->
                  file.update(
                      PASSWORD,
                      store -> {
                        inside.countDown();
                        awaitOrFail(leave);
                        return store.remove("bob");
                      }));
      awaitOrFail(inside);
      StoreException refused =
          assertThrows(
              StoreException.class,
              () ->
                  file.withWait(Duration.ofMillis(1))
                      .update(PASSWORD, store -> store.remove("tea")));
      assertEquals(Reason.LOCKED, refused.reason());
      assertEquals(List.of("alice", "bob", "tea"), file.open(PASSWORD).aliases());
      leave.countDown();
      assertTrue(slow.get());
      assertEquals(List.of("alice", "tea"), file.open(PASSWORD).aliases());
    } finally {
      leave.countDown();
      other.shutdown();
    }
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, java.util.concurrent.TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds contacts to the store that the property names. */
  static final class Writer {

    static final String PATH = "mpotr.test.store";
    static final String WHO = "mpotr.test.who";
    static final int ENTRIES = 10;

    private Writer() {}

    public static void main(String[] args) throws Exception {
      IdentityStoreFile file =
          IdentityStoreFile.at(Path.of(System.getProperty(PATH))).withWait(Duration.ofMinutes(2));
      Contact bob = file.open(PASSWORD).contact("bob").orElseThrow();
      for (int i = 0; i < ENTRIES; i++) {
        String alias = System.getProperty(WHO) + i;
        file.update(
            PASSWORD,
            store -> {
              store.setContact(alias, bob);
              return alias;
            });
      }
    }
  }

  @Test
  void processesThatWriteAtOnceLoseNothing() throws Exception {
    Files.write(path, old);
    List<String> writers = List.of("one", "two");
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      List<Future<String>> children = new ArrayList<>();
      for (String who : writers) {
        children.add(
            threads.submit(
                () ->
                    ChildJvm.run(
                        Writer.class,
                        "-D" + Writer.PATH + "=" + path,
                        "-D" + Writer.WHO + "=" + who)));
      }
      for (Future<String> child : children) {
        assertEquals("", child.get());
      }
    } finally {
      threads.shutdown();
    }
    assertEquals(3 + writers.size() * Writer.ENTRIES, file.open(PASSWORD).size());
  }

  @Test
  void whereNothingCanBeMadeNothingIsLost() throws Exception {
    Files.write(path, old);
    Path lock = folder.resolve("my store.lock");
    Files.createDirectory(lock);
    assertThrows(IOException.class, () -> file.update(PASSWORD, store -> store.remove("tea")));
    assertArrayEquals(old, Files.readAllBytes(path));
  }

  @Test
  void emptyAndForeignFilesAreToldApart() throws Exception {
    Files.write(path, new byte[0]);
    assertEquals(
        Reason.TRUNCATED, assertThrows(StoreException.class, () -> file.open(PASSWORD)).reason());
    Files.write(path, "a text".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Reason.NOT_A_STORE, assertThrows(StoreException.class, () -> file.open(PASSWORD)).reason());
  }
}
