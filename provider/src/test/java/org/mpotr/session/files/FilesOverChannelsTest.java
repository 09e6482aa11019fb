package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;

/**
 * Files over channels whose relay loses, doubles, reorders and alters: through a change of epoch,
 * the end and return of a receiver, and the end of whoever offered them.
 */
class FilesOverChannelsTest {

  private static final Network.Quality BAD = new Network.Quality(0.05, 0.05, 0.01, 5, 400);
  private static final EpochParameters ROOM =
      EpochParameters.of("room").withLimits(Limits.DEFAULT.withFrameBytes(4_096));
  private static final int SIZE = 100_001;
  private static final int CHUNKS = 49;
  private static final int STEP_MILLIS = 500;
  private static final int LONGEST_MILLIS = 600_000;

  /** A member with a disk that outlives it. */
  private static final class Sharer {
    final SimulatedMember member;
    final MemoryChannel disk = new MemoryChannel();
    FileExchange exchange;
    int heard;
    Optional<IncomingFile> file = Optional.empty();

    Sharer(SimulatedMember member) throws Exception {
      this.member = member;
      start();
    }

    final void start() throws Exception {
      exchange = new FileExchange(fingerprint(), FileLimits.DEFAULT);
      file = Optional.empty();
    }

    Fingerprint fingerprint() throws Exception {
      return Fingerprint.of(member.identity().getPublic());
    }

    boolean isMember() {
      return member.isUp() && member.channel().state() == Channel.State.MEMBER;
    }

    boolean isComplete() {
      return file.isPresent() && file.get().state() == FileState.COMPLETE;
    }

    int present() {
      return file.map(IncomingFile::presentCount).orElse(0);
    }

    void offer(OutgoingFile offered, long now) throws Exception {
      byte[] content = exchange.offer(member.channel().sid(), offered, now);
      member.channel().sendInPresentEpoch(FrameKind.FILE, content);
    }

    void hear(long now) throws Exception {
      List<Event> news = new ArrayList<>(member.events().subList(heard, member.events().size()));
      heard += news.size();
      for (Event event : news) {
        if (event instanceof Event.EpochOpened opened) {
          exchange.epochOpened(opened.sid(), opened.parameters());
        } else if (event instanceof Event.EpochClosed closed) {
          exchange.epochEnded(closed.sid());
        } else if (event instanceof Event.FileFrame frame) {
          receive(frame.sid(), frame.sender().fingerprint(), frame.kind(), frame.content(), now);
        } else if (event instanceof Event.MessageDelivered message) {
          Fingerprint sender = message.sender().fingerprint();
          receive(message.sid(), sender, message.kind(), message.content(), now);
        }
      }
    }

    private void receive(Bytes sid, Fingerprint sender, FrameKind kind, Bytes content, long now)
        throws Exception {
      Optional<FileEvent> event = exchange.receive(sid, sender, kind, content.toArray(), now);
      if (event.isPresent() && event.get() instanceof FileEvent.Offered offered) {
        IncomingFile incoming = IncomingFile.open(offered.offer(), disk, offered.at());
        exchange.accept(incoming);
        file = Optional.of(incoming);
      }
    }

    void speak(long now) throws FileException, FrameTooLongException {
      if (!isMember()) {
        return;
      }
      if (file.isPresent() && file.get().state() == FileState.OPEN) {
        FileRequest request = exchange.request(file.get().offer().root(), 8).orElseThrow();
        member.channel().sendFileFrame(FrameKind.FILE_REQUEST, request.encode());
      }
      for (int i = 0; i < 4; i++) {
        Optional<FileChunk> chunk = exchange.next(now);
        if (chunk.isPresent()) {
          member.channel().sendFileFrame(FrameKind.FILE_CHUNK, chunk.get().content());
        }
      }
    }
  }

  private final List<Sharer> sharers = new ArrayList<>();
  private Simulation simulation;

  private void goOnUntil(String what, BooleanSupplier condition) throws Exception {
    for (int time = 0; !condition.getAsBoolean(); time += STEP_MILLIS) {
      assertTrue(time < LONGEST_MILLIS, what);
      simulation.run(STEP_MILLIS);
      for (Sharer sharer : sharers) {
        if (sharer.member.isUp()) {
          sharer.hear(simulation.now());
          sharer.speak(simulation.now());
        }
      }
    }
  }

  private boolean areAllMembers(int size) {
    return sharers.stream()
        .filter(sharer -> sharer.member.isUp())
        .allMatch(s -> s.isMember() && s.member.channel().roster().size() == size);
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, Boolean.getBoolean("mpotr.long") ? 100 : 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappens(long seed) throws Exception {
    simulation = new Simulation(seed, ROOM, BAD);
    for (SimulatedMember member : simulation.join(3)) {
      sharers.add(new Sharer(member));
    }
    goOnUntil("a group", () -> areAllMembers(3));
    Sharer alice = sharers.get(0);
    Sharer bob = sharers.get(1);
    Sharer carol = sharers.get(2);
    byte[] content = TestFiles.random(SIZE);
    OutgoingFile file =
        OutgoingFile.of(
            new FileName("tea.txt"),
            "text/plain",
            new MemoryChannel(content),
            ROOM,
            new SeededRandom("files " + seed),
            simulation.now());
    assertEquals(CHUNKS, file.offer().chunkCount());
    alice.offer(file, simulation.now());
    goOnUntil("a beginning", () -> bob.present() > 5 && carol.present() > 5);

    Bytes before = alice.member.channel().sid();
    alice.member.channel().refresh(false);
    goOnUntil(
        "another epoch", () -> areAllMembers(3) && !alice.member.channel().sid().equals(before));
    goOnUntil("a part", () -> bob.present() > 12);
    int kept = bob.present();
    assertTrue(kept < CHUNKS, "all of it came before the crash");

    bob.member.crash();
    goOnUntil("the rest at Carol", carol::isComplete);
    bob.start();
    simulation.restart(bob.member);
    bob.heard = bob.member.events().size();
    goOnUntil("Bob's return", () -> areAllMembers(3) && bob.isMember());
    alice.offer(file, simulation.now());
    goOnUntil("the offer again", () -> bob.file.isPresent());
    assertTrue(bob.present() >= kept, "what was on the disk was found");

    // Alice is gone, and Carol has it all.
    alice.member.crash();
    carol.exchange.serve(file.offer().root());
    goOnUntil("the rest at Bob", bob::isComplete);
    assertArrayEquals(content, bob.disk.content());
    assertArrayEquals(content, carol.disk.content());
  }
}
