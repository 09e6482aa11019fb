package org.mpotr.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole of it at once. */
@Command(
    name = "demo",
    description = "Three members meet through a relay, agree on a key, and talk.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final String DIALOGUE = "dialogue.txt";
  private static final List<String> SPEAKERS = List.of("alice", "bob", "carol");
  private static final int MAX_LINES = 1_000;
  private static final int MAX_LINE_BYTES = 1 << 15;

  @Spec private CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "TEXT",
      description = "What they say: a text in UTF-8, its lines dealt out in turn.")
  private Path file;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "N",
      description = "Where the relay listens; any port that is free if not given.")
  private int port;

  @Override
  public Integer call() throws Exception {
    Script script = new Script(SPEAKERS, lines());
    Narrator narrator = new Narrator(spec.commandLine().getOut(), script);
    boolean held = new Demo(script, narrator).run(port);
    spec.commandLine().getOut().println();
    narrator.mark(held ? "conversation complete" : "conversation NOT complete");
    return held ? 0 : ChatCommand.FAILED;
  }

  private List<String> lines() throws IOException {
    List<String> lines = read().stream().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new IOException("the text has no lines, or more than " + MAX_LINES);
    }
    for (String line : lines) {
      if (line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE_BYTES) {
        throw new IOException("a line of the text has more than " + MAX_LINE_BYTES + " bytes");
      }
    }
    return lines;
  }

  private List<String> read() throws IOException {
    if (file != null) {
      try {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
      } catch (CharacterCodingException e) {
        throw new IOException(file + " is not a text in UTF-8", e);
      }
    }
    try (InputStream input = DemoCommand.class.getResourceAsStream(DIALOGUE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
