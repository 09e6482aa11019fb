package org.mpotr.chat.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** All channels of a relay, in memory and within its limits. */
final class ChannelStore {

  private final RelayLimits limits;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Semaphore listeners;
  private long bytes;
  private boolean closed;

  ChannelStore(RelayLimits limits) {
    this.limits = limits;
    this.listeners = new Semaphore(limits.listeners());
  }

  /** Puts a message at the end of a channel and gives its number. */
  int append(String name, String message) throws RelayRefusal {
    Channel channel = channel(name);
    reserve(message.length());
    boolean isStored = false;
    try {
      int number =
          channel
              .append(message)
              .orElseThrow(() -> new RelayRefusal(RelayRefusal.FULL, "the channel is full"));
      isStored = true;
      return number;
    } finally {
      if (!isStored) {
        release(message.length());
      }
    }
  }

  /** The messages of a channel from a number on; waits for the first of them if there is none. */
  List<String> listen(String name, int number, Duration wait)
      throws RelayRefusal, InterruptedException {
    Channel channel = channel(name);
    List<String> present = channel.from(number);
    if (!present.isEmpty() || wait.isZero()) {
      return present;
    }
    if (!listeners.tryAcquire()) {
      throw new RelayRefusal(RelayRefusal.TOO_MANY, "too many listeners");
    }
    try {
      channel.awaitMessage(number, wait);
    } finally {
      listeners.release();
    }
    if (channel.isClosed()) {
      throw stopping();
    }
    return channel.from(number);
  }

  /** Lets all listeners go; from now on everything is refused. */
  synchronized void close() {
    closed = true;
    channels.values().forEach(Channel::close);
  }

  private synchronized Channel channel(String name) throws RelayRefusal {
    if (closed) {
      throw stopping();
    }
    Channel existing = channels.get(name);
    if (existing != null) {
      return existing;
    }
    if (channels.size() >= limits.channels()) {
      forgetIdle();
    }
    if (channels.size() >= limits.channels()) {
      throw new RelayRefusal(RelayRefusal.TOO_MANY, "too many channels");
    }
    Channel created = new Channel(limits.messagesPerChannel());
    channels.put(name, created);
    return created;
  }

  private synchronized void reserve(int length) throws RelayRefusal {
    if (bytes + length > limits.totalBytes()) {
      forgetIdle();
    }
    if (bytes + length > limits.totalBytes()) {
      throw new RelayRefusal(RelayRefusal.FULL, "the relay is full");
    }
    bytes += length;
  }

  private synchronized void release(int length) {
    bytes -= length;
  }

  private synchronized void forgetIdle() {
    for (Iterator<Channel> all = channels.values().iterator(); all.hasNext(); ) {
      Channel channel = all.next();
      if (channel.closeIfIdle(limits.idle())) {
        bytes -= channel.chars();
        all.remove();
      }
    }
  }

  private static RelayRefusal stopping() {
    return new RelayRefusal(RelayRefusal.STOPPING, "the relay stops");
  }
}
