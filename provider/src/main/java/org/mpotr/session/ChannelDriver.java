package org.mpotr.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A channel for applications with threads: calls from any thread are done one after the other in
 * one, the clock is this machine's, what is to go out is given to a transport as it arises, and
 * events to a listener, in that same thread.
 */
public final class ChannelDriver implements AutoCloseable {

  /** The most messages that wait to be taken in; the transport repeats what matters. */
  public static final int MAX_WAITING = 4_096;

  private static final long LONGEST_PAUSE = 1_000;

  /** A call on the channel. */
  @FunctionalInterface
  public interface Call<T> {
    /** Calls. */
    T on(Channel channel) throws Exception;
  }

  private final Channel channel;
  private final ScheduledExecutorService executor;
  private final Consumer<byte[]> transport;
  private final Consumer<Event> listener;
  private final Supplier<Time> clock;
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private Future<?> nextTick = CompletableFuture.completedFuture(null);
  private boolean isClosed;

  /**
   * Drives a channel from now on; nobody else calls it any more.
   *
   * @param executor with one thread; it stays the caller's to shut down
   * @param transport takes what is to be sent to everybody; it does not block for long
   * @param listener takes events
   */
  public ChannelDriver(
      Channel channel,
      ScheduledExecutorService executor,
      Consumer<byte[]> transport,
      Consumer<Event> listener) {
    this.channel = channel;
    this.executor = executor;
    this.transport = transport;
    this.listener = listener;
    this.clock = Time::now;
    executor.execute(this::turn);
  }

  /**
   * A message came from the transport. Does not block; when too much waits it is dropped, as a
   * transport may, and comes again.
   *
   * @return whether it was taken
   */
  public boolean receive(byte[] message) {
    synchronized (arrived) {
      if (arrived.size() >= MAX_WAITING) {
        return false;
      }
      arrived.add(message.clone());
      if (arrived.size() > 1) {
        return true;
      }
    }
    try {
      executor.execute(this::turn);
    } catch (RejectedExecutionException e) {
      // The application is shutting down, and nobody will take it in.
      return false;
    }
    return true;
  }

  /**
   * Calls the channel in its thread.
   *
   * @return what the call gives; or an exception that it throws, as the cause of an {@link
   *     java.util.concurrent.ExecutionException}
   */
  public <T> CompletableFuture<T> call(Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            T given = call.on(channel);
            turn();
            result.complete(given);
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private void turn() {
    if (isClosed) {
      return;
    }
    List<byte[]> messages;
    synchronized (arrived) {
      messages = List.copyOf(arrived);
      arrived.clear();
    }
    channel.tick(clock.get());
    channel.receive(messages);
    channel.tick(clock.get());
    channel.takeMessages().forEach(transport);
    channel.takeEvents().forEach(listener);
    nextTick.cancel(false);
    long pause = Math.max(1, Math.min(channel.untilDue(), LONGEST_PAUSE));
    nextTick = executor.schedule(this::turn, pause, TimeUnit.MILLISECONDS);
  }

  /** Erases all keys of the channel, whatever others are told of it: leave before, and wait. */
  @Override
  public void close() {
    try {
      executor.execute(
          () -> {
            isClosed = true;
            nextTick.cancel(false);
            channel.destroy();
          });
    } catch (RejectedExecutionException e) {
      // Its thread is gone, so that nothing else calls the channel.
      channel.destroy();
    }
  }
}
