package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mpotr.SourceTree;

/**
 * Section 16 of PROTOCOL.md is what the reference implementation makes; {@code
 * -Dmpotr.regenerate=true} writes it anew.
 */
class AnnotatedRunTest {

  private static final String BEGIN = "<!-- begin: written by AnnotatedRunTest -->\n";
  private static final String END = "<!-- end: written by AnnotatedRunTest -->\n";
  private static final int WIDTH = 110;

  @Test
  void documentHoldsTheRun() throws IOException {
    Path path = SourceTree.file("provider/PROTOCOL.md");
    String document = Files.readString(path);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertTrue(begin >= 0 && begin < end, "PROTOCOL.md has lost the markers of section 16");
    begin += BEGIN.length();
    String made = AnnotatedRun.of(Stories.threeMembers());
    assertTrue(made.lines().allMatch(line -> line.length() <= WIDTH), "a line is too wide");
    if (SourceTree.isRegenerating()) {
      document = document.substring(0, begin) + made + document.substring(end);
      Files.writeString(path, document);
      end = begin + made.length();
    }
    assertEquals(
        made,
        document.substring(begin, end),
        "section 16 of PROTOCOL.md is not what the reference makes; see this test's comment");
  }
}
