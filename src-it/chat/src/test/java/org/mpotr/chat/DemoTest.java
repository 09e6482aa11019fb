package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
@Timeout(240)
class DemoTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return ChatCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void tellsAConversationToItsForgedEnd(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("demo.html");
    assertEquals(0, run("demo", "--html", page.toString()), () -> out + "\n" + err);
    List<String> told = out.toString().lines().map(String::strip).toList();
    assertEquals("conversation complete", told.get(told.size() - 1));
    assertFalse(out.toString().contains("PROBLEM"), out::toString);
    String first = "alice: Has everybody compared the group code?";
    assertTrue(told.contains("bob     " + first));
    assertFalse(told.contains("carol   " + first), "who came later has not heard it");
    assertTrue(told.contains("carol   is sure who alice is"));
    assertTrue(told.contains("carol   has all of garden.jpg, and it is what was offered"));
    int forgery = told.indexOf("alice: I never said anything at all.");
    assertTrue(
        forgery
            > told.indexOf("and the judge accepts the forged one, every signature and tag of it:"));
    assertTrue(out.toString().contains("no nickname, identity, fingerprint or line of text"));

    String html = Files.readString(page, StandardCharsets.UTF_8);
    assertTrue(html.startsWith("<!doctype html>"));
    assertTrue(html.contains("<th>alice</th><th>bob</th><th>carol</th><th>relay</th>"));
    assertTrue(html.contains("alice: Until five!"));
    assertFalse(html.contains("src=") || html.contains("href="), "it stands alone");
  }

  @Test
  void saysWhatIsWrong() {
    assertEquals(2, run("demo", "--port", "tea"));
    assertTrue(err.toString().contains("--port"), err::toString);
    assertEquals(1, run("demo", "--port", "70000"));
    assertTrue(err.toString().contains("mpotr-chat: "), err::toString);
    assertFalse(err.toString().contains("\tat "), "a stack trace: " + err);
  }
}
