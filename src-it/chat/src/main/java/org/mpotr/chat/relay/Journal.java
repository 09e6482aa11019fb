package org.mpotr.chat.relay;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The backlog on disk, one file. What is written together is forced to the disk together, in a
 * thread of its own; whoever wrote it hears of it afterwards, in the order of the writing.
 */
final class Journal {

  private static final String RUNS = "runs";
  private static final String MESSAGES = "messages/";
  private static final int CACHE_MEBIBYTES = 4;
  private static final int COMPACTION_MILLIS = 500;
  private static final long STOP_SECONDS = 10;

  private record Write(Runnable change, Promise<Void> promise) {}

  private final MVStore store;
  private final MVMap<String, String> runs;
  private final Context context;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "relay-journal");
            created.setDaemon(true);
            return created;
          });
  private List<Write> waiting = new ArrayList<>();

  private Journal(MVStore store, Context context) {
    this.store = store;
    this.context = context;
    runs =
        store.openMap(
            RUNS,
            new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
  }

  /**
   * Opens the file, or makes it.
   *
   * @param context where writers hear of their writes
   * @throws IOException when it is no such file, or another relay has it open
   */
  static Journal open(Path file, Context context) throws IOException {
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toAbsolutePath().toString())
              .cacheSize(CACHE_MEBIBYTES)
              .open();
      return new Journal(store, context);
    } catch (MVStoreException | IllegalArgumentException e) {
      throw new IOException("the backlog cannot be opened: " + file, e);
    }
  }

  /** All channels that have messages, with these in them. */
  List<Channel> load(Function<Position, Function<String, Channel>> empty) {
    List<Channel> channels = new ArrayList<>();
    for (Map.Entry<String, String> entry : runs.entrySet()) {
      MVMap<Long, String> messages = messages(entry.getKey());
      if (messages.isEmpty()) {
        continue;
      }
      Position first = new Position(entry.getValue(), messages.firstKey());
      Channel channel = empty.apply(first).apply(entry.getKey());
      Iterator<Map.Entry<Long, String>> all = messages.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<Long, String> message = all.next();
        channel.restore(
            Message.of(channel.run(), message.getKey(), Buffer.buffer(message.getValue())));
      }
      channels.add(channel);
    }
    return channels;
  }

  /** Writes a message; done when it is on the disk. */
  Future<Void> add(Channel channel, Message message) {
    return write(
        () -> {
          runs.put(channel.name(), channel.run());
          messages(channel.name()).put(message.number(), message.text());
        });
  }

  /** Forgets a message. */
  void drop(Channel channel, long number) {
    forget(() -> messages(channel.name()).remove(number));
  }

  /** Forgets a channel. */
  void drop(Channel channel) {
    forget(
        () -> {
          runs.remove(channel.name());
          store.removeMap(messages(channel.name()));
        });
  }

  /** Done when everything written so far is on the disk. */
  Future<Void> flush() {
    return write(() -> {});
  }

  /** Closes the file once everything is written. Blocks. */
  void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!store.isClosed()) {
      store.close(COMPACTION_MILLIS);
    }
  }

  private void forget(Runnable change) {
    // When this fails, the next write fails too and says so.
    write(change).otherwiseEmpty();
  }

  private synchronized Future<Void> write(Runnable change) {
    Write write = new Write(change, Promise.promise());
    waiting.add(write);
    if (waiting.size() == 1) {
      thread.execute(this::commit);
    }
    return write.promise().future();
  }

  private void commit() {
    List<Write> batch;
    synchronized (this) {
      batch = waiting;
      waiting = new ArrayList<>();
    }
    try {
      batch.forEach(write -> write.change().run());
      store.commit();
      store.sync();
      context.runOnContext(v -> batch.forEach(write -> write.promise().complete()));
    } catch (RuntimeException e) {
      // Without order there are no numbers: after a failure nothing is written any more.
      store.closeImmediately();
      context.runOnContext(v -> batch.forEach(write -> write.promise().fail(e)));
    }
  }

  private MVMap<Long, String> messages(String channel) {
    return store.openMap(
        MESSAGES + channel,
        new MVMap.Builder<Long, String>()
            .keyType(LongDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }
}
