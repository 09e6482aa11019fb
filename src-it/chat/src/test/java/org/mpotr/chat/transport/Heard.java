package org.mpotr.chat.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a subscriber was told, to be waited for. */
final class Heard implements Subscriber {

  private static final long MILLIS = 30_000;

  private final List<String> messages = new ArrayList<>();
  private final List<String> connections = new ArrayList<>();
  private int others = -1;

  @Override
  public synchronized void received(byte[] message, String source) {
    messages.add(new String(message, StandardCharsets.UTF_8));
    notifyAll();
  }

  @Override
  public synchronized void present(int nowOthers) {
    others = nowOthers;
    notifyAll();
  }

  @Override
  public synchronized void connection(boolean isUp, String reason) {
    connections.add((isUp ? "up " : "down ") + reason);
    notifyAll();
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  synchronized List<String> connections() {
    return List.copyOf(connections);
  }

  /** Waits until that many messages are there. */
  void awaitMessages(int count) throws InterruptedException {
    await(heard -> heard.messages.size() >= count);
  }

  void awaitOthers(int count) throws InterruptedException {
    await(heard -> heard.others == count);
  }

  void awaitConnection(Predicate<String> isLike) throws InterruptedException {
    await(heard -> heard.connections.stream().anyMatch(isLike));
  }

  private synchronized void await(Predicate<Heard> condition) throws InterruptedException {
    long end = System.nanoTime() + MILLIS * 1_000_000;
    while (!condition.test(this)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            messages.size() + " messages, " + connections + ", " + others + " others");
      }
      wait(left);
    }
  }
}
