package org.mpotr.keytool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.keystore.SavingProcess;
import org.mpotr.keystore.SavingProcess.Kind;
import org.mpotr.keytool.SystemCalls.Call;

/**
 * A save by keytool, by the code of all commands and of files alone meets a kill or an error at
 * each of its system calls, and a disk that is full.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DisturbedSavesIT {

  private static final int KILLED = 128 + 9;

  /** Who saves. */
  enum Saver {
    FILES(Kind.FILES, SavingProcess.REFUSED),
    FILES_WITH_PREVIOUS(Kind.FILES_WITH_PREVIOUS, SavingProcess.REFUSED),
    CONTACTS(Kind.CONTACTS, SavingProcess.REFUSED),
    KEYTOOL(Kind.CONTACTS, 1);

    private final Kind kind;
    private final int refused;

    Saver(Kind kind, int refused) {
      this.kind = kind;
      this.refused = refused;
    }

    List<String> command(SavedStore store, int number) throws Exception {
      JdkHome jdk = JdkHome.running();
      return this == KEYTOOL ? store.keytool(jdk, number) : store.process(jdk, number, 1);
    }
  }

  /** All in the profile "long"; otherwise those that show most in little time. */
  static Stream<Saver> savers() {
    return Arrays.stream(Saver.values())
        .filter(saver -> saver != Saver.CONTACTS || Boolean.getBoolean("mpotr.long"));
  }

  @TempDir Path temporary;

  @ParameterizedTest
  @MethodSource("savers")
  void aKillAtAnyCallLosesNothing(Saver saver) throws Exception {
    SavedStore store = store(saver);
    int last = 2;
    List<Call> calls = watch(saver, store, last);
    assertSyncedBeforeRenamed(calls, store);
    for (Call call : calls) {
      List<String> command = saver.command(store, last + 1);
      Ended ended = run(SystemCalls.killedAt(call, command, log()));
      assertEquals(KILLED, ended.code(), () -> call + "\n" + ended.output());
      last = store.number(last);
      store.assertSaves(++last);
    }
    System.out.printf("%s killed at %d calls: %s%n", saver, calls.size(), calls);
  }

  @ParameterizedTest
  @MethodSource("savers")
  void anErrorAtAnyCallLosesNothing(Saver saver) throws Exception {
    SavedStore store = store(saver);
    int last = 2;
    for (Call call : watch(saver, store, last)) {
      byte[] before = Files.readAllBytes(store.path());
      List<String> command = saver.command(store, last + 1);
      Ended ended = run(SystemCalls.failingAt(call, error(call), command, log()));
      if (call.writes() || call.syncs() || renames(call, store)) {
        assertEquals(saver.refused, ended.code(), () -> call + "\n" + ended.output());
        assertTrue(ended.output().contains(words(call)), () -> call + "\n" + ended.output());
        String happened = call.isOf(store.folder()) ? " was saved, but" : " was not saved";
        assertTrue(ended.output().contains(happened), () -> call + "\n" + ended.output());
      }
      if (call.isOf(store.folder()) || ended.code() == 0) {
        last = store.number(last);
      } else {
        assertArrayEquals(before, Files.readAllBytes(store.path()), call::toString);
      }
      assertEquals(Set.of(), store.leftovers(), call::toString);
      store.assertSaves(++last);
    }
  }

  @ParameterizedTest
  @MethodSource("savers")
  void aFullDiskLosesNothing(Saver saver) throws Exception {
    assumeTrue(
        run(List.of("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")).code() == 0,
        "a full disk is not tested: no file system can be mounted here");
    SavedStore store = store(saver);
    byte[] before = Files.readAllBytes(store.path());
    // In a name space of its own, so that nothing stays mounted: the folder of the store becomes a
    // small disk, with some room left, and what is there in the end is copied out.
    Path result = Files.createDirectory(temporary.resolve("result"));
    String script =
        """
        set -e
        cp -a "$STORE" "$RESULT/before"
        mount -t tmpfs -o size=$SIZE tmpfs "$STORE"
        cp -a "$RESULT/before/." "$STORE"
        head -c 10000000 /dev/zero > "$STORE/other" 2>/dev/null || true
        code=0
        "$@" || code=$?
        rm "$STORE/other"
        cp -a "$STORE/." "$RESULT"
        rm -r "$RESULT/before"
        exit $code
        """;
    List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
    command.addAll(saver.command(store, 2));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("STORE", store.folder().toString());
    builder.environment().put("RESULT", result.toString());
    builder.environment().put("SIZE", "" + (3 * before.length + 65_536));
    Ended ended = run(builder);
    assertEquals(saver.refused, ended.code(), ended.output());
    assertTrue(ended.output().contains(" was not saved"), ended.output());
    assertTrue(ended.output().contains("No space left"), ended.output());
    assertArrayEquals(before, Files.readAllBytes(result.resolve(store.path().getFileName())));
    assertEquals(names(store.folder()), names(result));
    store.assertSaves(2);
  }

  private static void assertSyncedBeforeRenamed(List<Call> calls, SavedStore store) {
    int written = calls.stream().map(Call::writes).toList().lastIndexOf(true);
    int synced = calls.stream().map(Call::syncs).toList().indexOf(true);
    int renamed = calls.stream().map(call -> renames(call, store)).toList().lastIndexOf(true);
    int folderSynced = calls.stream().map(Call::syncs).toList().lastIndexOf(true);
    assertTrue(written >= 0 && written < synced && synced < renamed, calls::toString);
    assertTrue(renamed < folderSynced, calls::toString);
    assertTrue(calls.get(folderSynced).isOf(store.folder()), calls::toString);
    assertTrue(calls.stream().noneMatch(call -> call.writes() && call.isOf(store.path())));
  }

  private SavedStore store(Saver saver) throws Exception {
    return new SavedStore(temporary, saver.kind);
  }

  private Path log() {
    return temporary.resolve("calls.txt");
  }

  /** The calls of a save that succeeds. */
  private List<Call> watch(Saver saver, SavedStore store, int number) throws Exception {
    assumeTrue(SystemCalls.areSeen(), "system calls are not tested: strace is not here or not let");
    Ended ended = run(SystemCalls.watched(saver.command(store, number), log()));
    assertEquals(0, ended.code(), ended.output());
    assertEquals(number, store.number(number - 1));
    List<Call> calls = SystemCalls.seen(log(), store.folder());
    assertNotEquals(List.of(), calls);
    return calls;
  }

  private static boolean renames(Call call, SavedStore store) {
    return call.renames() && call.isOf(store.path());
  }

  private static String error(Call call) {
    return call.writes() ? "ENOSPC" : call.syncs() ? "EIO" : "EACCES";
  }

  /** What must be said of it, by the system or by Java. */
  private static String words(Call call) {
    return call.writes() ? "No space left" : call.syncs() ? "Input/output error" : "Denied";
  }

  private static Set<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private record Ended(int code, String output) {}

  private Ended run(List<String> command) throws Exception {
    return run(new ProcessBuilder(command));
  }

  private Ended run(ProcessBuilder builder) throws Exception {
    Path output = temporary.resolve("output.txt");
    Process process =
        builder
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> String.join(" ", builder.command()));
    return new Ended(process.exitValue(), Files.readString(output, UTF_8));
  }
}
