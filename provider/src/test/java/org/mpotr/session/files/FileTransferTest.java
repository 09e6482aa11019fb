package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.files.TestFiles.CHUNK;
import static org.mpotr.session.files.TestFiles.assertRefused;
import static org.mpotr.session.files.TestFiles.chunk;
import static org.mpotr.session.files.TestFiles.incoming;
import static org.mpotr.session.files.TestFiles.offer;
import static org.mpotr.session.files.TestFiles.received;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.SeededRandom;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.files.FileRequest.Range;
import org.mpotr.wire.Bytes;

/** A file from one member to others, as section 11 has it, and what must not come of it. */
class FileTransferTest {

  private static final long HOUR = 3_600_000;

  private static List<FileChunk> chunks(OutgoingFile file) throws Exception {
    List<FileChunk> chunks = new ArrayList<>();
    for (int i = 0; i < file.offer().chunkCount(); i++) {
      chunks.add(chunk(file, i));
    }
    return chunks;
  }

  private static void assertHolds(byte[] expected, IncomingFile file, MemoryChannel target) {
    assertEquals(FileState.COMPLETE, file.state());
    assertArrayEquals(expected, target.content());
    assertTrue(file.missing(0, 1).isEmpty());
    assertFalse(file.offer().isDestroyed());
    file.epochEnded();
    assertTrue(file.offer().isDestroyed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 1_023, 1_024, 1_025, 4_096, 10_240, 10_241, 66_000})
  void inAnyOrderAndMoreThanOnce(int size) throws Exception {
    byte[] content = TestFiles.random(size);
    OutgoingFile sent = offer(content);
    assertEquals(CHUNK, sent.offer().chunkSize());
    assertEquals(Math.max(1, (size + CHUNK - 1) / CHUNK), sent.offer().chunkCount());
    for (int order = 0; order < 4; order++) {
      MemoryChannel target = new MemoryChannel(order == 0 ? new byte[0] : new byte[size + 9]);
      IncomingFile file = incoming(sent, target);
      List<FileChunk> chunks = chunks(sent);
      if (order > 0) {
        Collections.shuffle(chunks, new SeededRandom("order " + order));
      }
      for (FileChunk chunk : chunks) {
        assertEquals(FileState.OPEN, file.state());
        assertFalse(file.has(chunk.index()));
        assertTrue(file.accept(chunk, 0));
        assertTrue(file.has(chunk.index()));
        assertFalse(file.accept(chunk, 0));
      }
      assertHolds(content, file, target);
    }
  }

  /** Tree, cipher and places of the fields, by other means than those that made them. */
  @Test
  void asTheTextHasIt() throws Exception {
    byte[] content = TestFiles.random(10 * CHUNK + 100);
    OutgoingFile sent = offer(content);
    byte[] encoded = sent.offer().encode();
    // name<V>, type<V>, size, chunk_size.
    int keyOffset = 1 + 7 + 1 + 10 + 8 + 4;
    assertEquals(keyOffset + 16 + 32, encoded.length);
    SecretKeySpec key = new SecretKeySpec(encoded, keyOffset, 16, "AES");
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
    byte[] encrypted = cipher.doFinal(content);
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      int end = Math.min((i + 1) * CHUNK, content.length);
      leaves.add(NaiveTree.leaf(i, Arrays.copyOfRange(encrypted, i * CHUNK, end)));
    }
    byte[] root = NaiveTree.root(leaves);
    assertArrayEquals(root, Arrays.copyOfRange(encoded, keyOffset + 16, encoded.length));
    byte[] third = sent.chunk(3, 0).content();
    byte[] path = NaiveTree.path(leaves, 3);
    assertArrayEquals(root, Arrays.copyOf(third, 32));
    assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 0, 3}, Arrays.copyOfRange(third, 32, 40));
    assertEquals(0x44, third[40]);
    assertEquals(0x00, third[41]);
    assertArrayEquals(
        Arrays.copyOfRange(encrypted, 3 * CHUNK, 4 * CHUNK),
        Arrays.copyOfRange(third, 42, 42 + CHUNK));
    assertEquals(0x40, third[42 + CHUNK]);
    assertEquals(path.length, third[43 + CHUNK] & 0xff);
    assertArrayEquals(path, Arrays.copyOfRange(third, 44 + CHUNK, third.length));
  }

  /** Any one bit of a chunk, wherever it is: refused, and nothing is written. */
  @Test
  void everyBitCounts() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(2 * CHUNK + 40));
    for (int index : new int[] {0, 2}) {
      byte[] valid = sent.chunk(index, 0).content();
      MemoryChannel target = new MemoryChannel();
      IncomingFile file = incoming(sent, target);
      for (int bit = 0; bit < 8 * valid.length; bit++) {
        byte[] altered = valid.clone();
        altered[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(Exception.class, () -> file.accept(FileChunk.decode(altered), 0));
      }
      assertEquals(0, file.presentCount());
      assertEquals(0, target.content().length);
      assertTrue(file.accept(FileChunk.decode(valid), 0));
    }
  }

  @Test
  void aChunkOfAnotherFileOrPlace() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(4 * CHUNK));
    OutgoingFile other = offer(TestFiles.random(4 * CHUNK + 1));
    IncomingFile file = incoming(sent, new MemoryChannel());
    assertRefused(ErrorCode.MALFORMED, () -> file.accept(chunk(other, 0), 0));
    byte[] foreign = other.chunk(0, 0).content();
    sent.offer().root().copyTo(foreign, 0);
    assertRefused(ErrorCode.MALFORMED, () -> file.accept(FileChunk.decode(foreign), 0));
    byte[] moved = sent.chunk(0, 0).content();
    moved[39] = 1;
    assertRefused(ErrorCode.VERIFICATION_FAILED, () -> file.accept(FileChunk.decode(moved), 0));
    moved[39] = 4;
    assertRefused(ErrorCode.MALFORMED, () -> file.accept(FileChunk.decode(moved), 0));
    assertRefused(ErrorCode.MALFORMED, () -> sent.chunk(4, 0));
    assertRefused(ErrorCode.MALFORMED, () -> sent.chunk(-1, 0));
    assertEquals(0, file.presentCount());
  }

  @Test
  void nothingHasToCome() throws Exception {
    OutgoingFile sent = offer(new byte[0]);
    assertEquals(1, sent.offer().chunkCount());
    for (byte[] before : List.of(new byte[0], new byte[3])) {
      MemoryChannel target = new MemoryChannel(before);
      IncomingFile file = incoming(sent, target);
      assertFalse(file.accept(chunk(sent, 0), 0));
      assertHolds(new byte[0], file, target);
    }
  }

  /** The end of the process at each point: what is on the disk says how far it had come. */
  @ParameterizedTest
  @ValueSource(ints = {1, CHUNK, 2 * CHUNK, 9 * CHUNK + 5})
  void resumedAfterEachChunk(int size) throws Exception {
    byte[] content = TestFiles.random(size);
    OutgoingFile sent = offer(content);
    List<FileChunk> chunks = chunks(sent);
    Collections.shuffle(chunks, new SeededRandom("order"));
    for (int done = 0; done <= chunks.size(); done++) {
      MemoryChannel target = new MemoryChannel();
      IncomingFile before = incoming(sent, target);
      for (FileChunk chunk : chunks.subList(0, done)) {
        before.accept(chunk, 0);
      }
      IncomingFile after = incoming(sent, target);
      assertEquals(done, after.presentCount());
      for (FileChunk chunk : chunks) {
        assertEquals(chunks.indexOf(chunk) >= done, after.accept(chunk, 0));
      }
      assertHolds(content, after, target);
      assertEquals(chunks.size(), after.presentCount());
    }
  }

  /** Any bit of what is on the disk: the chunk that it is of is missing, and no other. */
  @Test
  void whatWasDamagedOnDiskIsMissing() throws Exception {
    byte[] content = TestFiles.random(3 * CHUNK);
    OutgoingFile sent = offer(content);
    MemoryChannel target = new MemoryChannel();
    IncomingFile before = incoming(sent, target);
    before.accept(chunk(sent, 0), 0);
    before.accept(chunk(sent, 2), 0);
    byte[] kept = target.content();
    // The paths have two nodes and, for the last chunk, one.
    assertEquals(3 * CHUNK + 2 * 64 + 32, kept.length);
    for (int place = 0; place < kept.length; place++) {
      byte[] damaged = kept.clone();
      damaged[place] ^= (byte) (1 << place % 8);
      int path = place - 3 * CHUNK;
      int owner = path < 0 ? place / CHUNK : path / 64;
      IncomingFile after = incoming(sent, new MemoryChannel(damaged));
      assertEquals(owner != 0, after.has(0), "at " + place);
      assertFalse(after.has(1));
      assertEquals(owner != 2, after.has(2), "at " + place);
    }
    for (int length = 0; length < kept.length; length += 7) {
      IncomingFile cut = incoming(sent, new MemoryChannel(Arrays.copyOf(kept, length)));
      assertEquals(length >= 3 * CHUNK + 64 ? 1 : 0, cut.presentCount(), "of " + length);
      assertFalse(cut.has(2));
    }
  }

  @Test
  void aFileThatIsThereIsComplete() throws Exception {
    byte[] content = TestFiles.random(5 * CHUNK + 1);
    OutgoingFile sent = offer(content);
    MemoryChannel target = new MemoryChannel(content);
    assertHolds(content, incoming(sent, target), target);
    content[4_000] ^= 1;
    IncomingFile other = incoming(sent, new MemoryChannel(content));
    assertEquals(FileState.OPEN, other.state());
    assertEquals(0, other.presentCount());
    MemoryChannel failing = new MemoryChannel(content);
    failing.fail(true);
    assertRefused(ErrorCode.STORAGE, () -> incoming(sent, failing));
    FileOffer destroyed = received(sent);
    destroyed.destroy();
    assertRefused(ErrorCode.CLOSED, () -> IncomingFile.open(destroyed, target, 0));
  }

  @Test
  void placesThatWereNeverWrittenAreNotRead() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(100 * CHUNK));
    MemoryChannel target = new MemoryChannel();
    incoming(sent, target).accept(chunk(sent, 99), 0);
    int reads = target.reads();
    assertEquals(1, incoming(sent, target).presentCount());
    assertTrue(target.reads() - reads < 110, "a chunk takes two reads, a path one");
  }

  @Test
  void storageThatFailsLosesNothing() throws Exception {
    byte[] content = TestFiles.random(2 * CHUNK + 1);
    OutgoingFile sent = offer(content);
    MemoryChannel target = new MemoryChannel();
    IncomingFile file = incoming(sent, target);
    for (FileChunk chunk : chunks(sent)) {
      target.fail(true);
      assertRefused(ErrorCode.STORAGE, () -> file.accept(chunk, 0));
      target.fail(false);
      target.full(true);
      assertRefused(ErrorCode.STORAGE, () -> file.accept(chunk, 0));
      target.full(false);
      assertFalse(file.has(chunk.index()));
      assertTrue(file.accept(chunk, 0));
    }
    assertHolds(content, file, target);
  }

  /** Two members that have a part each, and nobody else, help each other to the whole. */
  @Test
  void whoHasAPartServesIt() throws Exception {
    byte[] content = TestFiles.random(7 * CHUNK + 3);
    OutgoingFile sent = offer(content);
    MemoryChannel firstTarget = new MemoryChannel();
    MemoryChannel secondTarget = new MemoryChannel();
    IncomingFile first = incoming(sent, firstTarget);
    IncomingFile second = incoming(sent, secondTarget);
    for (int i = 0; i < 8; i++) {
      (i % 3 == 0 ? first : second).accept(chunk(sent, i), 0);
    }
    sent.cancel();
    assertRefused(ErrorCode.GAP, () -> first.chunk(1, 0));
    assertRefused(ErrorCode.MALFORMED, () -> first.chunk(8, 0));
    for (int i = 0; i < 8; i++) {
      if (i % 3 == 0) {
        assertTrue(second.accept(chunk(first, i), 0));
      } else {
        assertTrue(first.accept(chunk(second, i), 0));
      }
    }
    IncomingFile third = incoming(offer(content), new MemoryChannel());
    for (int i = 0; i < 8; i++) {
      assertTrue(third.accept(chunk(first, i), 0));
    }
    assertHolds(content, first, firstTarget);
    assertHolds(content, second, secondTarget);
    assertRefused(ErrorCode.CLOSED, () -> first.chunk(0, 0));
  }

  @Test
  void aReceivedFileThatChangedIsNotServed() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(2 * CHUNK));
    MemoryChannel target = new MemoryChannel();
    IncomingFile file = incoming(sent, target);
    file.accept(chunk(sent, 0), 0);
    target.position(3).write(ByteBuffer.wrap(new byte[5]));
    assertRefused(ErrorCode.STORAGE, () -> file.chunk(0, 0));
    file.accept(chunk(sent, 1), 0);
    assertEquals(FileState.COMPLETE, file.state());
    assertRefused(ErrorCode.STORAGE, () -> file.chunk(1, 0));
  }

  /** Which key is gone when: the epoch erased and the file complete, or the hour over. */
  @Test
  void theKeyGoesWithEpochAndFile() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(2 * CHUNK));
    IncomingFile file = incoming(sent, new MemoryChannel());
    file.accept(chunk(sent, 0), 0);
    file.epochEnded();
    assertFalse(file.offer().isDestroyed());
    file.accept(chunk(sent, 1), 0);
    assertEquals(FileState.COMPLETE, file.state());
    assertTrue(file.offer().isDestroyed());
  }

  @Test
  void anOfferedFileThatChangedIsNotSent() throws Exception {
    byte[] content = TestFiles.random(3 * CHUNK);
    MemoryChannel source = new MemoryChannel(content);
    OutgoingFile sent = offer(source);
    source.position(CHUNK).write(ByteBuffer.wrap(new byte[5]));
    sent.chunk(0, 0);
    assertRefused(ErrorCode.STORAGE, () -> sent.chunk(1, 0));
    source.truncate(3 * CHUNK - 1);
    assertRefused(ErrorCode.STORAGE, () -> sent.chunk(2, 0));
    source.fail(true);
    assertRefused(ErrorCode.STORAGE, () -> sent.chunk(0, 0));
    assertRefused(ErrorCode.STORAGE, () -> offer(source));
  }

  @Test
  void theHourOfAnOffer() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(2 * CHUNK));
    IncomingFile file = IncomingFile.open(received(sent), new MemoryChannel(), 1_000);
    IncomingFile served = IncomingFile.open(received(sent), new MemoryChannel(), 1_000);
    served.accept(chunk(sent, 0), 1_000);
    served.accept(chunk(sent, 1), 1_000);
    FileChunk chunk = chunk(sent, 0);
    sent.chunk(0, HOUR - 1);
    assertEquals(FileState.OPEN, sent.tick(HOUR - 1));
    assertRefused(ErrorCode.EXPIRED, () -> sent.chunk(0, HOUR));
    assertEquals(FileState.EXPIRED, sent.state());
    assertTrue(sent.offer().isDestroyed());
    assertThrows(IllegalStateException.class, () -> sent.offer().encode());

    assertTrue(file.accept(chunk, HOUR + 999));
    served.chunk(1, HOUR + 999);
    assertRefused(ErrorCode.EXPIRED, () -> file.accept(chunk, HOUR + 1_000));
    assertEquals(FileState.EXPIRED, file.state());
    assertTrue(file.offer().isDestroyed());
    assertTrue(file.missing(0, 1).isEmpty());
    assertRefused(ErrorCode.CLOSED, () -> served.chunk(1, HOUR + 1_000));
    assertEquals(FileState.COMPLETE, served.state());
    assertTrue(served.offer().isDestroyed());
  }

  @Test
  void givenUp() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(CHUNK));
    FileChunk chunk = chunk(sent, 0);
    IncomingFile file = incoming(sent, new MemoryChannel());
    file.cancel();
    assertEquals(FileState.CANCELLED, file.state());
    assertTrue(file.offer().isDestroyed());
    assertRefused(ErrorCode.CLOSED, () -> file.accept(chunk, 0));
    assertEquals(FileState.CANCELLED, file.tick(HOUR));
    IncomingFile destroyed = incoming(sent, new MemoryChannel());
    destroyed.offer().destroy();
    assertRefused(ErrorCode.CLOSED, () -> destroyed.accept(chunk, 0));
    sent.cancel();
    assertEquals(FileState.CANCELLED, sent.state());
    assertTrue(sent.offer().isDestroyed());
    assertRefused(ErrorCode.CLOSED, () -> sent.chunk(0, 0));
  }

  @Test
  void whatIsMissing() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(200 * CHUNK));
    IncomingFile file = incoming(sent, new MemoryChannel());
    assertEquals(List.of(new Range(0, 50)), file.missing(0, 50).orElseThrow().ranges());
    assertEquals(List.of(new Range(150, 50)), file.missing(150, 99).orElseThrow().ranges());
    assertTrue(file.missing(200, 1).isEmpty());
    assertTrue(file.missing(-1, 1).isEmpty());
    for (int i = 0; i < 200; i += 2) {
      file.accept(chunk(sent, i), 0);
    }
    FileRequest many = file.missing(0, 1_000).orElseThrow();
    assertEquals(FileRequest.MAX_RANGES, many.ranges().size());
    assertEquals(new Range(1, 1), many.ranges().get(0));
    assertEquals(new Range(127, 1), many.ranges().get(63));
    assertEquals(10, file.missing(0, 10).orElseThrow().ranges().size());
  }

  @Test
  void secretsAreNotShown() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(CHUNK));
    byte[] encoded = sent.offer().encode();
    String key = Bytes.slice(encoded, 31, 16).toHex();
    assertFalse((sent.offer().toString() + sent + sent.offer().key()).contains(key));
    assertFalse(chunk(sent, 0).toString().isEmpty());
  }
}
