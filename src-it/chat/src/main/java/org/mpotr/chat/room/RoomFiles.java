package org.mpotr.chat.room;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mpotr.chat.room.RoomListener.FileNews;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;
import org.mpotr.session.files.ChannelFiles;
import org.mpotr.session.files.FileEvent;
import org.mpotr.session.files.FileException;
import org.mpotr.session.files.FileLimits;
import org.mpotr.session.files.FileName;
import org.mpotr.session.files.FileOffer;
import org.mpotr.session.files.IncomingFile;
import org.mpotr.session.files.OutgoingFile;
import org.mpotr.wire.Bytes;

/** The files of a room: where they are on the disk. Confined to the thread of the channel. */
final class RoomFiles implements AutoCloseable {

  /** Chunks that go out between two ticks. */
  private static final int CHUNKS = 16;

  private static final String UNFINISHED = ".part";

  private static final class Shared {
    final int number;
    final String name;
    final Bytes root;
    FileOffer offer;
    long offeredAt;
    FileChannel disk;
    Path target;

    Shared(int number, String name, Bytes root) {
      this.number = number;
      this.name = name;
      this.root = root;
    }
  }

  private final ChannelFiles files;
  private final RoomListener listener;
  private final List<Shared> shared = new ArrayList<>();

  RoomFiles(Channel channel, Fingerprint own, RoomListener listener) {
    this.files = new ChannelFiles(channel, own, FileLimits.DEFAULT);
    this.listener = listener;
  }

  /** Takes every event of the channel. */
  void hear(Event event) {
    try {
      Optional<FileEvent> news = files.hear(event);
      if (news.isPresent() && news.get() instanceof FileEvent.Offered offered) {
        offered((Event.MessageDelivered) event, offered);
      } else {
        news.ifPresent(this::tell);
      }
    } catch (FileException e) {
      listener.problem("a part of a file was refused: " + e.getMessage());
    }
  }

  private void offered(Event.MessageDelivered event, FileEvent.Offered offered) {
    Shared file = add(offered.offer().name().text(), offered.root());
    file.offer = offered.offer();
    file.offeredAt = offered.at();
    listener.file(
        new FileNews.Offered(file.number, event.sender(), file.name, offered.offer().size()));
  }

  private Shared add(String name, Bytes root) {
    Shared file = new Shared(shared.size() + 1, name, root);
    shared.add(file);
    return file;
  }

  private void tell(FileEvent event) {
    Optional<Shared> known =
        shared.stream().filter(file -> file.root.equals(event.root())).findAny();
    if (known.isEmpty()) {
      return;
    }
    Shared file = known.get();
    if (event instanceof FileEvent.Progressed progressed) {
      listener.file(
          new FileNews.Progressed(
              file.number, file.name, progressed.present(), progressed.count()));
    } else if (event instanceof FileEvent.Completed) {
      completed(file);
    } else if (event instanceof FileEvent.Withdrawn) {
      ended(file, "its owner took it back");
    } else if (event instanceof FileEvent.Expired) {
      ended(file, "the offer has expired");
    }
  }

  private void completed(Shared file) {
    if (file.target == null) {
      return;
    }
    try {
      file.disk.force(true);
      Path path = Files.move(unfinished(file.target), free(file.target));
      listener.file(new FileNews.Completed(file.number, path));
    } catch (IOException e) {
      listener.problem("the file " + file.name + " is there, but not under its name: " + e);
    }
  }

  private void ended(Shared file, String reason) {
    close(file);
    listener.file(new FileNews.Ended(file.number, file.name, reason));
  }

  /** What was read of a file that is to be offered. */
  record Prepared(OutgoingFile file, FileChannel disk, String name) {}

  /** Reads a file, in any thread. */
  static Prepared prepare(Path path, EpochParameters parameters, long now)
      throws IOException, FileException {
    FileChannel disk = FileChannel.open(path, StandardOpenOption.READ);
    try {
      FileName name = new FileName(path.getFileName().toString());
      OutgoingFile file =
          OutgoingFile.of(
              name, "application/octet-stream", disk, parameters, new SecureRandom(), now);
      return new Prepared(file, disk, name.text());
    } catch (FileException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /** Offers it to all. */
  int offer(Prepared prepared) throws Exception {
    files.offer(prepared.file());
    FileOffer offer = prepared.file().offer();
    Shared file = add(prepared.name(), offer.root());
    file.disk = prepared.disk();
    listener.file(new FileNews.Shared(file.number, file.name, offer.size()));
    return file.number;
  }

  /** Receives a file into a folder, under its own name or one like it. */
  void accept(int number, Path folder) throws IOException, FileException {
    Shared file = find(number);
    if (file.offer == null || file.disk != null) {
      throw new IllegalArgumentException("file " + number + " is not to be received");
    }
    file.target = free(folder.resolve(file.name));
    file.disk =
        FileChannel.open(
            unfinished(file.target),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    files.accept(IncomingFile.open(file.offer, file.disk, file.offeredAt));
  }

  /** Declines a file, or takes one's own back. */
  void cancel(int number) {
    Shared file = find(number);
    files.cancel(file.root);
    close(file);
  }

  private Shared find(int number) {
    if (number < 1 || number > shared.size()) {
      throw new IllegalArgumentException("there is no file " + number);
    }
    return shared.get(number - 1);
  }

  /** Something like the path that is not there yet. */
  private static Path free(Path path) {
    Path candidate = path;
    for (int i = 2; Files.exists(candidate) || Files.exists(unfinished(candidate)); i++) {
      if (candidate.equals(path) && !Files.exists(path)) {
        break;
      }
      candidate = path.resolveSibling(i + " " + path.getFileName());
    }
    return candidate;
  }

  private static Path unfinished(Path path) {
    return path.resolveSibling(path.getFileName() + UNFINISHED);
  }

  /** Asks for what is missing, and says what others ask for. */
  void tick() throws FileException {
    files.tick().forEach(this::tell);
    files.send(CHUNKS);
  }

  private void close(Shared file) {
    if (file.disk != null) {
      try {
        file.disk.close();
      } catch (IOException e) {
        listener.problem("the file " + file.name + " cannot be closed: " + e);
      }
    }
  }

  @Override
  public void close() {
    files.close();
    shared.forEach(this::close);
  }
}
