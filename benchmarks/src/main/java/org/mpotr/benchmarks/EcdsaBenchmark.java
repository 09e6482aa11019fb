package org.mpotr.benchmarks;

import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.EcdsaSigning;
import org.mpotr.benchmarks.workload.EcdsaVerification;
import org.mpotr.benchmarks.workload.EngineVerification;
import org.mpotr.benchmarks.workload.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SHA512withECDSA on P-256 through {@code Signature}: init, update, and the result. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EcdsaBenchmark {
  private static final int BATCH = 32;
  private static final int SENDERS_IN_BATCH = 4;

  /** Signs. */
  @State(Scope.Thread)
  public static class Signing {
    @Param({"mpOTR", "JDK", "BC", "ACCP", "Conscrypt"})
    public String provider;

    private Workload workload;

    @Setup
    public void setUp() throws Exception {
      workload = new EcdsaSigning(provider);
      workload.check();
    }
  }

  /** Verifies signatures of keys that were used before. */
  @State(Scope.Thread)
  public static class Known {
    @Param({"mpOTR", "JDK", "BC", "ACCP", "Conscrypt"})
    public String provider;

    @Param({"BUSY", "KNOWN"})
    public EcdsaVerification.Senders senders;

    private Workload workload;

    @Setup
    public void setUp() throws Exception {
      workload = new EcdsaVerification(provider, senders);
      workload.check();
    }
  }

  /** Verifies with a key object that was never used before, made outside of what is measured. */
  @State(Scope.Thread)
  public static class Fresh {
    @Param({"mpOTR", "JDK", "BC", "ACCP", "Conscrypt"})
    public String provider;

    private Workload workload;

    @Setup
    public void setUp() throws Exception {
      workload = new EcdsaVerification(provider, EcdsaVerification.Senders.NEW);
      workload.check();
    }

    @Setup(Level.Invocation)
    public void prepare() throws Exception {
      workload.prepare(1);
    }
  }

  /** Verifies in batches, which is mpOTR's own. */
  @State(Scope.Thread)
  public static class Batches {
    private Workload workload;

    @Setup
    public void setUp() throws Exception {
      workload = new EngineVerification(SENDERS_IN_BATCH, BATCH);
      workload.check();
    }
  }

  @Benchmark
  public Object sign(Signing state) throws Exception {
    return state.workload.run();
  }

  @Benchmark
  public Object verify(Known state) throws Exception {
    return state.workload.run();
  }

  @Benchmark
  public Object verifyNewKey(Fresh state) throws Exception {
    return state.workload.run();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Object verifyBatch(Batches state) throws Exception {
    return state.workload.run();
  }
}
