package org.mpotr.session.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireException;

/**
 * The files of a channel as one member shares them (PROTOCOL.md, section 11): contents of file
 * frames go in, contents of frames to send and events come out. Members are known by their
 * fingerprints, since a file may go on in a later epoch. Not thread-safe.
 *
 * <p>It sends nothing by itself: the application decides how fast chunks go, by calling {@link
 * #next}, and how much is asked for at a time, by calling {@link #request}.
 */
public final class FileExchange implements AutoCloseable {

  private static final class Entry {
    final FileOffer offer;
    final Fingerprint offerer;
    final long offeredAt;
    final WantedChunks wanted;
    Bytes sid;
    // None until an offer of somebody else is accepted.
    SharedFile file;
    boolean serving;

    Entry(FileOffer offer, Fingerprint offerer, Bytes sid, long offeredAt) {
      this.offer = offer;
      this.offerer = offerer;
      this.sid = sid;
      this.offeredAt = offeredAt;
      this.wanted = new WantedChunks(offer.chunkCount());
    }

    /**
     * Whether the hour is over, or the key gone because the file is complete and its epoch over.
     */
    boolean isOver(long now) {
      if (file != null) {
        file.tick(now);
      } else if (now - offeredAt >= FileOffer.LIFETIME_MILLIS) {
        offer.destroy();
      }
      return offer.isDestroyed();
    }

    boolean isComplete() {
      return file != null && file.state() == FileState.COMPLETE;
    }

    void end() {
      if (file != null) {
        file.cancel();
      }
      offer.destroy();
    }
  }

  private final Fingerprint own;
  private final FileLimits limits;
  private final Map<Bytes, EpochParameters> epochs = new HashMap<>();
  private final Map<Bytes, Entry> files = new LinkedHashMap<>();

  /**
   * An exchange without files.
   *
   * @param own one's own fingerprint
   */
  public FileExchange(Fingerprint own, FileLimits limits) {
    this.own = own;
    this.limits = limits;
  }

  /** An epoch is there, and files may be offered in it. */
  public void epochOpened(Bytes sid, EpochParameters parameters) {
    epochs.put(sid, parameters);
  }

  /**
   * An epoch is erased. The keys of complete files that were offered in it go with it, those of
   * others as soon as they are complete, at the latest one hour after the offer.
   */
  public void epochEnded(Bytes sid) {
    epochs.remove(sid);
    for (Entry entry : files.values()) {
      if (entry.sid.equals(sid) && entry.file instanceof IncomingFile incoming) {
        incoming.epochEnded();
      }
    }
  }

  /** A member is gone: what it asked for is not sent. What it offered may come from others. */
  public void left(Fingerprint member) {
    files.values().forEach(entry -> entry.wanted.forget(member));
  }

  /**
   * Offers a file, or offers it once more in a later epoch to those who came since.
   *
   * @return the content of the frame of kind {@code file}, with the key of the file: to be cleared
   * @throws FileException {@link ErrorCode#UNKNOWN_EPOCH} when the epoch is not open, {@link
   *     ErrorCode#MALFORMED} when it does not allow a file of this size or frames of this length,
   *     {@link ErrorCode#CLOSED} when the offer is over, {@link ErrorCode#RATE_LIMITED} when there
   *     are too many files already
   */
  public byte[] offer(Bytes sid, OutgoingFile file, long now) throws FileException {
    FileOffer offer = file.offer();
    if (file.tick(now) != FileState.OPEN) {
      throw new FileException(ErrorCode.CLOSED, "the offer is over");
    }
    try {
      offer.layout().requireAllowed(parameters(sid));
    } catch (IllegalArgumentException e) {
      throw new FileException(ErrorCode.MALFORMED, e.getMessage(), e);
    }
    Entry entry = files.get(offer.root());
    if (entry == null) {
      requireRoom();
      entry = new Entry(offer, own, sid, now);
      entry.file = file;
      entry.serving = true;
      files.put(offer.root(), entry);
    }
    entry.sid = sid;
    return offer.encode();
  }

  private EpochParameters parameters(Bytes sid) throws FileException {
    EpochParameters parameters = epochs.get(sid);
    if (parameters == null) {
      throw new FileException(ErrorCode.UNKNOWN_EPOCH, "the epoch is not open");
    }
    return parameters;
  }

  private void requireRoom() throws FileException {
    if (files.size() >= limits.files()) {
      // Those that are complete stay only for others to ask for.
      Optional<Entry> oldest = files.values().stream().filter(Entry::isComplete).findFirst();
      Entry entry =
          oldest.orElseThrow(
              () -> new FileException(ErrorCode.RATE_LIMITED, "there are too many files"));
      entry.end();
      files.remove(entry.offer.root());
    }
  }

  /**
   * Takes the content of a file frame of another member.
   *
   * @param sid of the frame's epoch
   * @param sender the fingerprint of the frame's sender
   * @param kind {@link FrameKind#FILE}, {@link FrameKind#FILE_REQUEST} or {@link
   *     FrameKind#FILE_CHUNK}
   * @param content becomes the exchange's own; that of an offer is cleared
   * @param now milliseconds of any clock that does not go back
   * @return nothing when there is nothing to do or to show
   * @throws IllegalArgumentException for another kind
   * @throws FileException {@link ErrorCode#MALFORMED} when the content is not of its kind, or not
   *     allowed in the epoch, {@link ErrorCode#UNKNOWN_EPOCH} when the epoch is not open; {@link
   *     ErrorCode#RATE_LIMITED} for an offer above the limits and {@link ErrorCode#CONFLICT} for
   *     one with the root of somebody else's; for a chunk as {@link IncomingFile#accept} has it. In
   *     all these nothing changes
   */
  public Optional<FileEvent> receive(
      Bytes sid, Fingerprint sender, FrameKind kind, byte[] content, long now)
      throws FileException {
    EpochParameters parameters = parameters(sid);
    try {
      if (kind.equals(FrameKind.FILE)) {
        FileOffer offer = FileOffer.decode(content, parameters);
        Arrays.fill(content, (byte) 0);
        return offered(sid, sender, offer, now);
      }
      if (kind.equals(FrameKind.FILE_REQUEST)) {
        return requested(sender, FileRequest.decode(content));
      }
      if (kind.equals(FrameKind.FILE_CHUNK)) {
        return arrived(FileChunk.decode(content), now);
      }
    } catch (WireException e) {
      throw new FileException(e.code(), e.getMessage(), e);
    }
    throw new IllegalArgumentException("not the kind of a file frame");
  }

  private Optional<FileEvent> offered(Bytes sid, Fingerprint sender, FileOffer offer, long now)
      throws FileException {
    Entry known = files.get(offer.root());
    boolean taken = false;
    try {
      if (known != null) {
        if (!known.offerer.equals(sender)) {
          throw new FileException(ErrorCode.CONFLICT, "somebody else offered this file");
        }
        known.sid = sid;
        return Optional.empty();
      }
      requireRoomFor(sender);
      requireRoom();
      files.put(offer.root(), new Entry(offer, sender, sid, now));
      taken = true;
      return Optional.of(new FileEvent.Offered(offer, now));
    } finally {
      if (!taken) {
        offer.destroy();
      }
    }
  }

  private void requireRoomFor(Fingerprint sender) throws FileException {
    long offered =
        files.values().stream()
            .filter(entry -> entry.offerer.equals(sender) && !entry.isComplete())
            .count();
    if (offered >= limits.filesOfOneMember()) {
      throw new FileException(ErrorCode.RATE_LIMITED, "the member offers too many files");
    }
  }

  private Optional<FileEvent> requested(Fingerprint sender, FileRequest request) {
    Entry entry = files.get(request.root());
    if (entry == null) {
      return Optional.empty();
    }
    if (request.isCancel() && entry.offerer.equals(sender)) {
      files.remove(request.root());
      boolean wasComplete = entry.isComplete();
      entry.end();
      return wasComplete ? Optional.empty() : Optional.of(new FileEvent.Withdrawn(request.root()));
    }
    boolean isWanted = entry.wanted.set(sender, request);
    return entry.serving && isWanted
        ? Optional.of(new FileEvent.Requested(request.root()))
        : Optional.empty();
  }

  private Optional<FileEvent> arrived(FileChunk chunk, long now) throws FileException {
    Entry entry = files.get(chunk.root());
    if (entry == null) {
      return Optional.empty();
    }
    Optional<FileEvent> event =
        entry.file instanceof IncomingFile file && file.accept(chunk, now)
            ? Optional.of(arrival(file))
            : Optional.empty();
    if (entry.wanted.has(chunk.index())) {
      if (event.isEmpty()) {
        // Nobody is kept waiting by a chunk that does not verify.
        entry.offer.verify(chunk);
      }
      entry.wanted.remove(chunk.index());
    }
    return event;
  }

  private static FileEvent arrival(IncomingFile file) {
    Bytes root = file.offer().root();
    return file.state() == FileState.COMPLETE
        ? new FileEvent.Completed(root)
        : new FileEvent.Progressed(root, file.presentCount(), file.offer().chunkCount());
  }

  /**
   * Receives a file that was offered here, from now on.
   *
   * @param file opened with the very offer of {@link FileEvent.Offered}; it may be complete already
   * @throws IllegalArgumentException when the offer is not one that is open here
   */
  public void accept(IncomingFile file) {
    Entry entry = entry(file.offer().root());
    if (!entry.offer.equals(file.offer()) || entry.file != null) {
      throw new IllegalArgumentException("the file is not of an offer that waits");
    }
    entry.file = file;
    if (!epochs.containsKey(entry.sid)) {
      file.epochEnded();
    }
  }

  private Entry entry(Bytes root) {
    Entry entry = files.get(root);
    if (entry == null) {
      throw new IllegalArgumentException("no such file is shared");
    }
    return entry;
  }

  /**
   * What to ask for of a file: the first chunks that are missing. It takes the place of what this
   * member asked for before.
   *
   * @param limit the most chunks, 1 and more
   * @return nothing when the file is complete
   * @throws IllegalArgumentException when the file is not one that is received
   */
  public Optional<FileRequest> request(Bytes root, int limit) {
    if (entry(root).file instanceof IncomingFile incoming) {
      return incoming.missing(0, limit);
    }
    throw new IllegalArgumentException("the file is not one that is received");
  }

  /**
   * Answers requests for a file of somebody else from now on, with what is there of it. For when
   * whoever offered it is gone or does not answer; as long as it does, others would say the same.
   *
   * @throws IllegalArgumentException when no such file is shared
   */
  public void serve(Bytes root) {
    entry(root).serving = true;
  }

  /**
   * The next chunk that somebody wants and this member has, of each file in turn.
   *
   * @return nothing when there is none
   * @throws FileException {@link ErrorCode#STORAGE} when it cannot be read or has changed; the
   *     chunk is no longer wanted
   */
  public Optional<FileChunk> next(long now) throws FileException {
    for (Entry entry : new ArrayList<>(files.values())) {
      if (entry.serving && entry.file != null && !entry.isOver(now)) {
        SharedFile file = entry.file;
        OptionalInt index = entry.wanted.next(file::has);
        if (index.isPresent()) {
          // To the end of the turn.
          files.remove(entry.offer.root());
          files.put(entry.offer.root(), entry);
          return Optional.of(file.chunk(index.getAsInt(), now));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Withdraws a file, or declines or gives up one of somebody else, and destroys its key.
   *
   * @return what the others have to know of it, the content of a frame of kind {@code file-request}
   * @throws IllegalArgumentException when no such file is shared
   */
  public FileRequest cancel(Bytes root) {
    entry(root).end();
    files.remove(root);
    return FileRequest.cancel(root);
  }

  /** Destroys keys whose time is over, and tells which files thereby ended incomplete. */
  public List<FileEvent> tick(long now) {
    List<FileEvent> events = new ArrayList<>();
    for (Iterator<Entry> all = files.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (entry.isOver(now)) {
        all.remove();
        if (entry.file == null || entry.file.state() == FileState.EXPIRED) {
          events.add(new FileEvent.Expired(entry.offer.root()));
        }
      }
    }
    return events;
  }

  /** Destroys all keys: no file goes on. What is incomplete can be resumed under the same offer. */
  @Override
  public void close() {
    files.values().forEach(Entry::end);
    files.clear();
    epochs.clear();
  }
}
