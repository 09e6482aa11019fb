package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mpotr.error.ErrorCode;

/** The README shows code that compiles and runs, and starts with two commands. */
class ReadmeTest {

  private static final String TESTS = "provider/src/test/java/org/mpotr/";
  private static final String SESSION = "provider/src/main/java/org/mpotr/session/";

  private record CodeBlock(String language, String code) {}

  /** What stands between two tags of a test, its indentation removed. */
  private static String example(String source, String tag) throws IOException {
    String code = Files.readString(SourceTree.file(TESTS + source));
    int start = code.indexOf("// tag::" + tag + "[]\n");
    int end = code.indexOf("// end::" + tag + "[]");
    assertTrue(start >= 0 && start < end, source + " has lost its tags of " + tag);
    String tagged = code.substring(code.indexOf('\n', start) + 1, code.lastIndexOf('\n', end));
    return tagged.stripTrailing().stripIndent().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "ThreeMembersTest.java, conversation",
    "SessionExamplesTest.java, session",
    "SessionExamplesTest.java, listener",
    "SessionExamplesTest.java, sending",
    "SessionExamplesTest.java, forger"
  })
  void showsWhatIsTested(String source, String tag) throws IOException {
    String example = example(source, tag);
    assertTrue(
        codeBlocks().stream()
            .anyMatch(block -> block.language.equals("java") && block.code.contains(example)),
        "README.md must contain, in a java code block, from " + source + ":\n" + example);
  }

  @ParameterizedTest
  @CsvSource({
    "package-info.java, session",
    "package-info.java, listener",
    "package-info.java, sending",
    "package-info.java, closing",
    "files/package-info.java, files",
    "closing/package-info.java, forger"
  })
  void packagesShowWhatIsTested(String document, String tag) throws IOException {
    String example = example("SessionExamplesTest.java", tag);
    String comment =
        Files.readString(SourceTree.file(SESSION + document)).replaceAll("(?m)^ \\* ?", "");
    assertTrue(comment.contains(example), document + " must contain:\n" + example);
  }

  @Test
  void protocolAndCodesNameTheSameErrors() throws IOException {
    String protocol = Files.readString(SourceTree.file("provider/PROTOCOL.md"));
    String table =
        protocol.substring(protocol.indexOf("| code | cause |"), protocol.indexOf("## 13."));
    List<String> rows =
        table.lines().skip(2).takeWhile(line -> line.startsWith("|")).map(String::strip).toList();
    List<String> codes = rows.stream().map(row -> row.split("\\|", -1)[1].strip()).toList();
    assertEquals(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList(), codes);
  }

  @Test
  void startsWithTwoCommands() throws IOException {
    List<CodeBlock> blocks = codeBlocks();
    assertFalse(blocks.isEmpty(), "README.md has no code block");
    List<String> lines = blocks.get(0).code.lines().filter(line -> !line.isBlank()).toList();
    assertEquals(2, lines.size(), "README.md must start with two commands, a line each: " + lines);
  }

  private static List<CodeBlock> codeBlocks() throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    String language = null;
    StringBuilder code = new StringBuilder();
    for (String line : Files.readAllLines(SourceTree.file("README.md"))) {
      boolean isFence = line.startsWith("```");
      if (isFence && language == null) {
        language = line.substring(3).strip();
      } else if (isFence) {
        blocks.add(new CodeBlock(language, code.toString()));
        language = null;
        code.setLength(0);
      } else if (language != null) {
        code.append(line).append('\n');
      }
    }
    return blocks;
  }
}
