package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.Sha512Digest;
import org.mpotr.benchmarks.workload.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SHA-512 of whole messages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DigestBenchmark {
  @Param({"mpOTR", "JDK", "BC", "ACCP", "Conscrypt"})
  public String provider;

  @Param({"64", "1024", "16384", "1048576"})
  public int bytes;

  private Workload workload;

  @Setup
  public void setUp() throws Exception {
    workload = new Sha512Digest(provider, bytes);
    workload.check();
  }

  @Benchmark
  public Object digest() throws Exception {
    return workload.run();
  }
}
