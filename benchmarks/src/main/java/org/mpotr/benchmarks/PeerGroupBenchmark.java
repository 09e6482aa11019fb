package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.peer.GroupLeave;
import org.mpotr.benchmarks.peer.GroupSetUp;
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

/** Groups are set up and one member leaves, by mpOTR and by other protocols. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeerGroupBenchmark {
  @Param({"mpOTR", "vodozemac", "libsignal", "BC MLS P-256", "BC MLS X25519"})
  public String peer;

  @Param({"10", "30"})
  public int members;

  private GroupSetUp setUps;

  @Setup
  public void setUp() throws Exception {
    setUps = new GroupSetUp(peer, members);
    setUps.check();
  }

  @Setup(Level.Invocation)
  public void prepare() {
    setUps.prepare(1);
  }

  @TearDown
  public void tearDown() {
    setUps.close();
  }

  /** A group whose last member leaves. */
  @State(Scope.Thread)
  public static class Leaving {
    private GroupLeave workload;

    @Setup
    public void setUp(PeerGroupBenchmark benchmark) throws Exception {
      workload = new GroupLeave(benchmark.peer, benchmark.members);
      workload.check();
    }

    @Setup(Level.Invocation)
    public void prepare() throws Exception {
      workload.prepare(1);
    }

    @TearDown
    public void tearDown() {
      workload.close();
    }
  }

  /** Everything that all members do together. */
  @Benchmark
  public Object wholeGroup() throws Exception {
    return setUps.run();
  }

  @Benchmark
  public Object leave(Leaving state) throws Exception {
    return state.workload.run();
  }
}
