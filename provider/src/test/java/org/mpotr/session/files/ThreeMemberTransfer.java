package org.mpotr.session.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mpotr.SeededRandom;
import org.mpotr.TestGroup;
import org.mpotr.crypto.AesCtr;
import org.mpotr.crypto.Sha512;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.Bytes;

/**
 * A file from one member to two others, on disks and in real frames; every eighth of them does not
 * reach the last member, who has those chunks from the other receiver. What each step took is
 * printed beside what SHA-512 and AES-CTR alone would take in the same virtual machine.
 */
final class ThreeMemberTransfer {

  private static final int MEMBERS = 3;
  private static final int BLOCK = 1 << 20;
  private static final double MEBIBYTE = 1 << 20;
  private static final int ASKED_AT_A_TIME = 256;

  private final Path folder;
  private final long size;
  private final SeededRandom random = new SeededRandom("transfer");
  private final List<Member> members = new ArrayList<>();
  private final List<String> report = new ArrayList<>();
  private Bytes root;
  private long sendNanos;
  private long sentBytes;
  private long receiveNanos;
  private long receivedBytes;
  private long sentFrames;
  private long peak;

  private static final class Member {
    final GroupKey key;
    final FrameSealer sealer;
    final FrameOpener opener;
    final FileExchange exchange;
    IncomingFile file;

    Member(GroupKey key) {
      this.key = key;
      this.sealer = new FrameSealer(key);
      this.opener = new FrameOpener(key);
      this.exchange = new FileExchange(fingerprint(key.ownIndex()), FileLimits.DEFAULT);
      exchange.epochOpened(key.sid(), key.parameters());
    }

    Fingerprint fingerprint(int index) {
      return key.roster().get(index).fingerprint();
    }

    Optional<FileEvent> receive(byte[] frame) throws Exception {
      FrameOpener.Opened opened = opener.open(frame);
      FrameParameterSpec spec = opened.spec();
      Fingerprint sender = fingerprint(spec.sender().orElseThrow());
      return exchange.receive(key.sid(), sender, spec.kind(), opened.content(), 0);
    }
  }

  private ThreeMemberTransfer(Path folder, long size) throws Exception {
    this.folder = folder;
    this.size = size;
    TestGroup.Outcome group = TestGroup.of("transfer", EpochParameters.of("#tea"), MEMBERS).run();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(new Member(group.key(i)));
    }
  }

  /** For a virtual machine of its own; the folder and the size of the file are properties. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(System.getProperty("mpotr.file.folder"));
    run(folder, Long.getLong("mpotr.file.bytes")).forEach(System.out::println);
  }

  /** What was measured, once the file has arrived everywhere as it was. */
  static List<String> run(Path folder, long size) throws Exception {
    ThreeMemberTransfer transfer = new ThreeMemberTransfer(folder, size);
    transfer.transfer();
    return transfer.report;
  }

  private void transfer() throws Exception {
    Path source = folder.resolve("source");
    write(source);
    try (FileChannel content = FileChannel.open(source);
        FileChannel first = open("first");
        FileChannel second = open("second")) {
      long from = System.nanoTime();
      OutgoingFile file =
          OutgoingFile.of(
              new FileName("source"), "", content, members.get(0).key.parameters(), random, 0);
      double offerRate = rate(size, System.nanoTime() - from);
      root = file.offer().root();
      offer(file, first, second);
      send();
      helpTheLast();
      double hash = hashRate();
      double cipher = cipherRate();
      report.add(
          String.format(
              Locale.ROOT,
              "%,d bytes from one member to two in %,d chunks; MiB/s of one thread"
                  + " (and with SHA-512 at %.0f and AES-CTR at %.0f alone)",
              size,
              file.offer().chunkCount(),
              hash,
              cipher));
      report("offer", offerRate, 1 / (1 / hash + 1 / cipher));
      report("send", rate(sentBytes, sendNanos), 1 / (2 / hash + 2 / cipher));
      report("receive", rate(receivedBytes, receiveNanos), 1 / (2 / hash + 2 / cipher));
      report.add(heap());
    }
    for (String name : List.of("first", "second")) {
      if (Files.mismatch(source, folder.resolve(name)) != -1) {
        throw new AssertionError("the " + name + " copy differs");
      }
    }
  }

  private void write(Path source) throws IOException {
    SplittableRandom content = new SplittableRandom(size);
    byte[] block = new byte[BLOCK];
    try (OutputStream output = Files.newOutputStream(source)) {
      for (long left = size; left > 0; left -= BLOCK) {
        content.nextBytes(block);
        output.write(block, 0, (int) Math.min(BLOCK, left));
      }
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        folder.resolve(name),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private byte[] frame(Member sender, FrameKind kind, byte[] content) throws Exception {
    FrameParameterSpec spec = FrameParameterSpec.of(kind, 0, List.of());
    return sender.sealer.seal(spec, content, 0, content.length, random).frame();
  }

  private void offer(OutgoingFile file, FileChannel first, FileChannel second) throws Exception {
    Member sender = members.get(0);
    byte[] frame = frame(sender, FrameKind.FILE, sender.exchange.offer(sender.key.sid(), file, 0));
    for (Member member : members.subList(1, MEMBERS)) {
      FileEvent.Offered offered = (FileEvent.Offered) member.receive(frame).orElseThrow();
      FileChannel target = member == members.get(1) ? first : second;
      member.file = IncomingFile.open(offered.offer(), target, offered.at());
      member.exchange.accept(member.file);
    }
  }

  /** Asks the others for what is missing, and tells whether anything is. */
  private boolean ask(Member member) throws Exception {
    Optional<FileRequest> request = member.exchange.request(root, ASKED_AT_A_TIME);
    if (request.isPresent()) {
      byte[] frame = frame(member, FrameKind.FILE_REQUEST, request.get().encode());
      for (Member other : members) {
        if (other != member) {
          other.receive(frame);
        }
      }
    }
    return request.isPresent();
  }

  private void send() throws Exception {
    Member sender = members.get(0);
    while (ask(members.get(1))) {
      for (byte[] frame = next(sender); frame.length > 0; frame = next(sender)) {
        receive(members.get(1), frame);
        if (sentFrames % 8 != 3) {
          receive(members.get(2), frame);
        }
      }
    }
  }

  private byte[] next(Member sender) throws Exception {
    long from = System.nanoTime();
    Optional<FileChunk> chunk = sender.exchange.next(0);
    if (chunk.isEmpty()) {
      return new byte[0];
    }
    byte[] frame = frame(sender, FrameKind.FILE_CHUNK, chunk.get().content());
    sendNanos += System.nanoTime() - from;
    sentBytes += chunk.get().ciphertextLength();
    sentFrames++;
    return frame;
  }

  private void receive(Member member, byte[] frame) throws Exception {
    int before = member.file.presentCount();
    long from = System.nanoTime();
    member.receive(frame);
    receiveNanos += System.nanoTime() - from;
    peak = Math.max(peak, usedHeap());
    receivedBytes += (long) (member.file.presentCount() - before) * member.file.offer().chunkSize();
  }

  private void helpTheLast() throws Exception {
    Member helper = members.get(1);
    Member last = members.get(2);
    helper.exchange.serve(root);
    while (ask(last)) {
      for (Optional<FileChunk> chunk = helper.exchange.next(0);
          chunk.isPresent();
          chunk = helper.exchange.next(0)) {
        last.receive(frame(helper, FrameKind.FILE_CHUNK, chunk.get().content()));
      }
    }
    if (last.file.state() != FileState.COMPLETE || helper.file.state() != FileState.COMPLETE) {
      throw new AssertionError("the file is not complete");
    }
  }

  private double hashRate() {
    byte[] block = new byte[1 << 15];
    Sha512 hash = new Sha512();
    long from = System.nanoTime();
    for (long done = 0; done < size; done += block.length) {
      hash.update(block).finish();
    }
    return rate(size, System.nanoTime() - from);
  }

  private double cipherRate() {
    byte[] block = new byte[1 << 15];
    try (AesCtr cipher = new AesCtr(new byte[AesCtr.KEY_BYTES])) {
      long from = System.nanoTime();
      for (long done = 0; done < size; done += block.length) {
        cipher.process(new byte[AesCtr.IV_BYTES], block, 0, block.length, block, 0);
      }
      return rate(size, System.nanoTime() - from);
    }
  }

  private static double rate(long bytes, long nanos) {
    return bytes / MEBIBYTE / (nanos / 1e9);
  }

  private void report(String step, double rate, double limit) {
    report.add(String.format(Locale.ROOT, "  %-8s %6.0f (%.0f)", step, rate, limit));
  }

  private static long usedHeap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private String heap() {
    System.gc();
    return String.format(
        Locale.ROOT,
        "  heap: at most %.0f MiB used, garbage included, of %.0f; %.0f MiB live in the end",
        peak / MEBIBYTE,
        Runtime.getRuntime().maxMemory() / MEBIBYTE,
        usedHeap() / MEBIBYTE);
  }
}
