package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.files.TestFiles.CHUNK;
import static org.mpotr.session.files.TestFiles.assertRefused;
import static org.mpotr.session.files.TestFiles.chunk;
import static org.mpotr.session.files.TestFiles.offer;
import static org.mpotr.session.files.TestFiles.received;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    assertTrue(file.offer().isDestroyed());
    assertArrayEquals(expected, target.content());
    assertTrue(file.missing(0, 1).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 1_023, 1_024, 1_025, 4_096, 10_240, 10_241, 66_000})
  void inAnyOrderAndMoreThanOnce(int size) throws Exception {
    byte[] content = TestFiles.random(size);
    OutgoingFile sent = offer(content);
    assertEquals(CHUNK, sent.offer().chunkSize());
    assertEquals(Math.max(1, (size + CHUNK - 1) / CHUNK), sent.offer().chunkCount());
    for (int order = 0; order < 4; order++) {
      MemoryChannel target = new MemoryChannel(order == 0 ? new byte[0] : new byte[size + 9]);
      IncomingFile file = new IncomingFile(received(sent), target, 0);
      List<FileChunk> chunks = chunks(sent);
      if (order > 0) {
        Collections.shuffle(chunks, new Random(order));
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
      IncomingFile file = new IncomingFile(received(sent), target, 0);
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
    IncomingFile file = new IncomingFile(received(sent), new MemoryChannel(), 0);
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
  void resumedAfterEachPrefix() throws Exception {
    byte[] content = TestFiles.random(9 * CHUNK + 5);
    OutgoingFile sent = offer(content);
    List<FileChunk> chunks = chunks(sent);
    Collections.shuffle(chunks, new Random(7));
    for (int done = 0; done <= chunks.size(); done++) {
      MemoryChannel target = new MemoryChannel();
      IncomingFile before = new IncomingFile(received(sent), target, 0);
      for (FileChunk chunk : chunks.subList(0, done)) {
        before.accept(chunk, 0);
      }
      byte[] progress = before.progress();
      IncomingFile after = IncomingFile.resume(received(sent), target, progress, 0);
      assertEquals(done, after.presentCount());
      for (FileChunk chunk : chunks) {
        assertEquals(chunks.indexOf(chunk) >= done, after.accept(chunk, 0));
      }
      assertHolds(content, after, target);
      assertEquals(10, after.presentCount());
    }
  }

  @Test
  void progressOfAnotherFileOrNone() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(9 * CHUNK));
    byte[] other =
        new IncomingFile(offer(TestFiles.random(9 * CHUNK + 1)).offer(), new MemoryChannel(), 0)
            .progress();
    byte[] own = new IncomingFile(received(sent), new MemoryChannel(), 0).progress();
    byte[] beyond = own.clone();
    beyond[beyond.length - 1] = 2;
    for (byte[] wrong : List.of(other, beyond, Arrays.copyOf(own, own.length - 1), new byte[0])) {
      assertRefused(
          ErrorCode.MALFORMED,
          () -> IncomingFile.resume(received(sent), new MemoryChannel(), wrong, 0));
    }
    MemoryChannel failing = new MemoryChannel();
    failing.fail(true);
    assertRefused(ErrorCode.STORAGE, () -> IncomingFile.resume(received(sent), failing, own, 0));
  }

  @Test
  void whatWasKeptIsVerifiedInTheEnd() throws Exception {
    byte[] content = TestFiles.random(5 * CHUNK);
    OutgoingFile sent = offer(content);
    MemoryChannel target = new MemoryChannel();
    IncomingFile before = new IncomingFile(received(sent), target, 0);
    for (int i : new int[] {0, 1, 2, 4}) {
      before.accept(chunk(sent, i), 0);
    }
    byte[] damaged = target.content();
    damaged[CHUNK + 1] ^= 1;
    MemoryChannel again = new MemoryChannel(damaged);
    IncomingFile file = IncomingFile.resume(received(sent), again, before.progress(), 0);
    assertEquals(4, file.presentCount());
    assertRefused(ErrorCode.STORAGE, () -> file.accept(chunk(sent, 3), 0));
    assertEquals(0, file.presentCount());
    assertEquals(FileState.OPEN, file.state());
    for (FileChunk chunk : chunks(sent)) {
      assertTrue(file.accept(chunk, 0));
    }
    assertHolds(content, file, again);

    // What a crash cut off is missing.
    MemoryChannel cut = new MemoryChannel(Arrays.copyOf(content, 2 * CHUNK - 1));
    IncomingFile rest = IncomingFile.resume(received(sent), cut, before.progress(), 0);
    assertEquals(List.of(new Range(1, 4)), rest.missing(0, 99).orElseThrow().ranges());
  }

  @Test
  void storageThatFailsLosesNothing() throws Exception {
    byte[] content = TestFiles.random(2 * CHUNK + 1);
    OutgoingFile sent = offer(content);
    MemoryChannel target = new MemoryChannel();
    IncomingFile file = new IncomingFile(received(sent), target, 0);
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

  @Test
  void aCompleteFileServesOthers() throws Exception {
    byte[] content = TestFiles.random(7 * CHUNK + 3);
    OutgoingFile sent = offer(content);
    MemoryChannel target = new MemoryChannel();
    IncomingFile first = new IncomingFile(received(sent), target, 0);
    first.serve();
    for (FileChunk chunk : chunks(sent)) {
      assertRefused(ErrorCode.CLOSED, () -> first.chunk(0, 0));
      first.accept(chunk, 0);
    }
    assertEquals(FileState.COMPLETE, first.state());
    assertFalse(first.offer().isDestroyed());
    sent.cancel();
    IncomingFile second = new IncomingFile(received(offer(content)), new MemoryChannel(), 0);
    for (int i = 0; i < 8; i++) {
      assertTrue(second.accept(chunk(first, i), 0));
    }
    assertEquals(FileState.COMPLETE, second.state());
    assertRefused(ErrorCode.CLOSED, () -> second.chunk(0, 0));
    assertRefused(ErrorCode.MALFORMED, () -> first.chunk(8, 0));
    assertThrows(IllegalStateException.class, second::serve);
    first.cancel();
    assertEquals(FileState.COMPLETE, first.state());
    assertTrue(first.offer().isDestroyed());
    assertRefused(ErrorCode.CLOSED, () -> first.chunk(0, 0));
  }

  @Test
  void aServedFileThatChangedIsNotServed() throws Exception {
    OutgoingFile sent = offer(TestFiles.random(CHUNK));
    MemoryChannel target = new MemoryChannel();
    IncomingFile file = new IncomingFile(received(sent), target, 0);
    file.serve();
    file.accept(chunk(sent, 0), 0);
    target.position(3).write(java.nio.ByteBuffer.wrap(new byte[5]));
    assertRefused(ErrorCode.STORAGE, () -> file.chunk(0, 0));
  }

  @Test
  void anOfferedFileThatChangedIsNotSent() throws Exception {
    byte[] content = TestFiles.random(3 * CHUNK);
    MemoryChannel source = new MemoryChannel(content);
    OutgoingFile sent = offer(source);
    source.position(CHUNK).write(java.nio.ByteBuffer.wrap(new byte[5]));
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
    IncomingFile file = new IncomingFile(received(sent), new MemoryChannel(), 1_000);
    IncomingFile served = new IncomingFile(received(sent), new MemoryChannel(), 1_000);
    served.serve();
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
    IncomingFile file = new IncomingFile(received(sent), new MemoryChannel(), 0);
    file.cancel();
    assertEquals(FileState.CANCELLED, file.state());
    assertTrue(file.offer().isDestroyed());
    assertRefused(ErrorCode.CLOSED, () -> file.accept(chunk, 0));
    assertEquals(FileState.CANCELLED, file.tick(HOUR));
    IncomingFile destroyed = new IncomingFile(received(sent), new MemoryChannel(), 0);
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
    IncomingFile file = new IncomingFile(received(sent), new MemoryChannel(), 0);
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

    WantedChunks wanted = new WantedChunks(sent.offer());
    assertTrue(wanted.isEmpty());
    wanted.add(many);
    wanted.add(new FileRequest(many.root(), List.of(new Range(190, 1_000), new Range(5_000, 1))));
    wanted.remove(3);
    wanted.remove(7_000);
    int sentChunks = 0;
    for (OptionalLong next = wanted.next(); next.isPresent(); next = wanted.next()) {
      file.accept(chunk(sent, next.getAsLong()), 0);
      sentChunks++;
    }
    assertEquals(63 + 10, sentChunks);
    assertTrue(wanted.isEmpty());
    assertEquals(List.of(new Range(3, 1)), file.missing(0, 1).orElseThrow().ranges());
    assertEquals(new Range(129, 1), file.missing(4, 100).orElseThrow().ranges().get(0));
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
