package org.mpotr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;

/** One key in many threads, each with ciphers of its own. */
class ConcurrencyTest {

  private static final int THREADS = 8;
  private static final int FRAMES = 500;
  private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

  @AfterAll
  static void shutDown() {
    POOL.shutdownNow();
  }

  /** Runs a task in every thread at once. */
  private static <T> List<T> inAllThreads(Callable<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      futures.add(
          POOL.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  @Test
  void manyThreadsShareAKey() throws Exception {
    TestGroup.Outcome outcome = TestGroup.of("threads", 2).run();
    GroupKey alice = outcome.key(0);
    GroupKey bob = outcome.key(1);
    List<Integer> opened =
        inAllThreads(
            () -> {
              Cipher sealing = Cipher.getInstance("mpOTR", MpotrProvider.instance());
              Cipher opening = TestFrames.opening(bob);
              int count = 0;
              for (int i = 0; i < FRAMES; i++) {
                String text = Thread.currentThread().getName() + " says " + i;
                sealing.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(i));
                byte[] frame = sealing.doFinal(text.getBytes(UTF_8));
                count += text.equals(new String(opening.doFinal(frame), UTF_8)) ? 1 : 0;
              }
              return count;
            });
    assertEquals(Collections.nCopies(THREADS, FRAMES), opened);
  }

  @Test
  void manyThreadsSignExportAndVerify() throws Exception {
    TestGroup.Outcome outcome = TestGroup.of("signers", 2).run();
    GroupKey key = outcome.key(0);
    String code = key.groupCode();
    List<Boolean> right =
        inAllThreads(
            () -> {
              boolean all = true;
              for (int i = 0; i < 50; i++) {
                Signature signature = Signature.getInstance("mpOTR", MpotrProvider.instance());
                signature.initSign(key.signingKey());
                signature.update((byte) i);
                byte[] signed = signature.sign();
                signature.initVerify(outcome.key(1).verificationKey(key.ownIndex()));
                signature.update((byte) i);
                all &= signature.verify(signed) && code.equals(key.groupCode());
              }
              return all;
            });
    assertEquals(Collections.nCopies(THREADS, true), right);
  }

  @Test
  void aKeyThatIsDestroyedInUseSaysSoAndNothingElse() throws Exception {
    TestGroup.Outcome outcome = TestGroup.of("destroyed in use", 2).run();
    GroupKey alice = outcome.key(0);
    GroupKey bob = outcome.key(1);
    CountDownLatch busy = new CountDownLatch(THREADS);
    Future<?> destroyer =
        POOL.submit(
            () -> {
              busy.await();
              alice.destroy();
              return null;
            });
    List<Future<Exception>> ends = new ArrayList<>();
    for (int i = 0; i < THREADS - 1; i++) {
      boolean signs = i % 2 == 0;
      ends.add(
          POOL.submit(
              () -> {
                Cipher sealing = Cipher.getInstance("mpOTR", MpotrProvider.instance());
                Cipher opening = TestFrames.opening(bob);
                Signature signature = Signature.getInstance("mpOTR", MpotrProvider.instance());
                for (int n = 0; ; n++) {
                  try {
                    if (signs) {
                      signature.initSign(alice.signingKey());
                      signature.update((byte) n);
                      signature.sign();
                    } else {
                      sealing.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(n));
                      // Whatever still comes out is right.
                      opening.doFinal(sealing.doFinal("x".getBytes(UTF_8)));
                    }
                  } catch (IllegalStateException | InvalidKeyException | SignatureException e) {
                    return e;
                  } finally {
                    busy.countDown();
                  }
                }
              }));
    }
    busy.countDown();
    destroyer.get();
    for (Future<Exception> end : ends) {
      assertTrue(end.get().getMessage().contains("erased") || isOfScalar(end.get()));
    }
    assertThrows(IllegalStateException.class, alice::groupCode);
    assertTrue(bob.groupCode().length() > 0);
  }

  private static boolean isOfScalar(Exception end) {
    return end.getMessage().contains("destroyed");
  }
}
