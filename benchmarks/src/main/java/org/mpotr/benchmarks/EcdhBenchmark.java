package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.EcdhAgreement;
import org.mpotr.benchmarks.workload.Workload;
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

/** ECDH on P-256 through {@code KeyAgreement}, with 256 peers in turn, or a new one each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EcdhBenchmark {
  @Param({"mpOTR", "JDK", "BC", "ACCP", "Conscrypt"})
  public String provider;

  @Param({"NEW", "KNOWN"})
  public EcdhAgreement.Peers peers;

  private Workload workload;

  @Setup
  public void setUp() throws Exception {
    workload = new EcdhAgreement(provider, peers);
    workload.check();
  }

  @Setup(Level.Invocation)
  public void prepare() throws Exception {
    workload.prepare(1);
  }

  @Benchmark
  public Object agree() throws Exception {
    return workload.run();
  }
}
