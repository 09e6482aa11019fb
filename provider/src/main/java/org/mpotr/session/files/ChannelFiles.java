package org.mpotr.session.files;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;
import org.mpotr.wire.Bytes;

/**
 * The files of one channel (PROTOCOL.md, section 11): events of the channel go in, and what is to
 * be said goes out through it. It asks for what is missing by itself, and again when it does not
 * come; how fast chunks go is the application's, by calling {@link #send}. Memory is bounded
 * whatever the size of files. Confined to the thread of the channel.
 */
public final class ChannelFiles implements AutoCloseable {

  private static final int ASKED_AT_A_TIME = 64;
  private static final long PATIENCE = 2_000;

  /** A file on its way here, and what was asked for last. */
  private static final class Receiving {
    final IncomingFile file;
    int enough;
    long askAgainAt;

    Receiving(IncomingFile file, long now) {
      this.file = file;
      this.askAgainAt = now;
    }
  }

  private final Channel channel;
  private final Fingerprint own;
  private final FileExchange exchange;
  private final Map<Bytes, Receiving> receiving = new HashMap<>();

  /**
   * Files beside a channel, which has opened no epoch yet.
   *
   * @param own the fingerprint of one's own identity
   */
  public ChannelFiles(Channel channel, Fingerprint own, FileLimits limits) {
    this.channel = channel;
    this.own = own;
    this.exchange = new FileExchange(own, limits);
  }

  /**
   * Takes every event of the channel, in their order.
   *
   * @return what it means for files, or nothing
   * @throws FileException when it is a frame that {@link FileExchange#receive} refuses: to be shown
   *     or dropped, nothing has changed
   */
  public Optional<FileEvent> hear(Event event) throws FileException {
    if (event instanceof Event.EpochOpened opened) {
      exchange.epochOpened(opened.sid(), opened.parameters());
      opened.left().forEach(member -> exchange.left(member.fingerprint()));
    } else if (event instanceof Event.EpochClosed closed) {
      exchange.epochEnded(closed.sid());
    } else if (event instanceof Event.FileFrame frame) {
      return receive(frame.sid(), frame.sender(), frame.kind(), frame.content());
    } else if (event instanceof Event.MessageDelivered message
        && message.kind().equals(FrameKind.FILE)) {
      return receive(message.sid(), message.sender(), message.kind(), message.content());
    }
    return Optional.empty();
  }

  private Optional<FileEvent> receive(Bytes sid, Member sender, FrameKind kind, Bytes content)
      throws FileException {
    Fingerprint from = sender.fingerprint();
    return from.equals(own)
        ? Optional.empty()
        : exchange.receive(sid, from, kind, content.toArray(), channel.elapsed());
  }

  /**
   * Offers a file to all members; the same again, in a later epoch too, for those who came since.
   *
   * @param file made under {@link Channel#parameters()} at {@link Channel#elapsed()}, better in
   *     another thread, since all of it is read
   * @return as {@link Channel#send}
   * @throws FileException as {@link FileExchange#offer} has it
   * @throws FrameTooLongException when the offer is longer than the group allows
   * @throws IllegalStateException unless a member
   */
  public long offer(OutgoingFile file) throws FileException, FrameTooLongException {
    byte[] content = exchange.offer(channel.sid(), file, channel.elapsed());
    try {
      return channel.send(FrameKind.FILE, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Receives a file that was offered; what is there of it already is not asked for.
   *
   * @param file opened with the offer and the time of {@link FileEvent.Offered}
   * @throws IllegalArgumentException when the offer is not one that is open here
   */
  public void accept(IncomingFile file) {
    exchange.accept(file);
    receiving.put(file.offer().root(), new Receiving(file, channel.elapsed()));
  }

  /**
   * Answers requests for a file of somebody else, for when that one is gone or silent. The key of a
   * file that is complete goes with the epoch of its last offer, and with it what could be said.
   *
   * @throws IllegalArgumentException when no such file is shared
   */
  public void serve(Bytes root) {
    exchange.serve(root);
  }

  /**
   * Withdraws a file, or declines or gives up one of somebody else, and destroys its key.
   *
   * @throws IllegalArgumentException when no such file is shared
   */
  public void cancel(Bytes root) {
    receiving.remove(root);
    FileRequest nothing = exchange.cancel(root);
    if (channel.state() == Channel.State.MEMBER) {
      ask(nothing);
    }
  }

  /**
   * Asks for what is missing where it is time to, and ends what is over. To be called some times a
   * second, and after {@link #accept}.
   *
   * @return what ended incomplete
   */
  public List<FileEvent> tick() {
    long now = channel.elapsed();
    List<FileEvent> over = exchange.tick(now);
    receiving.values().removeIf(each -> each.file.state() != FileState.OPEN);
    if (channel.state() == Channel.State.MEMBER) {
      for (Receiving each : receiving.values()) {
        if (each.file.presentCount() >= each.enough || now >= each.askAgainAt) {
          ask(each, now);
        }
      }
    }
    return over;
  }

  private void ask(Receiving each, long now) {
    exchange
        .request(each.file.offer().root(), ASKED_AT_A_TIME)
        .ifPresent(
            request -> {
              each.enough =
                  Math.min(
                      each.file.presentCount() + ASKED_AT_A_TIME, each.file.offer().chunkCount());
              each.askAgainAt = now + PATIENCE;
              ask(request);
            });
  }

  private void ask(FileRequest request) {
    try {
      channel.sendFileFrame(FrameKind.FILE_REQUEST, request.encode());
    } catch (FrameTooLongException e) {
      throw new IllegalStateException("a request fits into the shortest frame", e);
    }
  }

  /**
   * Says chunks that others want and this member has, of each file in turn.
   *
   * @param limit the most chunks: what the transport takes until this is called again
   * @return how many there were
   * @throws FileException {@link ErrorCode#STORAGE} when one cannot be read, {@link
   *     ErrorCode#MALFORMED} when it is longer than the present epoch allows; it is no longer
   *     wanted
   */
  public int send(int limit) throws FileException {
    int sent = 0;
    while (sent < limit && channel.state() == Channel.State.MEMBER) {
      Optional<FileChunk> chunk = exchange.next(channel.elapsed());
      if (chunk.isEmpty()) {
        break;
      }
      try {
        channel.sendFileFrame(FrameKind.FILE_CHUNK, chunk.get().content());
      } catch (FrameTooLongException e) {
        throw new FileException(ErrorCode.MALFORMED, "the chunk is too long", e);
      }
      sent++;
    }
    return sent;
  }

  /** Destroys all keys: no file goes on. What is incomplete can be resumed under the same offer. */
  @Override
  public void close() {
    receiving.clear();
    exchange.close();
  }
}
