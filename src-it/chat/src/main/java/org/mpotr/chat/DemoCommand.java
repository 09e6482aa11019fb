package org.mpotr.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.Callable;
import org.mpotr.chat.demo.Demo;
import org.mpotr.chat.demo.DemoFailedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole conversation in one program. */
@Command(
    name = "demo",
    description = "Runs a relay and three members, from their first hello to a forged transcript.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final String DIALOGUE = "dialogue.txt";

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "N",
      description = "Where the relay listens; any free port by default.")
  private int port;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page that shows who knew what when.")
  private Path html;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("mpotr-demo");
    boolean isComplete = false;
    try (Demo demo = new Demo(out, lines(), folder)) {
      try {
        demo.run(port);
        isComplete = true;
      } catch (DemoFailedException e) {
        spec.commandLine().getErr().println("mpotr-chat: " + e.getMessage());
      }
      if (html != null) {
        Files.writeString(html, demo.page(), StandardCharsets.UTF_8);
        out.println();
        out.println("who knew what when: " + html);
      }
    } finally {
      delete(folder);
    }
    out.println();
    out.println(isComplete ? "conversation complete" : "conversation NOT complete");
    out.flush();
    return isComplete ? 0 : ChatCommand.FAILED;
  }

  private static List<String> lines() throws IOException {
    try (InputStream input = DemoCommand.class.getResourceAsStream(DIALOGUE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
