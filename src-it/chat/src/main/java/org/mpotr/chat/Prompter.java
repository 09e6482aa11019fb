package org.mpotr.chat;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mpotr.chat.member.LineSource;

/**
 * Gives a speaker of the demonstration its lines, each once the speaker has seen all lines before
 * it: people answer what they have read.
 */
final class Prompter implements LineSource {

  private final Script script;
  private final String speaker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean isOpen;
  private int seen;
  private int next;

  Prompter(Script script, String speaker) {
    this.script = script;
    this.speaker = speaker;
  }

  /** The conversation may begin. */
  void open() {
    lock.lock();
    try {
      isOpen = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The speaker has said or heard one more line. */
  void saw() {
    lock.lock();
    try {
      seen++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The speaker's next line; after its last one, the end once it has seen the whole script. */
  @Override
  public Optional<String> next() throws InterruptedException {
    lock.lock();
    try {
      while (next < script.length() && !script.line(next).speaker().equals(speaker)) {
        next++;
      }
      while (!isOpen || seen < next) {
        changed.await();
      }
      return next < script.length() ? Optional.of(script.line(next++).text()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
