package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayObserver;
import org.mpotr.chat.relay.RelayOptions;

/** The client in a real terminal, tmux, whose keys are pressed and whose screen is read. */
class ScreenTest {

  private static final long PATIENCE_MILLIS = 90_000;

  @TempDir Path folder;

  private Path socket;
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(isThere(), "no tmux here: the terminal client is not driven");
    socket = folder.resolve("tmux");
    relay = Relay.start(RelayOptions.DEFAULT, RelayObserver.NONE);
  }

  @AfterEach
  void end() throws Exception {
    if (relay != null) {
      run(List.of("tmux", "-S", socket.toString(), "kill-server"));
      relay.close();
    }
  }

  private static boolean isThere() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private String run(List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "out", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> "does not end: " + command);
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private String tmux(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private void open(String name) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path arguments = folder.resolve(name + ".args");
    Files.writeString(
        arguments, "-cp\n\"" + System.getProperty("java.class.path") + "\"\n-Xmx128m\n");
    Path downloads = Files.createDirectories(folder.resolve("for-" + name));
    tmux(
        "new-session",
        "-d",
        "-s",
        name,
        "-x",
        "100",
        "-y",
        "24",
        "-e",
        "LC_ALL=C.UTF-8",
        java
            + " @"
            + arguments
            + " "
            + Main.class.getName()
            + " join --relay "
            + relay.uri()
            + " --channel tea --setup-timeout 8 --nickname "
            + name
            + " --downloads "
            + downloads);
  }

  private void type(String name, String line) throws Exception {
    tmux("send-keys", "-t", name, "-l", line);
    tmux("send-keys", "-t", name, "Enter");
  }

  private String screen(String name) throws Exception {
    return tmux("capture-pane", "-p", "-t", name);
  }

  private String await(String name, Predicate<String> which, String what) throws Exception {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    String screen = screen(name);
    while (!which.test(screen)) {
      assertTrue(System.nanoTime() < until, what + " is not on the screen:\n" + screen);
      // Each look is a process of its own, which is pause enough.
      screen = screen(name);
    }
    return screen;
  }

  private String await(String name, String part) throws Exception {
    return await(name, screen -> screen.contains(part), part);
  }

  private static String lineWith(String screen, String part) {
    return screen.lines().filter(line -> line.contains(part)).findFirst().orElse("");
  }

  @Test
  void twoPeopleWithNothingButAKeyboard() throws Exception {
    open("alice");
    open("bob");
    await("alice", "2 are here");
    await("bob", "2 are here");
    type("alice", "/help");
    await("alice", "/forge LINE TEXT");

    type("alice", "tea at five?");
    await("bob", "alice: tea at five?");
    // The status is at the right, and it is the same line that changes.
    String confirmed =
        await("alice", s -> lineWith(s, "alice: tea at five?").endsWith("[all]"), "[all]");
    assertEquals(1, confirmed.lines().filter(line -> line.contains("tea at five?")).count());

    tmux("send-keys", "-t", "bob", "-l", "nou");
    tmux("send-keys", "-t", "bob", "BSpace", "BSpace");
    type("bob", "o, at six");
    await("alice", "bob: no, at six");

    type("alice", "/smp bob which tree?");
    await("alice", "type the secret");
    tmux("send-keys", "-t", "alice", "-l", "pear");
    String hidden = await("alice", "> ••••");
    assertFalse(hidden.contains("pear"), hidden);
    tmux("send-keys", "-t", "alice", "Enter");
    await("bob", "which tree?");
    type("bob", "/answer");
    await("bob", "type the secret");
    type("bob", "pear");
    await("alice", "bob ✓");

    Path file = Files.write(folder.resolve("pear.jpg"), new byte[2_000_000]);
    type("bob", "/send " + file);
    await("alice", "bob offers file 1: pear.jpg");
    type("alice", "/get 1");
    await("alice", "file 1 is complete and verified");
    assertEquals(-1, Files.mismatch(file, folder.resolve("for-alice/pear.jpg")));

    type("bob", "\\e[2Jnot cleared");
    await("alice", "not cleared");
    type("alice", "/close");
    await("bob", "the channel is closed");
    System.out.println(screen("bob"));
    await("bob", "the keys of alice are public");
    type("bob", "/forge 1 coffee, never tea");
    await("bob", "the judge accepts every word");
    String last = await("bob", "alice: coffee, never tea");
    System.out.println(last);
  }
}
