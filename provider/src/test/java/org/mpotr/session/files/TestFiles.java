package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.function.Executable;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.error.ErrorCode;

/** Files, offers and epochs for the tests of this package. */
final class TestFiles {

  /** An epoch in which chunks have 1,024 bytes. */
  static final EpochParameters SMALL_FRAMES =
      EpochParameters.of("#tea").withLimits(Limits.DEFAULT.withFrameBytes(2_000));

  static final int CHUNK = 1_024;

  private TestFiles() {}

  static byte[] random(int size) {
    byte[] content = new byte[size];
    new SplittableRandom(size).nextBytes(content);
    return content;
  }

  static OutgoingFile offer(MemoryChannel content) throws FileException {
    return offer(content, SMALL_FRAMES);
  }

  static OutgoingFile offer(MemoryChannel content, EpochParameters parameters)
      throws FileException {
    return OutgoingFile.of(
        new FileName("tea.txt"), "text/plain", content, parameters, new SeededRandom("files"), 0);
  }

  static OutgoingFile offer(byte[] content) throws FileException {
    return offer(new MemoryChannel(content));
  }

  /** What a member of the same epoch reads of an offer. */
  static FileOffer received(OutgoingFile file) throws Exception {
    return FileOffer.decode(file.offer().encode(), SMALL_FRAMES);
  }

  /** A file of which nothing is there, as a member receives it. */
  static IncomingFile incoming(OutgoingFile file, MemoryChannel target) throws Exception {
    return IncomingFile.open(received(file), target, 0);
  }

  /** What a member reads of a chunk. */
  static FileChunk chunk(SharedFile file, long index) throws Exception {
    return FileChunk.decode(file.chunk(index, 0).content().clone());
  }

  static void assertRefused(ErrorCode code, Executable action) {
    assertEquals(code, assertThrows(FileException.class, action).code());
  }
}
