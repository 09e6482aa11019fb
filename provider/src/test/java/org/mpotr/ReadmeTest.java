package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README shows code that compiles and runs, and starts with two commands. */
class ReadmeTest {

  private static final String SOURCE = "provider/src/test/java/org/mpotr/ThreeMembersTest.java";

  private record CodeBlock(String language, String code) {}

  @Test
  void showsTheConversationThatIsTested() throws IOException {
    String source = Files.readString(SourceTree.file(SOURCE));
    int start = source.indexOf("// tag::conversation[]\n");
    int end = source.indexOf("// end::conversation[]");
    assertTrue(start >= 0 && start < end, SOURCE + " has lost its tags");
    String tagged =
        source.substring(source.indexOf('\n', start) + 1, source.lastIndexOf('\n', end));
    String conversation = tagged.stripIndent().strip();
    assertTrue(
        codeBlocks().stream()
            .anyMatch(block -> block.language.equals("java") && block.code.contains(conversation)),
        "README.md must contain, in a java code block, what stands between the tags of "
            + SOURCE
            + ", its indentation removed:\n"
            + conversation);
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
