package org.mpotr.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;

/**
 * A channel for applications with threads: calls from any thread are done one after the other by an
 * executor, the clock is this machine's, what is to go out is given to a transport as it arises,
 * and events to a listener.
 *
 * <p>What the transport, the listener or the channel itself throws goes to a handler of errors and
 * stops nothing: the message or event it was about is lost, and the next turn comes as always, so
 * that keys expire when they have to.
 *
 * <p>The executor has to outlive the channel. Once it refuses tasks there are no turns any more:
 * {@link #receive} takes nothing, the future of {@link #call} fails with a {@link
 * RejectedExecutionException}, the handler of errors is told, and keys stay in memory until {@link
 * #close}, which works then too. Tasks that an executor takes and drops, as {@code shutdownNow}
 * does, are lost: close the driver first and wait for the executor to terminate, or close it again
 * afterwards.
 */
public final class ChannelDriver implements AutoCloseable {

  /** The most messages that wait to be taken in; the transport repeats what matters. */
  public static final int MAX_WAITING = 4_096;

  /** The most bytes of messages that wait to be taken in. */
  public static final int MAX_WAITING_BYTES = 16 << 20;

  private static final long LONGEST_PAUSE = 1_000;

  /** A call on the channel. */
  @FunctionalInterface
  public interface Call<T> {
    /** Calls. */
    T on(Channel channel) throws Exception;
  }

  /** A call on the channel that gives nothing. */
  @FunctionalInterface
  public interface Action {
    /** Calls. */
    void on(Channel channel) throws Exception;
  }

  private record Arrival(byte[] message, String source) {

    /** Whether it has no use for its source, so that it may be taken in together with others. */
    boolean isPlain() {
      return source.isEmpty() || message.length > 1 && message[1] == MessageType.FRAME.code();
    }
  }

  private final Channel channel;
  private final ScheduledExecutorService executor;
  private final Consumer<byte[]> transport;
  private final Consumer<Event> listener;
  private final Consumer<Throwable> errors;
  private final Supplier<Time> clock;
  // Guarded by arrived.
  private final Deque<Arrival> arrived = new ArrayDeque<>();
  private int arrivedBytes;
  private boolean isTurnDue;
  private boolean isClosing;
  // Guarded by channel.
  private Future<?> nextTurn = CompletableFuture.completedFuture(null);
  private boolean isClosed;

  /**
   * Drives a channel from now on; nobody else calls it any more.
   *
   * @param executor one thread is enough, and does calls in the order in which they are made; it
   *     stays the caller's to shut down
   * @param transport takes what is to be sent to everybody; it does not block for long
   * @param listener takes events; it does not block for long, and may call this driver
   * @param errors takes what transport and listener throw, and errors of the channel itself, for a
   *     log; what it throws is lost
   * @throws RejectedExecutionException when the executor takes no tasks
   */
  public ChannelDriver(
      Channel channel,
      ScheduledExecutorService executor,
      Consumer<byte[]> transport,
      Consumer<Event> listener,
      Consumer<Throwable> errors) {
    this(channel, executor, transport, listener, errors, Time::now);
  }

  /** The same with another clock. */
  ChannelDriver(
      Channel channel,
      ScheduledExecutorService executor,
      Consumer<byte[]> transport,
      Consumer<Event> listener,
      Consumer<Throwable> errors,
      Supplier<Time> clock) {
    this.channel = channel;
    this.executor = executor;
    this.transport = transport;
    this.listener = listener;
    this.errors = errors;
    this.clock = clock;
    executor.execute(this::turn);
  }

  /**
   * A message came from the transport.
   *
   * @return as {@link #receive(byte[], String)}
   */
  public boolean receive(byte[] message) {
    return receive(message, "");
  }

  /**
   * A message came from the transport. Does not block; when too much waits it is dropped, as a
   * transport may, and comes again.
   *
   * @param source as {@link Channel#receive(byte[], String)} has it
   * @return whether it was taken: not when it is longer than {@value
   *     org.mpotr.wire.Message#MAX_BYTES} bytes, when {@value #MAX_WAITING} messages or {@value
   *     #MAX_WAITING_BYTES} bytes wait, after {@link #close}, and when the executor refuses
   */
  public boolean receive(byte[] message, String source) {
    synchronized (arrived) {
      if (isClosing
          || executor.isShutdown()
          || message.length > Message.MAX_BYTES
          || arrived.size() >= MAX_WAITING
          || arrivedBytes + message.length > MAX_WAITING_BYTES) {
        return false;
      }
      if (!isTurnDue) {
        try {
          executor.execute(this::turn);
        } catch (RejectedExecutionException e) {
          return false;
        }
        isTurnDue = true;
      }
      arrived.add(new Arrival(message.clone(), source));
      arrivedBytes += message.length;
      return true;
    }
  }

  /**
   * Calls the channel in a thread of the executor, at the time of the call, and then gives out what
   * followed from it.
   *
   * @return what the call gives, whatever happens afterwards; or, as the cause of an {@link
   *     java.util.concurrent.ExecutionException}, what it throws, a {@link
   *     RejectedExecutionException} when the executor refuses, and an {@link IllegalStateException}
   *     when this driver is closed
   */
  public <T> CompletableFuture<T> call(Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(() -> perform(call, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  /**
   * Calls the channel in the same way.
   *
   * @return done when the call is, or failed as that of {@link #call}
   */
  public CompletableFuture<Void> run(Action action) {
    return call(
        called -> {
          action.on(called);
          return null;
        });
  }

  private <T> void perform(Call<T> call, CompletableFuture<T> result) {
    synchronized (channel) {
      if (isClosed) {
        result.completeExceptionally(new IllegalStateException("the driver is closed"));
        return;
      }
      attempt(() -> channel.tick(clock.get()));
      try {
        result.complete(call.on(channel));
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
      turn();
    }
  }

  /** Whatever executor it is: turns are one after the other, and keep each other's order. */
  private void turn() {
    synchronized (channel) {
      if (isClosed) {
        return;
      }
      boolean isWell = attempt(() -> channel.tick(clock.get()));
      isWell &= attempt(this::takeIn);
      isWell &= attempt(() -> channel.tick(clock.get()));
      giveOut();
      if (!isClosed) {
        schedule(isWell);
      }
    }
  }

  private void takeIn() {
    List<Arrival> arrivals;
    synchronized (arrived) {
      arrivals = List.copyOf(arrived);
      arrived.clear();
      arrivedBytes = 0;
      isTurnDue = false;
    }
    List<byte[]> together = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      if (arrival.isPlain()) {
        together.add(arrival.message());
      } else {
        channel.receive(together);
        together.clear();
        channel.receive(arrival.message(), arrival.source());
      }
    }
    channel.receive(together);
  }

  private void giveOut() {
    channel.takeMessages().forEach(message -> attempt(() -> transport.accept(message)));
    channel.takeEvents().forEach(event -> attempt(() -> listener.accept(event)));
  }

  /** A channel that fails is asked again, but not at once. */
  private void schedule(boolean isWell) {
    nextTurn.cancel(false);
    long due = isWell ? channel.untilDue() : LONGEST_PAUSE;
    long pause = Math.max(1, Math.min(due, LONGEST_PAUSE));
    attempt(() -> nextTurn = executor.schedule(this::turn, pause, TimeUnit.MILLISECONDS));
  }

  /** Does something that may fail without harm to what comes next; whether it went well. */
  private boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (Throwable e) {
      try {
        errors.accept(e);
      } catch (Throwable lost) {
        // There is nobody else to tell.
      }
      return false;
    }
  }

  /**
   * Erases all keys of the channel, whatever others are told of it: leave before, and wait. Does
   * not block: the calls that were made before come first, then the last messages and events are
   * given out. Where the executor refuses, all of this happens in the caller's thread.
   */
  @Override
  public void close() {
    synchronized (arrived) {
      isClosing = true;
      arrived.clear();
      arrivedBytes = 0;
    }
    try {
      executor.execute(this::end);
    } catch (RejectedExecutionException e) {
      end();
    }
  }

  private void end() {
    synchronized (channel) {
      if (!isClosed) {
        isClosed = true;
        nextTurn.cancel(false);
        attempt(channel::destroy);
        giveOut();
      }
    }
  }
}
