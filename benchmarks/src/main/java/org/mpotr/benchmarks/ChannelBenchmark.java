package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.SessionChange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a change of the group costs in a session, all members together: the first epoch, a resumed
 * refresh, and a member more. Divide by the members for one's share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(1)
public class ChannelBenchmark {
  @Param({"10", "30"})
  public int members;

  @Param public SessionChange.Kind change;

  private SessionChange workload;

  @Setup
  public void setUp() throws Exception {
    workload = new SessionChange(members, change);
    workload.check();
  }

  /** Brings the group to where the change begins. */
  @Setup(Level.Invocation)
  public void prepare() throws Exception {
    workload.prepare(1);
  }

  /** The change. */
  @Benchmark
  public Object wholeGroup() throws Exception {
    return workload.run();
  }

  /** Everybody leaves. */
  @TearDown(Level.Invocation)
  public void clear() {
    workload.close();
  }
}
