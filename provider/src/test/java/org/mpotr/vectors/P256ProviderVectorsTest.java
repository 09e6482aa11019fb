package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mpotr.P256Provider;

/**
 * The published vectors of ECDH and ECDSA once more, through the services of "mpOTR-P256" and
 * judged by the same policy as those of {@link PublicVectorsTest}.
 */
class P256ProviderVectorsTest {

  @Test
  void everyVectorIsAnsweredRight() throws IOException {
    Path directory = PublicVectorsTest.directory();
    assumeTrue(Files.isDirectory(directory), "no directory of vectors");
    Tally tally = new Tally(System.out);
    new VectorSuite(directory, tally, ServiceVectors.of(new P256Provider())).run();
    tally.summarize();
    assertEquals(List.of(), tally.wrong());
    assertTrue(tally.run() > 0, "no vector in " + directory + " is for mpOTR-P256");
  }
}
