package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.MpotrSetUp;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Warmup;

/** mpOTR's key agreement, first set-up and refresh; identities exist before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AgreementBenchmark {
  @Param({"2", "10", "30", "100", "256"})
  public int members;

  @Param({"first", "refresh"})
  public String kind;

  private MpotrSetUp workload;

  @Setup
  public void setUp() throws Exception {
    workload = new MpotrSetUp(members, "refresh".equals(kind));
    workload.check();
  }

  /** Makes an epoch to resume from, where there is none. */
  @Setup(Level.Invocation)
  public void prepare() throws Exception {
    workload.prepare(1);
  }

  /** The set-up of all members together. */
  @Benchmark
  public Object wholeGroup() throws Exception {
    return workload.run();
  }

  /** The same, counted for one member. */
  @Benchmark
  public Object perMember(PerMember counter) throws Exception {
    counter.members += members;
    return workload.run();
  }

  /** Counts members, so that JMH shows the time for each as well. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class PerMember {
    /** How many members have been set up. */
    public long members;
  }
}
