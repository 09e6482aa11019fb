package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.peer.GroupMessages;
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

/** Messages of 1 KiB in a group of ten, by mpOTR and by other protocols. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeerBenchmark {
  private static final int MEMBERS = 10;
  private static final int BYTES = 1_024;

  @Param({"mpOTR", "vodozemac", "libsignal", "BC MLS P-256", "BC MLS X25519"})
  public String peer;

  private GroupMessages sending;

  @Setup
  public void setUp() throws Exception {
    sending = new GroupMessages(peer, MEMBERS, BYTES, false);
    sending.check();
  }

  @TearDown
  public void tearDown() {
    sending.close();
  }

  /** Receives messages that were sent outside of what is measured. */
  @State(Scope.Thread)
  public static class Receiving {
    private GroupMessages workload;

    @Setup
    public void setUp(PeerBenchmark benchmark) throws Exception {
      workload = new GroupMessages(benchmark.peer, MEMBERS, BYTES, true);
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

  @Benchmark
  public Object send() throws Exception {
    return sending.run();
  }

  @Benchmark
  public Object receive(Receiving state) throws Exception {
    return state.workload.run();
  }
}
