package org.mpotr.session.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A relay as bad as one likes: it loses, doubles, delays, alters and parts, all by its seed. */
public final class Network {

  /** How bad it is: shares of 1, and milliseconds. */
  public record Quality(
      double loss, double doubling, double corruption, int minDelay, int maxDelay) {

    /** Nothing happens to messages but that they take a while. */
    public static final Quality GOOD = new Quality(0, 0, 0, 5, 50);
  }

  /** What the relay lets through. */
  @FunctionalInterface
  public interface Filter {
    /** Whether a message from one member reaches another. */
    boolean passes(int from, int to, byte[] message);
  }

  /** Arrivals fall on multiples of this, so that some come together. */
  private static final int GRAIN = 5;

  private record Delivery(long at, long order, int to, byte[] message)
      implements Comparable<Delivery> {
    @Override
    public int compareTo(Delivery other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final SplittableRandom random;
  private final PriorityQueue<Delivery> queue = new PriorityQueue<>();
  private final Map<Integer, Integer> parts = new HashMap<>();
  private Quality quality;
  private Relay relay = Relay.HONEST;
  private long order;

  Network(SplittableRandom random, Quality quality) {
    this.random = random;
    this.quality = quality;
  }

  /** Becomes better or worse. */
  public void set(Quality newQuality) {
    quality = newQuality;
  }

  /** Somebody else carries the messages. */
  public void set(Relay newRelay) {
    relay = newRelay;
  }

  /** Lets only some messages through. */
  public void filter(Filter filter) {
    relay =
        (from, to, message, now) -> filter.passes(from, to, message) ? List.of(message) : List.of();
  }

  /** Puts a member into a part of the network; parts do not hear each other. */
  public void part(int member, int part) {
    parts.put(member, part);
  }

  /** All hear each other again. */
  public void heal() {
    parts.clear();
  }

  void send(int from, int to, byte[] message, long now) {
    if (from == to) {
      put(now + quality.minDelay(), to, message);
    } else if (parts.getOrDefault(from, 0).equals(parts.getOrDefault(to, 0))) {
      relay.carry(from, to, message, now).forEach(carried -> deliver(to, carried, now));
    }
  }

  private void deliver(int to, byte[] message, long now) {
    int copies = random.nextDouble() < quality.doubling() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextDouble() < quality.loss()) {
        continue;
      }
      byte[] copy = message;
      if (random.nextDouble() < quality.corruption() && message.length > 0) {
        copy = message.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      }
      put(now + random.nextInt(quality.minDelay(), quality.maxDelay() + 1), to, copy);
    }
  }

  private void put(long at, int to, byte[] message) {
    queue.add(new Delivery((at + GRAIN - 1) / GRAIN * GRAIN, order++, to, message));
  }

  /** Hands a message to one member alone. */
  public void inject(int to, byte[] message, long at) {
    put(at, to, message);
  }

  long nextAt() {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at();
  }

  /** What arrives by now, by member. */
  Map<Integer, List<byte[]>> arrivals(long now) {
    Map<Integer, List<byte[]>> arrived = new TreeMap<>();
    while (!queue.isEmpty() && queue.peek().at() <= now) {
      Delivery delivery = queue.remove();
      arrived.computeIfAbsent(delivery.to(), to -> new ArrayList<>()).add(delivery.message());
    }
    return arrived;
  }
}
