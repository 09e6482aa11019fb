package org.mpotr.it;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs the build in the folder user, where there is a Gradle to run it. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    Stream<String> path = Stream.of(System.getenv("PATH").split(File.pathSeparator));
    if (path.noneMatch(folder -> Files.isExecutable(Path.of(folder, "gradle")))) {
      System.out.println("not here: no gradle command");
      return;
    }
    String version = "-PmpotrVersion=" + arguments[1];
    String repository = "-PmpotrRepository=" + arguments[2];
    Process gradle =
        new ProcessBuilder("gradle", "-q", "--offline", "run", version, repository)
            .directory(new File(arguments[0]))
            .redirectErrorStream(true)
            .start();
    String said = new String(gradle.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (gradle.waitFor() != 0 || !said.contains("hello from Gradle")) {
      throw new AssertionError(said);
    }
    System.out.println("ok: built and run by Gradle");
  }
}
