package org.mpotr.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mpotr.keystore.StoreException.Reason;

/**
 * A file that is replaced as a whole: written beside, synced, renamed, and the folder synced. At no
 * moment is there no file, or half of one.
 */
final class SafeFile {

  /** What a save does, in this order. */
  enum Step {
    CREATE,
    WRITE,
    SYNC,
    KEEP_PREVIOUS,
    RENAME,
    SYNC_FOLDER
  }

  /** Called before each step, so that tests can let it fail. */
  @FunctionalInterface
  interface Watch {
    void before(Step step) throws IOException;
  }

  /** What is done while the file is locked. */
  @FunctionalInterface
  interface Action<T, E extends Exception> {
    T run() throws IOException, E;
  }

  private static final int MAX_LINKS = 40;
  private static final int SUFFIX_BYTES = 8;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  // Locks of the system belong to the process, which loses them when any of its threads closes the
  // locked file; so only the thread whose turn it is opens it.
  private static final ConcurrentMap<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

  private final Path target;
  private final Path folder;
  private final boolean keepPrevious;
  private final Duration wait;
  private final Watch watch;

  private SafeFile(Path target, boolean keepPrevious, Duration wait, Watch watch) {
    this.target = target;
    this.folder = target.getParent();
    this.keepPrevious = keepPrevious;
    this.wait = wait;
    this.watch = watch;
  }

  static SafeFile at(Path path, boolean keepPrevious, Duration wait) throws IOException {
    return new SafeFile(real(path), keepPrevious, wait, step -> {});
  }

  /** The same file, watched. */
  SafeFile watchedBy(Watch other) {
    return new SafeFile(target, keepPrevious, wait, other);
  }

  /** Where the path leads to, whether or not there is a file. */
  private static Path real(Path path) throws IOException {
    Path end = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(end); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      end = end.resolveSibling(Files.readSymbolicLink(end));
    }
    if (end.getFileName() == null) {
      throw new IOException("not the path of a file: " + path);
    }
    return end.getParent().toRealPath().resolve(end.getFileName());
  }

  boolean exists() {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  /** The whole content. */
  byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(target)) {
      byte[] content = in.readNBytes(IdentityStore.MAX_BYTES + 1);
      if (content.length > IdentityStore.MAX_BYTES) {
        throw new StoreException(Reason.TOO_LARGE, "a key store has at most 64 MiB");
      }
      return content;
    }
  }

  /**
   * Runs an action while no other process or thread that does so too can.
   *
   * @throws StoreException when others did not finish in time
   */
  <T, E extends Exception> T locked(Action<T, E> action) throws IOException, E {
    long deadline = System.nanoTime() + wait.toNanos();
    Semaphore turn = TURNS.computeIfAbsent(target, path -> new Semaphore(1));
    if (!await(turn, wait)) {
      throw locked();
    }
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(target.getFileName() + ".lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            ownerOnly())) {
      FileLock lock = lock(channel, deadline);
      try {
        return action.run();
      } finally {
        lock.release();
      }
    } finally {
      turn.release();
    }
  }

  private static boolean await(Semaphore turn, Duration wait) throws InterruptedIOException {
    try {
      return turn.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private static FileLock lock(FileChannel channel, long deadline) throws IOException {
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw locked();
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted();
      }
    }
  }

  private static StoreException locked() {
    return new StoreException(Reason.LOCKED, "somebody else is writing the key store; try again");
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("interrupted while waiting for the key store");
  }

  /** Puts new content in place of the file, or where there is none. Only while locked. */
  void replace(byte[] content) throws IOException {
    removeLeftovers();
    Path fresh = temporary();
    try {
      write(fresh, content);
      if (keepPrevious && exists()) {
        watch.before(Step.KEEP_PREVIOUS);
        keepPrevious();
      }
      watch.before(Step.RENAME);
      rename(fresh, target);
    } finally {
      Files.deleteIfExists(fresh);
    }
    watch.before(Step.SYNC_FOLDER);
    syncFolder();
  }

  private void write(Path fresh, byte[] content) throws IOException {
    watch.before(Step.CREATE);
    Set<OpenOption> fromNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(fresh, fromNew, ownerOnly())) {
      watch.before(Step.WRITE);
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      restrict(fresh);
      watch.before(Step.SYNC);
      channel.force(true);
    }
  }

  /** What the file does not allow its owner, its successor does not either. */
  private void restrict(Path fresh) throws IOException {
    if (isPosix() && exists()) {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(target);
      allowed.retainAll(OWNER_ONLY);
      Files.setPosixFilePermissions(fresh, allowed);
    }
  }

  /** A second name for the file that is about to be replaced, or a copy where names are single. */
  private void keepPrevious() throws IOException {
    Path previous = folder.resolve(target.getFileName() + IdentityStoreFile.PREVIOUS);
    Path second = temporary();
    try {
      try {
        Files.createLink(second, target);
      } catch (UnsupportedOperationException | FileSystemException e) {
        write(second, read());
      }
      rename(second, previous);
    } finally {
      Files.deleteIfExists(second);
    }
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes the renaming last; only where folders can be opened, as on POSIX systems. */
  private void syncFolder() throws IOException {
    if (isPosix()) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** What processes left that were killed while they had the lock. */
  private void removeLeftovers() throws IOException {
    String prefix = "." + target.getFileName() + ".";
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isTemporary(file, prefix))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isTemporary(Path file, String prefix) {
    String name = file.getFileName().toString();
    return name.startsWith(prefix)
        && name.substring(prefix.length()).matches("[0-9a-f]{" + 2 * SUFFIX_BYTES + "}\\.tmp");
  }

  private Path temporary() {
    byte[] suffix = new byte[SUFFIX_BYTES];
    new SecureRandom().nextBytes(suffix);
    return folder.resolve(
        "." + target.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".tmp");
  }

  private FileAttribute<?>[] ownerOnly() {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
  }
}
