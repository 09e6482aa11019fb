package org.mpotr.chat.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mpotr.chat.transport.Subscriber;
import org.mpotr.chat.transport.Transport;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.error.ErrorCode;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelDriver;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;
import org.mpotr.session.Time;

/**
 * A member in a channel. All that is secret is the session engine's; a room ties it to a transport,
 * to files on the disk, and to whoever shows it. Safe for use by many threads.
 */
public final class Room implements AutoCloseable {

  private static final long TICK_MILLIS = 100;
  private static final long CLOSE_SECONDS = 10;

  private final ScheduledExecutorService thread;
  private final Transport transport;
  private final RoomListener listener;
  private final ChannelDriver driver;
  private final RoomFiles files;
  private final Future<?> ticks;
  private Map<ErrorCode, Long> refused = Map.of();

  private Room(Channel channel, Fingerprint own, Transport transport, RoomListener listener) {
    this.transport = transport;
    this.listener = listener;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread created = new Thread(task, "room");
              created.setDaemon(true);
              return created;
            });
    this.files = new RoomFiles(channel, own, listener);
    this.driver = new ChannelDriver(channel, thread, transport::publish, this::hear, this::problem);
    this.ticks =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Connects a member with its channel. It says nothing before {@link Channel#join}.
   *
   * @param transport becomes the room's to close
   * @throws GeneralSecurityException when the identity is none
   */
  public static Room open(
      ChannelSpec spec, PublicKey identity, Transport transport, RoomListener listener)
      throws GeneralSecurityException {
    Room room =
        new Room(Channel.open(spec, Time.now()), Fingerprint.of(identity), transport, listener);
    transport.subscribe(room.subscriber());
    return room;
  }

  private Subscriber subscriber() {
    return new Subscriber() {
      @Override
      public void received(byte[] message, String source) {
        // Where too much waits it is dropped, and comes again.
        driver.receive(message, source);
      }

      @Override
      public void present(int others) {
        listener.present(others);
      }

      @Override
      public void connection(boolean isUp, String reason) {
        listener.connection(isUp, reason);
      }
    };
  }

  private void hear(Event event) {
    listener.happened(event);
    files.hear(event);
  }

  private void problem(Throwable cause) {
    listener.problem(String.valueOf(cause.getMessage()));
  }

  private void tick() {
    try {
      driver.run(this::tick).exceptionally(this::ignoreClosed);
    } catch (RuntimeException e) {
      // A task that throws would be the last one.
      problem(e);
    }
  }

  private void tick(Channel channel) throws Exception {
    files.tick();
    Map<ErrorCode, Long> now = channel.refused();
    if (!now.equals(refused)) {
      refused = now;
      listener.refused(now);
    }
  }

  private Void ignoreClosed(Throwable cause) {
    if (!(cause instanceof IllegalStateException)) {
      problem(cause);
    }
    return null;
  }

  /** Calls the channel in its own thread. */
  public <T> CompletableFuture<T> call(ChannelDriver.Call<T> call) {
    return driver.call(call);
  }

  /** Calls the channel in its own thread. */
  public CompletableFuture<Void> run(ChannelDriver.Action action) {
    return driver.run(action);
  }

  /** Says a text to all; its number, as {@link Channel#send(byte[])} has it. */
  public CompletableFuture<Long> say(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return driver.call(channel -> channel.send(utf8));
  }

  /** Offers a file to all, after it was read in this thread; its number in this room. */
  public CompletableFuture<Integer> offer(Path path) throws Exception {
    record Now(EpochParameters parameters, long elapsed) {}
    Now now = driver.call(c -> new Now(c.parameters(), c.elapsed())).get();
    RoomFiles.Prepared prepared = RoomFiles.prepare(path, now.parameters(), now.elapsed());
    return driver.call(channel -> files.offer(prepared));
  }

  /** Receives an offered file into a folder. */
  public CompletableFuture<Void> accept(int number, Path folder) {
    return driver.run(channel -> files.accept(number, folder));
  }

  /** Declines an offered file, or takes back one's own. */
  public CompletableFuture<Void> cancel(int number) {
    return driver.run(channel -> files.cancel(number));
  }

  /** Erases all keys at once and ends; to leave first, and to wait, is the caller's. */
  @Override
  public void close() {
    ticks.cancel(false);
    driver.run(channel -> files.close()).exceptionally(this::ignoreClosed);
    driver.close();
    try {
      // The driver ends in its turn, and what it has to say for the last time goes out before.
      thread.submit(() -> {}).get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      listener.problem("the room did not end in time");
    }
    thread.shutdownNow();
    transport.close();
  }
}
