package org.mpotr.chat.relay;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All channels of a relay, within its limits. Used by the relay's event loop only. */
final class Channels {

  /** Many who come at once are told of each other once. */
  private static final long PRESENCE_MILLIS = 200;

  private final Vertx vertx;
  private final RelayLimits limits;
  private final Metrics metrics;
  private final Optional<Journal> journal;
  private final HexFormat hex = HexFormat.of();
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Channel> channels = new HashMap<>();
  private final Set<Channel> changed = new HashSet<>();
  private int listeners;
  private long bytes;
  private long messages;

  Channels(Vertx vertx, RelayLimits limits, Metrics metrics, Optional<Journal> journal) {
    this.vertx = vertx;
    this.limits = limits;
    this.metrics = metrics;
    this.journal = journal;
  }

  /** Takes over what an earlier start has kept, as far as the limits of this one allow. */
  void load() {
    // Nobody here founded these.
    Visitor nobody = new Visitor(limits.perAddress());
    List<Channel> loaded =
        journal
            .map(
                j ->
                    j.load(
                        first ->
                            name ->
                                new Channel(
                                    name,
                                    first.run(),
                                    first.number(),
                                    nobody,
                                    limits.perChannel())))
            .orElse(List.of());
    for (Channel channel : loaded) {
      channels.put(channel.name(), channel);
      bytes += channel.bytes();
      messages += channel.size();
    }
    loaded.forEach(this::trim);
  }

  /** Puts a message at the end of a channel; done when it is stored and others may see it. */
  Future<Message> append(String name, Visitor visitor, Buffer text) throws RelayRefusal {
    Channel channel = open(name, visitor);
    requireAllowed(visitor.allowance);
    requireAllowed(channel.allowance());
    visitor.allowance.take(text.length());
    channel.allowance().take(text.length());
    Message message = channel.number(text);
    Future<Void> stored =
        journal.map(j -> j.add(channel, message)).orElseGet(Future::succeededFuture);
    return stored.transform(
        result -> {
          if (result.failed()) {
            channel.withdraw();
            return Future.failedFuture(result.cause());
          }
          show(channel, message);
          return Future.succeededFuture(message);
        });
  }

  private void show(Channel channel, Message message) {
    metrics.accepted(message.length());
    bytes += message.length();
    messages++;
    channel.append(message);
    trim(channel);
  }

  private static void requireAllowed(Allowance allowance) throws RelayRefusal {
    Duration wait = allowance.untilAllowed();
    if (!wait.isZero()) {
      throw RelayRefusal.tooFast(wait);
    }
  }

  /** The channel of a name, made when there is none. */
  Channel open(String name, Visitor visitor) throws RelayRefusal {
    Channel existing = channels.get(name);
    if (existing != null) {
      return existing;
    }
    if (visitor.channels >= limits.crowd().channelsPerAddress()
        || channels.size() >= limits.crowd().channels()) {
      forgetIdle();
    }
    if (visitor.channels >= limits.crowd().channelsPerAddress()) {
      throw RelayRefusal.tooMany("too many channels of one address");
    }
    if (channels.size() >= limits.crowd().channels()) {
      throw RelayRefusal.tooMany("too many channels");
    }
    byte[] run = new byte[Long.BYTES];
    random.nextBytes(run);
    Channel created = new Channel(name, hex.formatHex(run), 0, visitor, limits.perChannel());
    channels.put(name, created);
    visitor.channels++;
    return created;
  }

  /** Lets somebody listen. */
  void add(Channel channel, Visitor visitor, Listener listener) throws RelayRefusal {
    if (listeners >= limits.crowd().listeners()) {
      throw RelayRefusal.tooMany("too many listeners");
    }
    if (visitor.listeners >= limits.crowd().listenersPerAddress()) {
      throw RelayRefusal.tooMany("too many listeners of one address");
    }
    if (channel.present() >= limits.crowd().listenersPerChannel()) {
      throw RelayRefusal.tooMany("too many listeners of one channel");
    }
    listeners++;
    visitor.listeners++;
    channel.add(listener);
    tellPresence(channel);
  }

  /** Somebody listens no more. */
  void remove(Channel channel, Visitor visitor, Listener listener) {
    listeners--;
    visitor.listeners--;
    channel.remove(listener);
    tellPresence(channel);
    if (channel.isUnused()) {
      forget(channel);
    }
  }

  private void tellPresence(Channel channel) {
    if (changed.isEmpty()) {
      vertx.setTimer(
          PRESENCE_MILLIS,
          timer -> {
            List<Channel> due = List.copyOf(changed);
            changed.clear();
            due.forEach(c -> c.listeners().forEach(l -> l.present(c.present())));
          });
    }
    changed.add(channel);
  }

  /** Hands over everything to those who listen, and lets them go. */
  Future<Void> finish() {
    Future<Void> stored = journal.map(Journal::flush).orElseGet(Future::succeededFuture);
    return stored
        .transform(
            result -> {
              List<Future<Void>> all = new ArrayList<>();
              List.copyOf(channels.values())
                  .forEach(c -> c.listeners().forEach(l -> all.add(l.finish())));
              return Future.join(all);
            })
        .mapEmpty();
  }

  void heartbeat() {
    channels.values().stream()
        .flatMap(channel -> channel.listeners().stream())
        .toList()
        .forEach(Listener::heartbeat);
  }

  void cutOffSlow() {
    channels.values().stream()
        .flatMap(channel -> channel.listeners().stream())
        .toList()
        .forEach(Listener::cutOffIfSlow);
  }

  private void trim(Channel channel) {
    while (channel.size() > limits.backlog().messages()
        || channel.bytes() > limits.backlog().bytes()) {
      dropOldest(channel);
    }
    while (bytes > limits.backlog().totalBytes()) {
      dropOldest(
          channels.values().stream().max(Comparator.comparingLong(Channel::bytes)).orElseThrow());
    }
  }

  private void dropOldest(Channel channel) {
    journal.ifPresent(j -> j.drop(channel, channel.first()));
    bytes -= channel.dropOldest();
    messages--;
  }

  private void forgetIdle() {
    List.copyOf(channels.values()).stream()
        .filter(channel -> channel.isUnused() || channel.isIdle(limits.patience().idle()))
        .forEach(this::forget);
  }

  private void forget(Channel channel) {
    if (channels.remove(channel.name(), channel)) {
      journal.ifPresent(j -> j.drop(channel));
      bytes -= channel.bytes();
      messages -= channel.size();
      channel.founder().channels--;
    }
  }

  int size() {
    return channels.size();
  }

  int listeners() {
    return listeners;
  }

  long messages() {
    return messages;
  }

  long bytes() {
    return bytes;
  }
}
