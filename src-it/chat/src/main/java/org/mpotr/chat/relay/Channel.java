package org.mpotr.chat.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages of one channel in the order in which they came. */
final class Channel {

  /** The most characters of one answer, unless a single message is longer. */
  private static final int ANSWER_CHARS = 1 << 20;

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> messages = new ArrayList<>();
  private int listeners;
  private long chars;
  private long lastUsed = System.nanoTime();
  private boolean closed;

  Channel(int capacity) {
    this.capacity = capacity;
  }

  /** The number of the message from now on; nothing when the channel is full or closed. */
  OptionalInt append(String message) {
    lock.lock();
    try {
      lastUsed = System.nanoTime();
      if (closed || messages.size() == capacity) {
        return OptionalInt.empty();
      }
      messages.add(message);
      chars += message.length();
      changed.signalAll();
      return OptionalInt.of(messages.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /** Some of the messages from a number on, at least one if there is any. */
  List<String> from(int number) {
    lock.lock();
    try {
      lastUsed = System.nanoTime();
      List<String> answer = new ArrayList<>();
      long length = 0;
      for (int i = number; i < messages.size(); i++) {
        length += messages.get(i).length();
        if (!answer.isEmpty() && length > ANSWER_CHARS) {
          break;
        }
        answer.add(messages.get(i));
      }
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is a message of that number, the time is over or the channel is closed. */
  void awaitMessage(int number, Duration wait) throws InterruptedException {
    long nanos = wait.toNanos();
    lock.lock();
    listeners++;
    try {
      while (messages.size() <= number && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      listeners--;
      lastUsed = System.nanoTime();
      lock.unlock();
    }
  }

  /** Closes the channel if nobody has used it for so long. */
  boolean closeIfIdle(Duration idle) {
    lock.lock();
    try {
      long unused = System.nanoTime() - lastUsed;
      if (listeners > 0 || unused < TimeUnit.NANOSECONDS.convert(idle)) {
        return false;
      }
      close();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets all listeners go; nothing more is taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** How much the channel holds. */
  long chars() {
    lock.lock();
    try {
      return chars;
    } finally {
      lock.unlock();
    }
  }
}
