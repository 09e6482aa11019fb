package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.files.TestFiles.CHUNK;
import static org.mpotr.session.files.TestFiles.SMALL_FRAMES;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mpotr.SeededRandom;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.Bytes;

/**
 * Groups of each small size over a relay at its worst, with a member among them that alters what it
 * sends: restarts, helpers, files of every length. Everybody has the file in the end, or the seed
 * is named.
 */
class FileStormTest {

  private static final int SEEDS = Boolean.getBoolean("mpotr.long") ? 20_000 : 300;
  private static final int MOST_ROUNDS = 2_000;
  private static final Bytes SID = Bytes.of(new byte[32]);
  private static final Set<ErrorCode> EXPECTED =
      Set.of(ErrorCode.MALFORMED, ErrorCode.VERIFICATION_FAILED);

  private record Message(int sender, FrameKind kind, byte[] content) {}

  private final class Sharer {
    final int number;
    final MemoryChannel disk = new MemoryChannel();
    FileExchange exchange;
    IncomingFile file;

    Sharer(int number) {
      this.number = number;
      start();
    }

    final void start() {
      exchange = new FileExchange(fingerprint(number), FileLimits.DEFAULT);
      exchange.epochOpened(SID, SMALL_FRAMES);
    }

    void receive(Message message) throws Exception {
      try {
        Optional<FileEvent> event =
            exchange.receive(
                SID, fingerprint(message.sender), message.kind, message.content.clone(), 0);
        if (event.isPresent() && event.get() instanceof FileEvent.Offered offered) {
          file = IncomingFile.open(offered.offer(), disk, 0);
          exchange.accept(file);
          if (random.nextBoolean()) {
            exchange.serve(file.offer().root());
          }
        }
      } catch (FileException e) {
        assertTrue(EXPECTED.contains(e.code()), e.getMessage());
        refused++;
      }
    }

    void speak() throws FileException {
      if (number > 0 && random.nextBoolean()) {
        exchange
            .request(file.offer().root(), 1 + random.nextInt(20))
            .ifPresent(request -> say(FrameKind.FILE_REQUEST, request.encode()));
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        exchange.next(0).ifPresent(chunk -> say(FrameKind.FILE_CHUNK, chunk.content()));
      }
    }

    private void say(FrameKind kind, byte[] content) {
      relay.add(new Message(number, kind, content));
    }
  }

  private final List<Message> relay = new ArrayList<>();
  private final List<Sharer> sharers = new ArrayList<>();
  private SeededRandom random;
  private int refused;

  private static Fingerprint fingerprint(int number) {
    byte[] bytes = new byte[64];
    bytes[0] = (byte) number;
    return new Fingerprint(Bytes.of(bytes));
  }

  @Test
  void everybodyHasItInTheEnd() throws Exception {
    int refusals = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      random = new SeededRandom("storm " + seed);
      relay.clear();
      sharers.clear();
      refused = 0;
      run("seed " + seed);
      refusals += refused;
    }
    assertTrue(refusals > SEEDS, "altered messages were refused");
  }

  private void run(String seed) throws Exception {
    byte[] content = TestFiles.random(size());
    MemoryChannel source = new MemoryChannel(content);
    OutgoingFile offered =
        OutgoingFile.of(
            new FileName("tea.txt"), "", source, SMALL_FRAMES, new SeededRandom(seed), 0);
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      sharers.add(new Sharer(i));
    }
    byte[] offer = sharers.get(0).exchange.offer(SID, offered, 0);
    Message announcement = new Message(0, FrameKind.FILE, offer);
    for (Sharer sharer : sharers.subList(1, sharers.size())) {
      sharer.receive(announcement);
    }
    int rounds = 0;
    while (sharers.stream().skip(1).anyMatch(s -> s.file.state() != FileState.COMPLETE)) {
      assertTrue(rounds++ < MOST_ROUNDS, seed);
      for (Sharer sharer : sharers) {
        sharer.speak();
      }
      deliver();
      if (random.nextInt(20) == 0) {
        Sharer restarted = sharers.get(1 + random.nextInt(sharers.size() - 1));
        int before = restarted.file.presentCount();
        restarted.start();
        restarted.receive(announcement);
        assertEquals(before, restarted.file.presentCount(), seed);
      }
    }
    for (Sharer sharer : sharers.subList(1, sharers.size())) {
      assertArrayEquals(content, sharer.disk.content(), seed);
    }
  }

  private int size() {
    int chunks = random.nextInt(40);
    return Math.max(0, chunks * CHUNK + random.nextInt(3) - 1);
  }

  /** Some are lost, some come later and some twice; some were altered by who sent them. */
  private void deliver() throws Exception {
    Collections.shuffle(relay, random);
    List<Message> later = new ArrayList<>();
    for (Message message : relay) {
      byte[] content = message.content.clone();
      if (random.nextInt(10) == 0) {
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      }
      for (Sharer sharer : sharers) {
        if (sharer.number != message.sender && random.nextInt(10) > 0) {
          sharer.receive(new Message(message.sender, message.kind, content));
        }
      }
      if (random.nextInt(10) == 0) {
        later.add(message);
      }
    }
    relay.clear();
    relay.addAll(later);
  }
}
