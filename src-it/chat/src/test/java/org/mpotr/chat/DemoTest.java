package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as a person runs it. */
@Timeout(60)
class DemoTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everybodyHearsEverythingAndTheRelayNothing(@TempDir Path folder) throws Exception {
    Path text = folder.resolve("text.txt");
    List<String> lines =
        List.of("Grüße aus dem Garten", "ok", "a line with \u001b[31mcolour", "", "the last one");
    Files.write(text, lines, StandardCharsets.UTF_8);

    int exitCode = run("demo", "--file", text.toString());

    assertEquals(0, exitCode, () -> out + "\n" + err);
    List<String> told = out.toString().lines().toList();
    assertEquals(1, told.stream().filter(l -> l.matches("session id: [0-9a-f]{64}")).count());
    assertEquals("conversation complete", told.get(told.size() - 1));
    assertHeard(told, "alice", "bob", "ok");
    assertHeard(told, "carol", "bob", "ok");
    for (String listener : List.of("bob", "carol")) {
      assertHeard(told, listener, "alice", "Grüße aus dem Garten");
      assertHeard(told, listener, "alice", "the last one");
    }
    assertHeard(told, "bob", "carol", "a line with ␛[31mcolour");
    assertEquals(3, told.stream().filter(l -> l.contains("left with all 4 lines")).count());
    assertTrue(out.toString().contains("none of them is there"), out::toString);
    assertTrue(out.toString().contains("1 of them are too short"), out::toString);
    assertTrue(told.stream().noneMatch(line -> line.indexOf('\u001b') >= 0));
  }

  @Test
  void hasADialogueOfItsOwn() {
    assertEquals(0, run("demo"), () -> out + "\n" + err);
    assertTrue(out.toString().endsWith("conversation complete\n"), out::toString);
  }

  @Test
  void saysWhatIsWrongWithAText(@TempDir Path folder) throws Exception {
    Path text = folder.resolve("text.txt");
    assertEquals(1, run("demo", "--file", text.toString()));
    Files.write(text, new byte[] {(byte) 0xff, '\n'});
    assertEquals(1, run("demo", "--file", text.toString()));
    assertTrue(err.toString().contains("is not a text in UTF-8"), err::toString);
    Files.writeString(text, "\n \n");
    assertEquals(1, run("demo", "--file", text.toString()));
    assertTrue(err.toString().contains("the text has no lines"), err::toString);
  }

  private static void assertHeard(List<String> told, String listener, String from, String text) {
    assertTrue(
        told.stream()
            .anyMatch(
                line ->
                    line.strip().startsWith(listener)
                        && line.contains("received from " + from + ": " + text + "   (")),
        listener + " from " + from + ": " + text);
  }

  private int run(String... args) {
    return ChatCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(args);
  }
}
