package org.mpotr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a virtual machine of its own, for what is decided once in one. */
public final class ChildJvm {

  private static final long LIMIT_SECONDS = 120;

  private ChildJvm() {}

  /**
   * What the child said on both streams, without the line end.
   *
   * @throws IllegalStateException when it ended with an error or not at all
   */
  public static String run(Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      child.getOutputStream().close();
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || child.exitValue() != 0) {
        throw new IllegalStateException("the child failed: " + said);
      }
      return said.strip();
    } finally {
      child.destroyForcibly();
    }
  }
}
