package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Spreads the work of a set-up, which is the same for each peer, over the threads that the caller
 * lends. What fails first in the order of the work is what is reported, however the threads run,
 * and nothing returns before all of them are done: an attempt that is over can be erased.
 *
 * @param executor whose threads work besides the caller's
 * @param parts how many parts the work is cut into, at least 1
 */
record Cores(Executor executor, int parts) {

  /** The caller's thread alone. */
  static final Cores CALLER = new Cores(Runnable::run, 1);

  static Cores of(Executor executor) {
    return new Cores(executor, Runtime.getRuntime().availableProcessors());
  }

  /** Work on some of the peers, in order. */
  @FunctionalInterface
  interface Work<T, R> {
    List<R> on(List<T> part) throws InvalidKeyException;
  }

  /** The results of the work on all items, in order. */
  <T, R> List<R> map(List<T> items, Work<T, R> work) throws InvalidKeyException {
    int size = Math.max(1, (items.size() + parts - 1) / parts);
    List<FutureTask<List<R>>> tasks = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      List<T> part = items.subList(from, Math.min(items.size(), from + size));
      tasks.add(new FutureTask<>(() -> work.on(part)));
    }
    for (int i = 1; i < tasks.size(); i++) {
      lend(tasks.get(i));
    }
    // What no lent thread has begun, the caller does itself, and waits only for what is under way:
    // the executor may be busy with other set-ups that wait as this one would.
    for (FutureTask<List<R>> task : tasks) {
      task.run();
    }
    return results(tasks);
  }

  private void lend(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // An executor that is full or shut down lends no thread; the work is done all the same.
      task.run();
    }
  }

  private static <R> List<R> results(List<FutureTask<List<R>>> tasks) throws InvalidKeyException {
    List<R> results = new ArrayList<>();
    Throwable failure = null;
    for (FutureTask<List<R>> task : tasks) {
      try {
        results.addAll(await(task));
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      }
    }
    if (failure instanceof InvalidKeyException expected) {
      throw expected;
    }
    if (failure != null) {
      throw new IllegalStateException("the work of a set-up broke off", failure);
    }
    return results;
  }

  /** Waits for a task to its end, for the secrets it works on are erased next. */
  private static <R> List<R> await(FutureTask<List<R>> task) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
