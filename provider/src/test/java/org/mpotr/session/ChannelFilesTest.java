package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.files.ChannelFiles;
import org.mpotr.session.files.FileEvent;
import org.mpotr.session.files.FileException;
import org.mpotr.session.files.FileLimits;
import org.mpotr.session.files.FileName;
import org.mpotr.session.files.IncomingFile;
import org.mpotr.session.files.OutgoingFile;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;

/** Files over a channel in a few lines, as an application has them, over relays good and bad. */
class ChannelFilesTest {

  private static final Network.Quality BAD = new Network.Quality(0.05, 0.05, 0.01, 5, 400);
  private static final EpochParameters ROOM =
      EpochParameters.of("room").withLimits(Limits.DEFAULT.withFrameBytes(4_096));
  private static final int SIZE = 300_001;
  private static final int STEP = 100;
  private static final int LONGEST = 900_000;

  @TempDir Path folder;

  private final List<Sharer> sharers = new ArrayList<>();
  private final List<FileChannel> open = new ArrayList<>();
  private Simulation simulation;

  /** An application that takes whatever is offered. */
  private final class Sharer {
    final SimulatedMember member;
    final Path target;
    final ChannelFiles files;
    final List<FileEvent> events = new ArrayList<>();
    final List<ErrorCode> errors = new ArrayList<>();
    boolean isDeclining;
    int heard;

    Sharer(SimulatedMember member) throws Exception {
      this.member = member;
      this.target = folder.resolve("target " + member.number());
      this.files =
          new ChannelFiles(
              member.channel(), Fingerprint.of(member.identity().getPublic()), FileLimits.DEFAULT);
    }

    void turn() throws Exception {
      while (heard < member.events().size()) {
        try {
          files.hear(member.events().get(heard++)).ifPresent(this::happened);
        } catch (FileException e) {
          errors.add(e.code());
        }
      }
      files.tick().forEach(this::happened);
      files.send(8);
    }

    private void happened(FileEvent event) {
      events.add(event);
      if (event instanceof FileEvent.Offered offered && !isDeclining) {
        accept(offered);
      }
    }

    void accept(FileEvent.Offered offered) {
      try {
        FileChannel disk = channel(target, StandardOpenOption.CREATE);
        files.accept(IncomingFile.open(offered.offer(), disk, offered.at()));
      } catch (FileException | IOException e) {
        throw new AssertionError(e);
      }
    }

    boolean has(Class<? extends FileEvent> kind) {
      return events.stream().anyMatch(kind::isInstance);
    }
  }

  private FileChannel channel(Path path, StandardOpenOption option) throws IOException {
    FileChannel channel =
        FileChannel.open(path, option, StandardOpenOption.READ, StandardOpenOption.WRITE);
    open.add(channel);
    return channel;
  }

  @AfterEach
  void close() throws IOException {
    sharers.forEach(sharer -> sharer.files.close());
    for (FileChannel channel : open) {
      channel.close();
    }
  }

  private void gather(long seed, int size, Network.Quality quality) throws Exception {
    simulation = new Simulation(seed, ROOM, quality);
    for (SimulatedMember member : simulation.join(size)) {
      sharers.add(new Sharer(member));
    }
    goOnUntil(() -> isGroup(sharers));
  }

  private static boolean isGroup(List<Sharer> group) {
    return group.stream()
        .map(sharer -> sharer.member.channel())
        .allMatch(
            channel ->
                channel.state() == Channel.State.MEMBER && channel.roster().size() == group.size());
  }

  private void goOnUntil(BooleanSupplier condition) throws Exception {
    for (int time = 0; !condition.getAsBoolean(); time += STEP) {
      assertTrue(time < LONGEST, "it does not come");
      simulation.run(STEP);
      for (Sharer sharer : sharers) {
        if (sharer.member.isUp()) {
          sharer.turn();
        }
      }
    }
  }

  private Path source() throws IOException {
    byte[] content = new byte[SIZE];
    new SplittableRandom(SIZE).nextBytes(content);
    return Files.write(folder.resolve("source"), content);
  }

  private OutgoingFile file(Channel channel) throws Exception {
    return OutgoingFile.of(
        new FileName("tea.txt"),
        "text/plain",
        channel(source(), StandardOpenOption.READ),
        channel.parameters(),
        new SeededRandom("files"),
        channel.elapsed());
  }

  @Test
  void aFileReachesEverybodyOverABadRelay() throws Exception {
    gather(1, 3, BAD);
    Sharer alice = sharers.get(0);
    alice.files.offer(file(alice.member.channel()));
    List<Sharer> others = sharers.subList(1, 3);
    goOnUntil(() -> others.stream().allMatch(sharer -> sharer.has(FileEvent.Completed.class)));
    for (Sharer sharer : others) {
      assertEquals(-1, Files.mismatch(folder.resolve("source"), sharer.target));
    }
    assertTrue(alice.has(FileEvent.Requested.class));
    assertFalse(alice.has(FileEvent.Offered.class), "one's own offer is no news");
  }

  @Test
  void whoHasItServesItWhenItsOwnerIsGone() throws Exception {
    gather(2, 3, Network.Quality.GOOD);
    Sharer alice = sharers.get(0);
    Sharer bob = sharers.get(1);
    Sharer carol = sharers.get(2);
    carol.isDeclining = true;
    alice.files.offer(file(alice.member.channel()));
    goOnUntil(() -> bob.has(FileEvent.Completed.class) && carol.has(FileEvent.Offered.class));
    FileEvent.Offered offered = (FileEvent.Offered) carol.events.get(0);
    alice.member.crash();
    carol.accept(offered);
    long from = bob.member.channel().elapsed();
    goOnUntil(() -> bob.member.channel().elapsed() > from + 5_000);
    assertFalse(carol.has(FileEvent.Progressed.class), "nobody was told to serve it");
    bob.files.serve(offered.root());
    goOnUntil(() -> carol.has(FileEvent.Completed.class));
    assertEquals(-1, Files.mismatch(folder.resolve("source"), carol.target));
  }

  @Test
  void whatIsWithdrawnEnds() throws Exception {
    gather(3, 2, Network.Quality.GOOD);
    Sharer alice = sharers.get(0);
    Sharer bob = sharers.get(1);
    OutgoingFile file = file(alice.member.channel());
    alice.files.offer(file);
    goOnUntil(() -> bob.has(FileEvent.Progressed.class));
    alice.files.cancel(file.offer().root());
    goOnUntil(() -> bob.has(FileEvent.Withdrawn.class));
    assertFalse(bob.has(FileEvent.Completed.class));
    assertThrows(IllegalArgumentException.class, () -> bob.files.serve(file.offer().root()));
    FileException over = assertThrows(FileException.class, () -> alice.files.offer(file));
    assertEquals(ErrorCode.CLOSED, over.code());
  }

  @Test
  void offersExpireAndRefusalsAreTold() throws Exception {
    gather(4, 2, Network.Quality.GOOD);
    Sharer alice = sharers.get(0);
    Sharer bob = sharers.get(1);
    bob.isDeclining = true;
    alice.files.offer(file(alice.member.channel()));
    goOnUntil(() -> bob.has(FileEvent.Offered.class));
    assertFalse(alice.has(FileEvent.Requested.class), "it was not accepted");
    bob.files.hear(
        new Event.FileFrame(
            bob.member.channel().sid(),
            bob.member.channel().own(),
            FrameKind.FILE_CHUNK,
            Bytes.EMPTY));
    Event garbage =
        new Event.FileFrame(
            bob.member.channel().sid(),
            bob.member.channel().roster().get(1 - bob.member.channel().own().index()),
            FrameKind.FILE_CHUNK,
            Bytes.EMPTY);
    FileException refusal = assertThrows(FileException.class, () -> bob.files.hear(garbage));
    assertEquals(ErrorCode.MALFORMED, refusal.code());
    simulation.run(3_700_000);
    bob.turn();
    assertTrue(bob.has(FileEvent.Expired.class));
  }
}
