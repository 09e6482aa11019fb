package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Published test vectors, put to the very code that the protocol uses. The directory is the system
 * property {@code mpotr.vectors}, by default {@code ../shared/vectors} beside the project; any
 * directory of JSON files in the form of Wycheproof, of flat lists of known answers, or of PEM
 * files with signed data will do, whatever else is in it.
 *
 * <p>The policy, which {@link Expectation} has as a table:
 *
 * <ul>
 *   <li>A <em>valid</em> vector must be answered exactly as it says. Two readings are explicit:
 *       where a vector's answer is the point at infinity, refusing its scalar is that answer; and a
 *       deterministic signature of RFC 6979 with a high s must come out with n − s, since mpOTR
 *       makes low-S only.
 *   <li>An <em>invalid</em> vector must be refused in the documented way: {@code
 *       InvalidKeyException} for a key, {@code SignatureException} for a signature that is not DER,
 *       {@code false} for a signature or tag that does not hold, {@code IllegalArgumentException}
 *       for a length or number out of range.
 *   <li>An <em>acceptable</em> vector may be refused in the documented way or answered exactly as
 *       it says. mpOTR refuses compressed points, curves by explicit parameters, other object
 *       identifiers, and every encoding that is not the canonical one.
 *   <li>Any other result and any other exception is wrong, whatever the vector says.
 *   <li>Vectors of algorithms, curves and sizes that mpOTR has not are skipped and counted by
 *       reason.
 * </ul>
 */
class PublicVectorsTest {

  @Test
  void everyVectorIsAnsweredRight() throws IOException {
    Path directory = directory();
    if (!Files.isDirectory(directory)) {
      System.out.println("vectors: skipped, there is no directory " + directory);
    }
    assumeTrue(Files.isDirectory(directory), "no directory of vectors");
    Tally tally = new Tally(System.out);
    new VectorSuite(directory, tally).run();
    tally.summarize();
    assertEquals(List.of(), tally.wrong());
    assertTrue(tally.run() > 0, "no vector in " + directory + " is for mpOTR");
  }

  static Path directory() {
    Path root = projectRoot();
    String given = System.getProperty("mpotr.vectors", "");
    return root.resolve(given.isEmpty() ? "../shared/vectors" : given).normalize();
  }

  /** The outermost folder with a POM on the way up from where the test runs. */
  private static Path projectRoot() {
    String given = System.getProperty("mpotr.root", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    Path here = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    Path root = here;
    for (Path each = here; each != null; each = each.getParent()) {
      if (Files.exists(each.resolve("pom.xml"))) {
        root = each;
      }
    }
    return root;
  }
}
