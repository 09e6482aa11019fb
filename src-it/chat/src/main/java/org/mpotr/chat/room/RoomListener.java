package org.mpotr.chat.room;

import java.nio.file.Path;
import java.util.Map;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.Event;

/** Who shows what happens in a room; called in one thread at a time, and not for long. */
public interface RoomListener {

  /** Something of the channel; offers and parts of files come as {@link #file} instead. */
  void happened(Event event);

  /** Something of a file. */
  void file(FileNews news);

  /** The transport is connected, or not. */
  void connection(boolean isUp, String reason);

  /** So many others seem to be in the channel; nothing may rely on it. */
  default void present(int others) {}

  /** How many messages were refused so far, by why; told when it has changed. */
  default void refused(Map<ErrorCode, Long> counts) {}

  /** Something went wrong that needs no answer. */
  void problem(String what);

  /** What became of a file. Files are numbered from 1 in the order in which they were offered. */
  sealed interface FileNews {

    /** Which file. */
    int number();

    /** Somebody offers one. */
    record Offered(int number, Member by, String name, long bytes) implements FileNews {}

    /** One's own was offered. */
    record Shared(int number, String name, long bytes) implements FileNews {}

    /** Parts have come. */
    record Progressed(int number, String name, int present, int count) implements FileNews {}

    /** It is there in full. */
    record Completed(int number, Path path) implements FileNews {}

    /** It will not come. */
    record Ended(int number, String name, String reason) implements FileNews {}
  }
}
