package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.files.TestFiles.CHUNK;
import static org.mpotr.session.files.TestFiles.SMALL_FRAMES;
import static org.mpotr.session.files.TestFiles.assertRefused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.files.FileRequest.Range;
import org.mpotr.wire.Bytes;

/** Who may offer, ask for, send and take back what, and how much of it (section 11). */
class FileExchangeTest {

  private static final long HOUR = 3_600_000;
  private static final Bytes SID = Bytes.of(new byte[32]);
  private static final Fingerprint ALICE = fingerprint(1);
  private static final Fingerprint BOB = fingerprint(2);
  private static final Fingerprint CAROL = fingerprint(3);

  private final FileExchange alice = exchange(ALICE, FileLimits.DEFAULT);
  private final FileExchange bob = exchange(BOB, FileLimits.DEFAULT);

  private static Fingerprint fingerprint(int value) {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) value);
    return new Fingerprint(Bytes.of(bytes));
  }

  private static FileExchange exchange(Fingerprint own, FileLimits limits) {
    FileExchange exchange = new FileExchange(own, limits);
    exchange.epochOpened(SID, SMALL_FRAMES);
    return exchange;
  }

  private static OutgoingFile file(int size, String seed) throws Exception {
    return OutgoingFile.of(
        new FileName("tea.txt"),
        "",
        new MemoryChannel(TestFiles.random(size)),
        SMALL_FRAMES,
        new SeededRandom(seed),
        0);
  }

  private static FileEvent.Offered offered(
      FileExchange to, Fingerprint sender, OutgoingFile file, long now) throws Exception {
    Optional<FileEvent> event = to.receive(SID, sender, FrameKind.FILE, file.offer().encode(), now);
    return assertInstanceOf(FileEvent.Offered.class, event.orElseThrow());
  }

  private static IncomingFile accepted(
      FileExchange by, Fingerprint sender, OutgoingFile file, MemoryChannel target)
      throws Exception {
    FileEvent.Offered event = offered(by, sender, file, 0);
    IncomingFile incoming = IncomingFile.open(event.offer(), target, event.at());
    by.accept(incoming);
    return incoming;
  }

  private static Optional<FileEvent> request(
      FileExchange to, Fingerprint sender, FileRequest request) throws FileException {
    return to.receive(SID, sender, FrameKind.FILE_REQUEST, request.encode(), 0);
  }

  private static Optional<FileEvent> chunk(FileExchange to, Fingerprint sender, FileChunk chunk)
      throws FileException {
    return to.receive(SID, sender, FrameKind.FILE_CHUNK, chunk.content().clone(), 0);
  }

  private static FileRequest chunks(Bytes root, long first, long count) {
    return new FileRequest(root, List.of(new Range(first, count)));
  }

  private static List<Long> sent(FileExchange by) throws FileException {
    List<Long> sent = new ArrayList<>();
    for (Optional<FileChunk> next = by.next(0); next.isPresent(); next = by.next(0)) {
      sent.add(next.get().index());
    }
    return sent;
  }

  @Test
  void fromOfferToEnd() throws Exception {
    OutgoingFile file = file(10 * CHUNK - 1, "one");
    Bytes root = file.offer().root();
    byte[] content = alice.offer(SID, file, 0);
    FileEvent.Offered offered =
        assertInstanceOf(
            FileEvent.Offered.class,
            bob.receive(SID, ALICE, FrameKind.FILE, content, 5).orElseThrow());
    assertArrayEquals(new byte[content.length], content);
    assertEquals(5, offered.at());
    assertEquals(root, offered.root());
    MemoryChannel target = new MemoryChannel();
    bob.accept(IncomingFile.open(offered.offer(), target, 5));
    List<FileEvent> events = new ArrayList<>();
    for (var ask = bob.request(root, 4); ask.isPresent(); ask = bob.request(root, 4)) {
      assertEquals(
          Optional.of(new FileEvent.Requested(root)), request(alice, BOB, ask.orElseThrow()));
      for (var next = alice.next(0); next.isPresent(); next = alice.next(0)) {
        events.add(chunk(bob, ALICE, next.get()).orElseThrow());
        assertEquals(Optional.empty(), chunk(bob, ALICE, next.get()));
      }
    }
    assertEquals(10, events.size());
    assertEquals(new FileEvent.Progressed(root, 1, 10), events.get(0));
    assertEquals(new FileEvent.Completed(root), events.get(9));
    assertArrayEquals(TestFiles.random(10 * CHUNK - 1), target.content());
    assertFalse(offered.offer().isDestroyed());
    bob.epochEnded(SID);
    assertTrue(offered.offer().isDestroyed());
    assertEquals(List.of(), bob.tick(6));
    assertRefused(ErrorCode.UNKNOWN_EPOCH, () -> chunk(bob, ALICE, file.chunk(0, 0)));
  }

  @Test
  void aRequestTakesThePlaceOfTheLast() throws Exception {
    OutgoingFile file = file(20 * CHUNK, "one");
    Bytes root = file.offer().root();
    alice.offer(SID, file, 0);
    request(alice, BOB, chunks(root, 0, 10));
    request(alice, BOB, chunks(root, 3, 4));
    request(alice, CAROL, chunks(root, 5, 3));
    assertEquals(List.of(3L, 4L, 5L, 6L, 7L), sent(alice));
    request(alice, BOB, chunks(root, 0, 10));
    request(alice, CAROL, chunks(root, 9, 1));
    assertEquals(Optional.empty(), request(alice, BOB, chunks(root, 20, 1_000)));
    assertEquals(List.of(9L), sent(alice));
    request(alice, BOB, chunks(root, 0, 10));
    request(alice, CAROL, chunks(root, 9, 3));
    request(alice, BOB, FileRequest.cancel(root));
    alice.left(CAROL);
    assertEquals(List.of(), sent(alice));
    Bytes unknown = Bytes.of(new byte[32]);
    assertEquals(Optional.empty(), request(alice, BOB, chunks(unknown, 0, 10)));
    assertEquals(Optional.empty(), request(alice, BOB, FileRequest.cancel(unknown)));
  }

  @Test
  void filesTakeTurns() throws Exception {
    OutgoingFile one = file(3 * CHUNK, "one");
    OutgoingFile two = file(3 * CHUNK, "two");
    for (OutgoingFile file : List.of(one, two)) {
      alice.offer(SID, file, 0);
      request(alice, BOB, chunks(file.offer().root(), 0, 3));
    }
    List<Bytes> roots = new ArrayList<>();
    for (var next = alice.next(0); next.isPresent(); next = alice.next(0)) {
      roots.add(next.get().root());
    }
    Bytes first = one.offer().root();
    Bytes second = two.offer().root();
    assertEquals(List.of(first, second, first, second, first, second), roots);
  }

  /** Nobody says twice what one member said, and nobody is silenced by what does not verify. */
  @Test
  void whatTravelledIsNotSentAgain() throws Exception {
    OutgoingFile file = file(3 * CHUNK, "one");
    Bytes root = file.offer().root();
    alice.offer(SID, file, 0);
    request(alice, BOB, chunks(root, 0, 3));
    byte[] altered = file.chunk(1, 0).content().clone();
    altered[50] ^= 1;
    assertRefused(
        ErrorCode.VERIFICATION_FAILED,
        () -> alice.receive(SID, CAROL, FrameKind.FILE_CHUNK, altered, 0));
    assertEquals(Optional.empty(), chunk(alice, CAROL, file.chunk(0, 0)));
    assertEquals(List.of(1L, 2L), sent(alice));
  }

  @Test
  void whoServesInPlaceOfTheOfferer() throws Exception {
    OutgoingFile file = file(4 * CHUNK, "one");
    Bytes root = file.offer().root();
    IncomingFile atBob = accepted(bob, ALICE, file, new MemoryChannel());
    chunk(bob, ALICE, file.chunk(1, 0));
    chunk(bob, ALICE, file.chunk(3, 0));
    assertEquals(Optional.empty(), request(bob, CAROL, chunks(root, 0, 4)));
    assertEquals(List.of(), sent(bob));
    bob.serve(root);
    assertEquals(List.of(1L, 3L), sent(bob));
    chunk(bob, ALICE, file.chunk(0, 0));
    // It came from another, and with that to everybody.
    assertEquals(List.of(), sent(bob));
    chunk(bob, ALICE, file.chunk(2, 0));
    assertEquals(FileState.COMPLETE, atBob.state());
    assertEquals(
        Optional.of(new FileEvent.Requested(root)), request(bob, CAROL, chunks(root, 2, 1)));
    assertEquals(List.of(2L), sent(bob));
  }

  @Test
  void onlyTheOffererWithdraws() throws Exception {
    OutgoingFile file = file(CHUNK, "one");
    Bytes root = file.offer().root();
    IncomingFile atBob = accepted(bob, ALICE, file, new MemoryChannel());
    assertEquals(Optional.empty(), request(bob, CAROL, FileRequest.cancel(root)));
    assertEquals(FileState.OPEN, atBob.state());
    assertEquals(
        Optional.of(new FileEvent.Withdrawn(root)), request(bob, ALICE, FileRequest.cancel(root)));
    assertEquals(FileState.CANCELLED, atBob.state());
    assertTrue(atBob.offer().isDestroyed());
    assertEquals(Optional.empty(), request(bob, ALICE, FileRequest.cancel(root)));
    assertEquals(Optional.empty(), chunk(bob, ALICE, file.chunk(0, 0)));

    MemoryChannel target = new MemoryChannel();
    IncomingFile again = accepted(bob, ALICE, file, target);
    chunk(bob, ALICE, file.chunk(0, 0));
    assertEquals(Optional.empty(), request(bob, ALICE, FileRequest.cancel(root)));
    assertEquals(FileState.COMPLETE, again.state());
    assertArrayEquals(TestFiles.random(CHUNK), target.content());
  }

  @Test
  void cancelledByOneself() throws Exception {
    OutgoingFile file = file(CHUNK, "one");
    Bytes root = file.offer().root();
    alice.offer(SID, file, 0);
    request(alice, BOB, chunks(root, 0, 1));
    FileRequest cancel = alice.cancel(root);
    assertTrue(cancel.isCancel());
    assertEquals(root, cancel.root());
    assertEquals(FileState.CANCELLED, file.state());
    assertTrue(file.offer().isDestroyed());
    assertEquals(List.of(), sent(alice));
    assertThrows(IllegalArgumentException.class, () -> alice.cancel(root));
    assertRefused(ErrorCode.CLOSED, () -> alice.offer(SID, file, 0));
    // Declined before it was accepted.
    FileEvent.Offered offer = offered(bob, ALICE, file(CHUNK, "two"), 0);
    bob.cancel(offer.root());
    assertTrue(offer.offer().isDestroyed());
  }

  @Test
  void theLimits() throws Exception {
    FileExchange carol = exchange(CAROL, new FileLimits(4, 2));
    offered(carol, ALICE, file(CHUNK, "one"), 0);
    IncomingFile second = accepted(carol, ALICE, file(CHUNK, "two"), new MemoryChannel());
    byte[] third = file(CHUNK, "three").offer().encode();
    assertRefused(
        ErrorCode.RATE_LIMITED, () -> carol.receive(SID, ALICE, FrameKind.FILE, third.clone(), 0));
    offered(carol, BOB, file(CHUNK, "four"), 0);
    carol.offer(SID, file(CHUNK, "five"), 0);
    OutgoingFile sixth = file(CHUNK, "six");
    assertRefused(ErrorCode.RATE_LIMITED, () -> carol.offer(SID, sixth, 0));
    assertRefused(
        ErrorCode.RATE_LIMITED,
        () -> carol.receive(SID, BOB, FrameKind.FILE, sixth.offer().encode(), 0));
    // What is complete makes room.
    chunk(carol, ALICE, file(CHUNK, "two").chunk(0, 0));
    assertEquals(FileState.COMPLETE, second.state());
    assertTrue(carol.receive(SID, ALICE, FrameKind.FILE, third, 0).isPresent());
    assertTrue(second.offer().isDestroyed());
    assertRefused(ErrorCode.RATE_LIMITED, () -> carol.offer(SID, sixth, 0));
    for (int[] wrong : new int[][] {{0, 0}, {4_097, 1}, {2, 3}, {2, 0}}) {
      assertThrows(IllegalArgumentException.class, () -> new FileLimits(wrong[0], wrong[1]));
    }
  }

  @Test
  void offersAgain() throws Exception {
    OutgoingFile file = file(2 * CHUNK, "one");
    IncomingFile atBob = accepted(bob, ALICE, file, new MemoryChannel());
    assertEquals(
        Optional.empty(), bob.receive(SID, ALICE, FrameKind.FILE, file.offer().encode(), 0));
    assertRefused(
        ErrorCode.CONFLICT,
        () -> bob.receive(SID, CAROL, FrameKind.FILE, file.offer().encode(), 0));
    // In the next epoch, which is then the one whose end counts.
    Bytes next = Bytes.of(Arrays.copyOf(new byte[] {1}, 32));
    for (FileExchange each : List.of(alice, bob)) {
      each.epochOpened(next, SMALL_FRAMES);
    }
    alice.offer(SID, file, 0);
    byte[] again = alice.offer(next, file, 0);
    assertEquals(Optional.empty(), bob.receive(next, ALICE, FrameKind.FILE, again, 0));
    bob.epochEnded(SID);
    chunk(bob, ALICE, next, file.chunk(0, 0));
    chunk(bob, ALICE, next, file.chunk(1, 0));
    assertEquals(FileState.COMPLETE, atBob.state());
    assertFalse(atBob.offer().isDestroyed());
    bob.epochEnded(next);
    assertTrue(atBob.offer().isDestroyed());
  }

  private static void chunk(FileExchange to, Fingerprint sender, Bytes sid, FileChunk chunk)
      throws FileException {
    to.receive(sid, sender, FrameKind.FILE_CHUNK, chunk.content().clone(), 0);
  }

  @Test
  void acceptedAfterItsEpoch() throws Exception {
    OutgoingFile file = file(CHUNK, "one");
    FileEvent.Offered offer = offered(bob, ALICE, file, 0);
    bob.epochEnded(SID);
    IncomingFile incoming =
        IncomingFile.open(offer.offer(), new MemoryChannel(TestFiles.random(CHUNK)), 0);
    assertEquals(FileState.COMPLETE, incoming.state());
    assertFalse(offer.offer().isDestroyed());
    bob.accept(incoming);
    assertTrue(offer.offer().isDestroyed());
  }

  @Test
  void theHour() throws Exception {
    OutgoingFile file = file(2 * CHUNK, "one");
    alice.offer(SID, file, 0);
    Bytes root = file.offer().root();
    request(alice, BOB, chunks(root, 0, 2));
    IncomingFile open = accepted(bob, ALICE, file, new MemoryChannel());
    FileEvent.Offered waiting = offered(bob, ALICE, file(CHUNK, "two"), 0);
    IncomingFile complete =
        accepted(bob, ALICE, file(CHUNK, "three"), new MemoryChannel(TestFiles.random(CHUNK)));
    assertEquals(List.of(), bob.tick(HOUR - 1));
    assertTrue(alice.next(HOUR - 1).isPresent());
    assertTrue(alice.next(HOUR).isEmpty());
    assertEquals(List.of(new FileEvent.Expired(root)), alice.tick(HOUR));
    Set<FileEvent> expired = new HashSet<>(bob.tick(HOUR));
    assertEquals(
        Set.of(new FileEvent.Expired(root), new FileEvent.Expired(waiting.root())), expired);
    for (FileOffer offer : List.of(file.offer(), open.offer(), waiting.offer(), complete.offer())) {
      assertTrue(offer.isDestroyed());
    }
    assertEquals(FileState.EXPIRED, open.state());
    assertEquals(FileState.COMPLETE, complete.state());
    assertEquals(List.of(), bob.tick(HOUR));
    assertRefused(ErrorCode.CLOSED, () -> alice.offer(SID, file, HOUR));
  }

  @Test
  void whatIsNotOfThisProtocol() throws Exception {
    for (FrameKind kind : List.of(FrameKind.FILE, FrameKind.FILE_REQUEST, FrameKind.FILE_CHUNK)) {
      assertRefused(ErrorCode.MALFORMED, () -> bob.receive(SID, ALICE, kind, new byte[9], 0));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> bob.receive(SID, ALICE, FrameKind.TEXT, new byte[9], 0));
    Bytes other = Bytes.of(Arrays.copyOf(new byte[] {1}, 32));
    OutgoingFile file = file(2 * CHUNK, "one");
    assertRefused(ErrorCode.UNKNOWN_EPOCH, () -> alice.offer(other, file, 0));
    alice.epochOpened(
        other, EpochParameters.of("#tea").withLimits(Limits.DEFAULT.withFrameBytes(1_024)));
    assertRefused(ErrorCode.MALFORMED, () -> alice.offer(other, file, 0));
    Bytes root = file.offer().root();
    assertThrows(IllegalArgumentException.class, () -> bob.request(root, 1));
    assertThrows(IllegalArgumentException.class, () -> bob.serve(root));
    alice.offer(SID, file, 0);
    assertThrows(IllegalArgumentException.class, () -> alice.request(root, 1));
    IncomingFile stray = TestFiles.incoming(file, new MemoryChannel());
    assertThrows(IllegalArgumentException.class, () -> bob.accept(stray));
    accepted(bob, ALICE, file, new MemoryChannel());
    assertThrows(IllegalArgumentException.class, () -> bob.accept(stray));
  }

  @Test
  void closedWithAllItsKeys() throws Exception {
    OutgoingFile file = file(2 * CHUNK, "one");
    alice.offer(SID, file, 0);
    MemoryChannel target = new MemoryChannel();
    IncomingFile atBob = accepted(bob, ALICE, file, target);
    FileEvent.Offered waiting = offered(bob, ALICE, file(CHUNK, "two"), 0);
    chunk(bob, ALICE, file.chunk(1, 0));
    byte[] again = file.offer().encode();
    alice.close();
    bob.close();
    for (FileOffer offer : List.of(file.offer(), atBob.offer(), waiting.offer())) {
      assertTrue(offer.isDestroyed());
    }
    assertEquals(
        1, IncomingFile.open(FileOffer.decode(again, SMALL_FRAMES), target, 0).presentCount());
  }

  /** A file that was given up without the exchange is dropped, and did not expire. */
  @Test
  void givenUpBehindItsBack() throws Exception {
    OutgoingFile file = file(CHUNK, "one");
    IncomingFile atBob = accepted(bob, ALICE, file, new MemoryChannel());
    atBob.cancel();
    assertRefused(ErrorCode.CLOSED, () -> chunk(bob, ALICE, file.chunk(0, 0)));
    assertEquals(List.of(), bob.tick(0));
    assertEquals(Optional.empty(), chunk(bob, ALICE, file.chunk(0, 0)));
  }

  @Test
  void storageThatFailsDoesNotBlock() throws Exception {
    MemoryChannel source = new MemoryChannel(TestFiles.random(2 * CHUNK));
    OutgoingFile file = TestFiles.offer(source);
    alice.offer(SID, file, 0);
    request(alice, BOB, chunks(file.offer().root(), 0, 2));
    source.fail(true);
    assertRefused(ErrorCode.STORAGE, () -> alice.next(0));
    source.fail(false);
    assertEquals(List.of(1L), sent(alice));
  }
}
