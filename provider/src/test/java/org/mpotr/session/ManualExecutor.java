package org.mpotr.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An executor that does what it was given when the test says so, in virtual time. */
final class ManualExecutor extends AbstractExecutorService implements ScheduledExecutorService {

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    final long at;
    final long order;

    Task(Runnable action, long at) {
      super(action, null);
      this.at = at;
      this.order = orders++;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - now, TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return ORDER.compare(this, (Task) other);
    }
  }

  private static final Comparator<Task> ORDER =
      Comparator.<Task>comparingLong(task -> task.at).thenComparingLong(task -> task.order);

  private final PriorityQueue<Task> tasks = new PriorityQueue<>(ORDER);
  private long now;
  private long orders;
  private boolean isShutdown;
  private boolean isRefusing;

  /** Milliseconds since it was made. */
  long now() {
    return now;
  }

  /** The time as a channel wants it. */
  Time time() {
    return new Time(1_700_000_000_000L + now, now);
  }

  /** Does what is due within so many milliseconds. */
  void advance(long milliseconds) {
    long end = now + milliseconds;
    while (!tasks.isEmpty() && tasks.peek().at <= end) {
      Task task = tasks.remove();
      now = Math.max(now, task.at);
      task.run();
    }
    now = end;
  }

  /** Refuses everything from now on, or no longer; what it has it keeps. */
  void refuse(boolean fromNowOn) {
    isRefusing = fromNowOn;
  }

  /** How many tasks wait that nobody has cancelled. */
  long waiting() {
    return tasks.stream().filter(task -> !task.isCancelled()).count();
  }

  private Task task(Runnable action, long delay) {
    if (isShutdown || isRefusing) {
      throw new RejectedExecutionException("refused");
    }
    return new Task(action, now + delay);
  }

  @Override
  public void execute(Runnable action) {
    tasks.add(task(action, 0));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    Task task = task(action, unit.toMillis(delay));
    tasks.add(task);
    return task;
  }

  @Override
  public List<Runnable> shutdownNow() {
    isShutdown = true;
    List<Runnable> dropped = new ArrayList<>(tasks);
    tasks.clear();
    return dropped;
  }

  @Override
  public void shutdown() {
    isShutdown = true;
  }

  @Override
  public boolean isShutdown() {
    return isShutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown && tasks.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }
}
