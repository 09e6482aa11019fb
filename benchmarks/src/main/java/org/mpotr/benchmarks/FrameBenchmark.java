package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.FrameCeiling;
import org.mpotr.benchmarks.workload.FrameOpening;
import org.mpotr.benchmarks.workload.FrameRefusal;
import org.mpotr.benchmarks.workload.FrameSealing;
import org.mpotr.benchmarks.workload.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** mpOTR's frames through {@code Cipher}, and the bare primitives that they need. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
  @Param({"16", "1024", "16384", "262144"})
  public int bytes;

  private static final int BATCH = 32;

  private Workload seal;
  private Workload open;
  private Workload openBatch;
  private Workload refuse;
  private Workload sealPrimitives;
  private Workload openPrimitives;

  @Setup
  public void setUp() throws Exception {
    seal = checked(new FrameSealing(bytes));
    open = checked(new FrameOpening(bytes, 1));
    openBatch = checked(new FrameOpening(bytes, BATCH));
    refuse = checked(new FrameRefusal(bytes));
    sealPrimitives = checked(new FrameCeiling(bytes, true));
    openPrimitives = checked(new FrameCeiling(bytes, false));
  }

  private static Workload checked(Workload workload) throws Exception {
    workload.check();
    return workload;
  }

  @Benchmark
  public Object seal() throws Exception {
    return seal.run();
  }

  @Benchmark
  public Object open() throws Exception {
    return open.run();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Object openBatch() throws Exception {
    return openBatch.run();
  }

  /** An outsider's frame that is none. */
  @Benchmark
  public Object refuse() throws Exception {
    return refuse.run();
  }

  /** What the primitives of {@link #seal()} alone take. */
  @Benchmark
  public Object sealPrimitives() throws Exception {
    return sealPrimitives.run();
  }

  /** What the primitives of {@link #open()} alone take. */
  @Benchmark
  public Object openPrimitives() throws Exception {
    return openPrimitives.run();
  }
}
