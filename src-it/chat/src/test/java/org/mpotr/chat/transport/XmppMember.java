package org.mpotr.chat.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Somebody in a room, who remembers everything. */
final class XmppMember implements Subscriber, AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  final XmppTransport transport;
  private final Map<String, Integer> times = new HashMap<>();
  private final Set<String> sources = new TreeSet<>();
  private final List<String> reasons = new ArrayList<>();
  private int others;
  private boolean isUp;

  XmppMember(XmppOptions options) {
    transport = new XmppTransport(options);
  }

  /** Goes to the room and is there. */
  XmppMember join() throws InterruptedException {
    transport.subscribe(this);
    await("to be in the room", () -> isUp);
    return this;
  }

  @Override
  public synchronized void received(byte[] message, String source) {
    times.merge(HexFormat.of().formatHex(message), 1, Integer::sum);
    sources.add(source);
    notifyAll();
  }

  @Override
  public synchronized void present(int nowOthers) {
    others = nowOthers;
    notifyAll();
  }

  @Override
  public synchronized void connection(boolean nowUp, String reason) {
    isUp = nowUp;
    reasons.add(reason);
    notifyAll();
  }

  synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "waited for " + what + "; " + times.size() + " messages, " + reasons);
      }
      wait(left);
    }
  }

  void awaitMessages(List<byte[]> messages) throws InterruptedException {
    List<String> wanted = messages.stream().map(HexFormat.of()::formatHex).toList();
    await(wanted.size() + " messages", () -> times.keySet().containsAll(wanted));
  }

  void awaitOthers(int number) throws InterruptedException {
    await(number + " others", () -> others == number);
  }

  void awaitSource(String source) throws InterruptedException {
    await("something from " + source, () -> sources.contains(source));
  }

  /** The connection is lost, or could not be made, for this reason. */
  void awaitReason(String part) throws InterruptedException {
    await("the reason " + part, () -> reasons.stream().anyMatch(said -> said.contains(part)));
  }

  synchronized int received() {
    return times.size();
  }

  synchronized int most() {
    return times.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  synchronized boolean wasUp() {
    return reasons.contains("in the room");
  }

  synchronized List<String> reasons() {
    return List.copyOf(reasons);
  }

  @Override
  public void close() {
    transport.close();
  }
}
