package org.mpotr.crypto;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The known-answer test of one algorithm. It runs once, when first required, and its outcome
 * stands: an algorithm that failed stays closed. Safe for use by many threads.
 */
public final class SelfTest {

  /** What is known of an algorithm. */
  public enum Status {
    /** Nobody has needed the algorithm yet. */
    NOT_RUN,
    /** It gave the known answers. */
    PASSED,
    /** It gave another answer, or none. */
    FAILED
  }

  private final String algorithm;
  private final BooleanSupplier knownAnswers;

  private volatile Status status = Status.NOT_RUN;
  private String failure = "";
  private Throwable cause;

  /**
   * A test that has not run.
   *
   * @param algorithm what is tested, in words for people
   * @param knownAnswers whether the primitive under test gives the known answers; what it throws
   *     counts as a failure
   */
  SelfTest(String algorithm, BooleanSupplier knownAnswers) {
    this.algorithm = Objects.requireNonNull(algorithm);
    this.knownAnswers = Objects.requireNonNull(knownAnswers);
  }

  /** The algorithm under test and, where there are several, whose it is. */
  public String algorithm() {
    return algorithm;
  }

  /** What is known now; asking does not run the test. */
  public Status status() {
    return status;
  }

  /** Why the test failed, if it did. */
  public synchronized Optional<String> failure() {
    return status == Status.FAILED ? Optional.of(failure) : Optional.empty();
  }

  /**
   * Returns when the algorithm has passed, after running the test if nobody did yet.
   *
   * @throws SelfTestException when it failed, now or before
   */
  public void require() {
    if (status != Status.PASSED) {
      runOnce();
    }
  }

  private synchronized void runOnce() {
    if (status == Status.NOT_RUN) {
      run();
    }
    if (status == Status.FAILED) {
      throw new SelfTestException(
          "the self-test of " + algorithm + " failed and closed it: " + failure, cause);
    }
  }

  private void run() {
    try {
      if (knownAnswers.getAsBoolean()) {
        status = Status.PASSED;
        return;
      }
      failure = "it gave a wrong answer";
    } catch (RuntimeException | LinkageError e) {
      // A jar that is absent or of another version shows only here, as a LinkageError.
      failure = "it gave no answer but " + e.getClass().getName();
      cause = e;
    }
    status = Status.FAILED;
  }

  @Override
  public String toString() {
    return algorithm + ": " + status;
  }
}
