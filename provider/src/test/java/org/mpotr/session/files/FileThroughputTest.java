package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.ChildJvm;

/** Files of some size between three members: 16 MiB, and in the long form 1 GiB in a small heap. */
class FileThroughputTest {

  private static void assertReported(List<String> report) {
    assertEquals(5, report.size(), () -> String.join("\n", report));
    report.forEach(System.out::println);
  }

  @Test
  void sixteenMebibytes(@TempDir Path folder) throws Exception {
    assertReported(ThreeMemberTransfer.run(folder, (16 << 20) + 1));
  }

  @Test
  void oneGibibyteInASmallHeap(@TempDir Path folder) throws Exception {
    assumeTrue(Boolean.getBoolean("mpotr.long"), "only in the long form");
    String said =
        ChildJvm.run(
            ThreeMemberTransfer.class,
            "-Xmx128m",
            "-Dmpotr.file.folder=" + folder,
            "-Dmpotr.file.bytes=" + (1L << 30));
    assertReported(said.lines().toList());
  }
}
