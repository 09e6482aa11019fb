package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.files.TestFiles.CHUNK;
import static org.mpotr.session.files.TestFiles.SMALL_FRAMES;
import static org.mpotr.session.files.TestFiles.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Padding;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.files.FileRequest.Range;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireWriter;

/** Contents of file frames, their bounds, and every way in which one is not one (section 11). */
class FileMessagesTest {

  private static final EpochParameters DEFAULT = EpochParameters.of("#tea");
  private static final Bytes ROOT = Bytes.of(TestFiles.random(32));

  private static byte[] offer(byte[] name, String type, long size, long chunkSize) {
    return new WireWriter()
        .vector(name)
        .vector(type.getBytes(StandardCharsets.ISO_8859_1))
        .uint64(size)
        .uint32(chunkSize)
        .opaque(new byte[16])
        .opaque(ROOT)
        .finish();
  }

  private static byte[] offer(String name, String type, long size, long chunkSize) {
    return offer(name.getBytes(StandardCharsets.UTF_8), type, size, chunkSize);
  }

  private static void assertMalformed(Executable action) {
    assertEquals(ErrorCode.MALFORMED, assertThrows(WireException.class, action).code());
  }

  private static void assertNameRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new FileName(name), name);
    assertMalformed(() -> FileOffer.decode(offer(name, "", 1, 1_024), DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "tea at five.txt",
        ".profile",
        "..a",
        "a..b",
        "Königin & Co, 'die' 1ª [2] {3}; #~%$!=+@^`-_.tar.gz",
        "茶.txt",
        "🍵",
        "com",
        "com10",
        "console",
        "nulled.txt",
        "lpt.txt",
        "auxiliary"
      })
  void namesThatAre(String name) throws Exception {
    assertEquals(name, new FileName(name).text());
    FileOffer offer = FileOffer.decode(offer(name, "", 1, 1_024), DEFAULT);
    assertEquals(name, offer.name().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.",
        "/etc/passwd",
        "../up",
        "a/b",
        "a\\b",
        "c:",
        "c:a",
        "a:b",
        "*",
        "a?",
        "\"a\"",
        "<a",
        "a>",
        "a|b",
        " a",
        "a ",
        "\u00a0a",
        "a\u3000",
        "\u2003",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\0",
        "\u007fa",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u200eb",
        "a\u202egnp.exe",
        "\ufeffa",
        "a\u200bb",
        "a\u00adb",
        "e\u0301",
        "\u212b",
        "con",
        "CON",
        "Con.txt",
        "nul .txt",
        "aux.tar.gz",
        "prn",
        "com1",
        "COM\u00b9.txt",
        "lpt9.a",
        "com0",
        "conin$",
        "CONOUT$.x"
      })
  void namesThatAreNot(String name) {
    assertNameRefused(name);
  }

  @Test
  void namesOfEachLength() {
    for (String letter : List.of("a", "é", "茶", "🍵")) {
      int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
      String longest = letter.repeat(255 / bytes);
      assertDoesNotThrow(() -> FileOffer.decode(offer(longest, "", 1, 1_024), DEFAULT));
      assertNameRefused(letter.repeat(255 / bytes + 1));
    }
    assertNameRefused("a".repeat(1_000));
    assertThrows(IllegalArgumentException.class, () -> new FileName("a\ud800"));
    assertThrows(IllegalArgumentException.class, () -> new FileName("\udc00a"));
    for (int first : new int[] {0x80, 0xc0, 0xed, 0xff}) {
      byte[] notUtf8 = {(byte) first, (byte) 0xa0, (byte) 0x80};
      assertMalformed(() -> FileOffer.decode(offer(notUtf8, "", 1, 1_024), DEFAULT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/vnd.a+json", "x/y", "A1/b!#$&^_.+-"})
  void typesThatAre(String type) throws Exception {
    assertEquals(type, FileOffer.decode(offer("a", type, 1, 1_024), DEFAULT).type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "/",
        "a/",
        "/b",
        "a/b/c",
        "text/plain; charset=a",
        "a/b ",
        " a/b",
        "a/\n",
        "-a/b",
        "a/.b",
        "é/b",
        "a/b\0",
        "a/b\n"
      })
  void typesThatAreNot(String type) {
    assertMalformed(() -> FileOffer.decode(offer("a", type, 1, 1_024), DEFAULT));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            OutgoingFile.of(
                new FileName("a"),
                type,
                new MemoryChannel(),
                DEFAULT,
                new SeededRandom("type"),
                0));
  }

  @Test
  void typesOfEachLength() {
    String longest = "a/" + "b".repeat(125);
    assertDoesNotThrow(() -> FileOffer.decode(offer("a", longest, 1, 1_024), DEFAULT));
    assertMalformed(() -> FileOffer.decode(offer("a", longest + "b", 1, 1_024), DEFAULT));
  }

  /** Of the default epoch: files up to 4 GiB, frames up to 64 KiB. */
  @ParameterizedTest
  @CsvSource({
    "0, 1024, true",
    "4294967296, 1024, true",
    "4294967297, 1024, false",
    "4294967296, 32768, true",
    "1, 65536, false",
    "1, 512, false",
    "1, 0, false",
    "1, 1025, false",
    "1, 3072, false",
    "1, 524288, false",
    "1, 4294967295, false",
    "1, 2147483648, false",
    "1099511627777, 1024, false",
    "9223372036854775807, 32768, false"
  })
  void sizes(long size, long chunkSize, boolean isOne) throws Exception {
    byte[] content = offer("a", "", size, chunkSize);
    if (isOne) {
      FileOffer offer = FileOffer.decode(content, DEFAULT);
      assertEquals(size, offer.size());
      assertEquals(chunkSize, offer.chunkSize());
      assertArrayEquals(content, offer.encode());
    } else {
      assertMalformed(() -> FileOffer.decode(content, DEFAULT));
    }
  }

  /** A file of 2⁴⁰ bytes is one, where an epoch has it so; one of too many chunks is not. */
  @Test
  void theLargest() throws Exception {
    Limits limits = new Limits(60, 3_600, 600, 1_000, 5, 256, 1 << 20, 1L << 40);
    EpochParameters large = DEFAULT.withLimits(limits);
    FileOffer offer = FileOffer.decode(offer("a", "", 1L << 40, 1 << 18), large);
    assertEquals(1 << 22, offer.chunkCount());
    assertEquals(1 << 25, FileOffer.decode(offer("a", "", 1L << 40, 1 << 15), large).chunkCount());
    assertMalformed(() -> FileOffer.decode(offer("a", "", 1L << 40, 1 << 14), large));
    assertMalformed(() -> FileOffer.decode(offer("a", "", (1L << 40) + 1, 1 << 18), large));
    assertMalformed(() -> FileOffer.decode(offer("a", "", Long.MIN_VALUE, 1 << 18), large));
  }

  @Test
  void anOfferOfAnythingElse() {
    byte[] content = offer("tea.txt", "text/plain", 9, 1_024);
    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      assertMalformed(() -> FileOffer.decode(cut, DEFAULT));
    }
    byte[] longer = Arrays.copyOf(content, content.length + 1);
    assertMalformed(() -> FileOffer.decode(longer, DEFAULT));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new FileOffer(
                new FileName("a"),
                "",
                1,
                1_024,
                FileKey.random(new SeededRandom("key")),
                Bytes.of(new byte[31])));
  }

  /** The largest chunks whose frames the epoch takes, padding and all. */
  @ParameterizedTest
  @CsvSource({"65536, 32768", "1048576, 262144", "2000, 1024", "1300, 1024", "32768, 16384"})
  void chunksFitIntoFrames(int frameBytes, int chunkSize) throws Exception {
    for (Padding padding : Padding.values()) {
      EpochParameters parameters =
          DEFAULT.withLimits(Limits.DEFAULT.withFrameBytes(frameBytes)).withPadding(padding);
      ChunkLayout layout = ChunkLayout.largest(4 * CHUNK, parameters);
      assertEquals(chunkSize, layout.chunkSize(), padding.toString());
    }
  }

  @Test
  void framesTooSmallForAnyChunk() {
    EpochParameters tiny = DEFAULT.withLimits(Limits.DEFAULT.withFrameBytes(1_024));
    assertThrows(IllegalArgumentException.class, () -> ChunkLayout.largest(1, tiny));
    assertRefused(ErrorCode.MALFORMED, () -> TestFiles.offer(new MemoryChannel(new byte[1]), tiny));
    Limits limits = new Limits(60, 3_600, 600, 1_000, 5, 256, 1 << 16, CHUNK);
    EpochParameters small = DEFAULT.withLimits(limits);
    assertDoesNotThrow(() -> TestFiles.offer(new MemoryChannel(new byte[CHUNK]), small));
    assertRefused(
        ErrorCode.MALFORMED, () -> TestFiles.offer(new MemoryChannel(new byte[CHUNK + 1]), small));
  }

  private static byte[] request(long... numbers) {
    WireWriter ranges = new WireWriter();
    for (int i = 0; i < numbers.length; i += 2) {
      ranges.uint64(numbers[i]).uint32(numbers[i + 1]);
    }
    return new WireWriter().opaque(ROOT).vector(ranges.finish()).finish();
  }

  @Test
  void requests() throws Exception {
    long last = (1 << 25) - 1;
    for (long[] numbers :
        new long[][] {{}, {0, 1}, {0, last + 1}, {last, 1}, {0, 1, 2, 1}, {3, 4, 8, 100}}) {
      byte[] content = request(numbers);
      FileRequest request = FileRequest.decode(content);
      assertEquals(ROOT, request.root());
      assertEquals(numbers.length / 2, request.ranges().size());
      assertEquals(numbers.length == 0, request.isCancel());
      assertArrayEquals(content, request.encode());
    }
    long[] most = IntStream.range(0, 128).mapToLong(i -> i % 2 == 0 ? i : 1).toArray();
    assertEquals(FileRequest.MAX_RANGES, FileRequest.decode(request(most)).ranges().size());
  }

  @Test
  void requestsThatAreNot() {
    long count = 1 << 25;
    for (long[] numbers :
        new long[][] {
          {0, 0},
          {count, 1},
          {0, count + 1},
          {count - 1, 2},
          {1L << 40, 1},
          {Long.MAX_VALUE, 1},
          {Long.MIN_VALUE, 1},
          {0, 0xffff_ffffL},
          {0, 1, 1, 1},
          {0, 2, 1, 1},
          {5, 1, 0, 1},
          {5, 1, 5, 1}
        }) {
      assertMalformed(() -> FileRequest.decode(request(numbers)));
    }
    long[] many = IntStream.range(0, 130).mapToLong(i -> i % 2 == 0 ? i : 1).toArray();
    assertMalformed(() -> FileRequest.decode(request(many)));
    byte[] content = request(1, 2, 5, 6);
    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      assertMalformed(() -> FileRequest.decode(cut));
    }
    byte[] uneven = new WireWriter().opaque(ROOT).vector(new byte[13]).finish();
    assertMalformed(() -> FileRequest.decode(uneven));
    assertThrows(
        IllegalArgumentException.class, () -> new FileRequest(Bytes.of(new byte[31]), List.of()));
    List<Range> ranges = new ArrayList<>();
    IntStream.range(0, 65).forEach(i -> ranges.add(new Range(2L * i, 1)));
    assertThrows(IllegalArgumentException.class, () -> new FileRequest(ROOT, ranges));
  }

  private static byte[] chunk(long index, int ciphertext, int path) {
    return new WireWriter()
        .opaque(ROOT)
        .uint64(index)
        .vector(new byte[ciphertext])
        .vector(new byte[path])
        .finish();
  }

  @Test
  void chunks() throws Exception {
    for (int length : new int[] {0, 1, 63, 64, 16_383, 16_384, 1 << 18}) {
      for (int path : new int[] {0, 32, 64, 25 * 32}) {
        byte[] content = chunk((1 << 25) - 1, length, path);
        FileChunk chunk = FileChunk.decode(content);
        assertEquals(ROOT, chunk.root());
        assertEquals((1 << 25) - 1, chunk.index());
        assertEquals(length, chunk.ciphertextLength());
        assertEquals(path, chunk.pathLength());
        assertEquals(content.length, chunk.pathOffset() + path);
        FileChunk blank = FileChunk.blank(ROOT, (1 << 25) - 1, length, path);
        assertArrayEquals(content, blank.content());
      }
    }
  }

  @Test
  void chunksThatAreNot() {
    for (byte[] content :
        List.of(
            chunk(1 << 25, 9, 32),
            chunk(Long.MAX_VALUE, 9, 32),
            chunk(Long.MIN_VALUE, 9, 32),
            chunk(0, (1 << 18) + 1, 32),
            chunk(0, 9, 31),
            chunk(0, 9, 33),
            chunk(0, 9, 26 * 32))) {
      assertMalformed(() -> FileChunk.decode(content));
    }
    byte[] content = chunk(3, 70, 64);
    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      assertMalformed(() -> FileChunk.decode(cut));
    }
    assertMalformed(() -> FileChunk.decode(Arrays.copyOf(content, content.length + 1)));
  }

  /** Whatever the bytes: a message in its one encoding, or malformed, and nothing else. */
  @Test
  void anyBytes() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    byte[][] valid = {
      offer("tea.txt", "text/plain", 9, 1_024), request(1, 2, 5, 6), chunk(3, 70, 64)
    };
    int accepted = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] content = valid[i % 3].clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        content[random.nextInt(content.length)] = (byte) random.nextInt(256);
      }
      byte[] again = content.clone();
      try {
        byte[] encoded =
            switch (i % 3) {
              case 0 -> FileOffer.decode(content, SMALL_FRAMES).encode();
              case 1 -> FileRequest.decode(content).encode();
              default -> FileChunk.decode(content).content();
            };
        assertArrayEquals(again, encoded);
        accepted++;
      } catch (WireException e) {
        assertEquals(ErrorCode.MALFORMED, e.code());
      }
    }
    assertTrue(accepted > 1_000 && accepted < 29_000, "accepted " + accepted);
  }
}
