package org.mpotr.keytool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.keystore.SavingProcess.Kind;

/**
 * Processes that save a store are killed at random moments: what they have said to be saved is
 * there, and of what they were at either all or nothing. Some twenty kills, a thousand of them in
 * the profile "long"; the moments follow from the property mpotr.kill.seed as far as the machine
 * lets them.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class KilledSavesIT {

  private static final boolean LONG = Boolean.getBoolean("mpotr.long");
  private static final long SEED = Long.getLong("mpotr.kill.seed", 1);
  private static final int KILLED = 128 + 9;

  @TempDir Path temporary;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private int interrupted;

  private static int kills(Kind kind) {
    return switch (kind) {
      case FILES -> LONG ? 450 : 8;
      case FILES_WITH_PREVIOUS -> LONG ? 350 : 6;
      case CONTACTS -> LONG ? 120 : 3;
    };
  }

  @ParameterizedTest
  @EnumSource
  void aStoreIsNeverLost(Kind kind) throws Exception {
    SavedStore store = new SavedStore(temporary, kind);
    int last = 1;
    for (int kill = 1; kill <= kills(kind); kill++) {
      last =
          store.number(killed(store.process(JdkHome.running(), last + 1, 1_000_000), last, kind));
      count(store);
      store.assertSaves(++last);
    }
    report(kind.name(), kills(kind));
  }

  @Test
  void aStoreIsNeverLostByKeytool() throws Exception {
    SavedStore store = new SavedStore(temporary, Kind.CONTACTS);
    long whole = System.nanoTime();
    Process process = start(store.keytool(JdkHome.running(), 2));
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    whole = System.nanoTime() - whole;
    assertEquals(0, process.exitValue());
    int last = store.number(1);
    assertEquals(2, last);
    int kills = LONG ? 80 : 3;
    for (int kill = 1; kill <= kills; kill++) {
      process = start(store.keytool(JdkHome.running(), last + 1));
      if (!process.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly().waitFor();
      }
      last = store.number(last);
      count(store);
      store.assertSaves(++last);
    }
    report("keytool", kills);
  }

  /** The number of the last save that a process had done when it was killed. */
  private int killed(List<String> command, int before, Kind kind) throws Exception {
    int last = before;
    Process process = start(command);
    try (BufferedReader said = process.inputReader()) {
      long started = System.nanoTime();
      int saves = 1 + random.nextInt(kind == Kind.CONTACTS ? 2 : 12);
      for (int i = 0; i < saves; i++) {
        if (i == 1) {
          started = System.nanoTime(); // without the start of the process
        }
        String line = said.readLine();
        assertNotNull(line, "ended by itself");
        last = Integer.parseInt(line);
      }
      long each = Math.max(1, (System.nanoTime() - started) / saves);
      assertTrue(!process.waitFor(random.nextLong(2 * each), TimeUnit.NANOSECONDS), "ended");
      process.toHandle().destroyForcibly(); // leaves open what it said
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        last = Integer.parseInt(line);
      }
    } finally {
      process.destroyForcibly();
    }
    assertEquals(KILLED, process.waitFor());
    return last;
  }

  private static Process start(List<String> command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private void count(SavedStore store) throws Exception {
    interrupted += store.leftovers().isEmpty() ? 0 : 1;
  }

  private void report(String what, int kills) {
    System.out.printf(
        "%s, seed %d: kills survived: %d, of them with a half-written file beside: %d%n",
        what, SEED, kills, interrupted);
  }
}
