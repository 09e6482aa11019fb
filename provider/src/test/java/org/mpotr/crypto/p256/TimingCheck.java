package org.mpotr.crypto.p256;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.wire.Frame;

/**
 * The check that times do not depend on secrets, as a command. For each operation two classes of
 * inputs, one fixed secret and random ones, come interleaved at random; {@link TimingStatistics}
 * says whether their times differ. A planted leak, a key pair with a branch on each bit, must be
 * found, or the check itself is no good.
 *
 * <p>Arguments: the number of samples of each operation, one million without it, then the names of
 * the operations to check, all without any: {@code sign}, {@code nonce}, {@code agree}, {@code
 * agree-batch}, {@code multiply}, {@code sum}, {@code keypair}, {@code tag} and {@code
 * planted-leak}. The exit status is 1 if a limit is not kept. Run it on a quiet machine: whatever
 * else runs there adds noise, though not a difference.
 */
public final class TimingCheck {

  /** |t| from which on a leak is taken for shown. */
  private static final double LIMIT = 4.5;

  private static final int BATCH = 1_000;
  private static final int FIRST = 20_000;

  /** The fixed secret: few bits, all in one limb, unlike any random one. */
  private static final byte[] FIXED = Reference.bytes(BigInteger.valueOf(3));

  private final SplittableRandom random = new SplittableRandom(System.nanoTime());
  private final int samples;
  private long sink;

  private TimingCheck(int samples) {
    this.samples = samples;
  }

  /**
   * An operation under test: takes a scalar, does what it can ahead, and returns what is to be
   * timed.
   */
  private record Operation(String name, boolean leaks, Function<byte[], Runnable> prepare) {}

  public static void main(String[] arguments) {
    int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    TimingCheck check = new TimingCheck(samples);
    System.out.printf(
        "Java %s, %s; fixed against random, limit |t| < %.1f%n",
        System.getProperty("java.runtime.version"), System.getProperty("os.arch"), LIMIT);
    boolean passed = true;
    for (Operation operation : check.operations()) {
      if (arguments.length < 2 || List.of(arguments).contains(operation.name())) {
        passed &= check.run(operation);
      }
    }
    System.out.println(passed ? "all as expected" : "NOT as expected");
    System.exit(passed ? 0 : 1);
  }

  private List<Operation> operations() {
    OwnP256 engine = new OwnP256();
    PublicPoint peer = Reference.point(Reference.G.multiply(BigInteger.valueOf(77)));
    byte[] digest = Reference.bytes(random, 64);
    byte[] hedge = Reference.bytes(random, 32);
    List<PublicPoint> peers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      peers.add(Reference.point(Reference.G.multiply(BigInteger.valueOf(78 + i))));
    }
    HmacSha512 mac = new HmacSha512(Reference.bytes(random, 64));
    byte[] tag = Arrays.copyOf(mac.mac(digest), Frame.TAG_BYTES);
    long[] key = Reference.words(Reference.scalar(random));
    long[] hash = SignatureScalars.hash(digest);
    List<Operation> operations = new ArrayList<>();
    operations.add(
        new Operation(
            "sign",
            false,
            d -> {
              SecretScalar secret = SecretScalar.of(d);
              return () -> sink += engine.sign(secret, digest, hedge)[0];
            }));
    operations.add(
        new Operation(
            "nonce",
            false,
            k -> {
              long[] nonce = Words.of(k, 0);
              return () -> sink += Signer.sign(key, hash, nonce)[0];
            }));
    operations.add(
        new Operation(
            "agree",
            false,
            d -> {
              SecretScalar secret = SecretScalar.of(d);
              return () -> sink += engine.agree(secret, peer)[0];
            }));
    operations.add(
        new Operation(
            "agree-batch",
            false,
            d -> {
              SecretScalar secret = SecretScalar.of(d);
              return () -> sink += engine.agree(secret, peers).get(0)[0];
            }));
    operations.add(
        new Operation(
            "multiply",
            false,
            d -> {
              SecretScalar secret = SecretScalar.of(d);
              return () -> sink += engine.multiply(secret, peer).encoded()[1];
            }));
    operations.add(
        new Operation(
            "sum",
            false,
            d -> {
              // One secret for both scalars.
              SecretScalar secret = SecretScalar.of(d);
              return () -> sink += engine.sum(secret, secret, peer).encoded()[1];
            }));
    operations.add(
        new Operation(
            "keypair",
            false,
            d -> {
              long[] scalar = Words.of(d, 0);
              return () -> sink += SecretPoint.encodedOfBase(scalar)[1];
            }));
    operations.add(
        new Operation(
            "tag",
            false,
            d -> {
              // The fixed class is of right tags, the other of wrong ones.
              byte[] received = tag.clone();
              for (int i = 0; i < received.length; i++) {
                received[i] ^= (byte) (d[16 + i] ^ FIXED[16 + i]);
              }
              return () -> {
                for (int i = 0; i < 16; i++) {
                  sink += mac.verify(received, Frame.TAG_BYTES, digest) ? 1 : 0;
                }
              };
            }));
    operations.add(
        new Operation(
            "planted-leak",
            true,
            d -> {
              long[] scalar = Words.of(d, 0);
              return () -> sink += leak(scalar);
            }));
    return operations;
  }

  /** A key pair and, for each bit that is set, one multiplication more. */
  private static long leak(long[] scalar) {
    FieldElement x = FieldElement.of(5, 6, 7, 8);
    for (int i = 0; i < 256; i++) {
      if (Words.bits(scalar, i, 1) == 1) {
        Field.multiply(x, x, x);
      }
    }
    return x.l0 + SecretPoint.encodedOfBase(scalar)[1];
  }

  private boolean run(Operation operation) {
    double[] first = new double[FIRST];
    measure(operation, FIRST, (timingClass, i, time) -> {});
    measure(operation, FIRST, (timingClass, i, time) -> first[i] = time);
    TimingStatistics statistics = new TimingStatistics(first);
    measure(operation, samples, (timingClass, i, time) -> statistics.add(timingClass, time));
    double largest = statistics.largest();
    boolean expected = largest >= LIMIT == operation.leaks();
    System.out.printf(
        "%-13s samples %d + %d, means %.0f and %.0f ns, t of all %+.2f, largest |t| %.2f: %s%n",
        operation.name(),
        statistics.count(0),
        statistics.count(1),
        statistics.mean(0),
        statistics.mean(1),
        statistics.t(),
        largest,
        expected ? operation.leaks() ? "leak found" : "no leak" : "NOT as expected");
    return expected;
  }

  private interface Sink {
    void accept(int timingClass, int index, double time);
  }

  /**
   * The two classes go the same way to their times: the bytes of a scalar are copied into a place
   * that stays, and what the operation takes is made of them right before it runs. Whatever lay in
   * another cache for one class than for the other would count as a difference, and did, by some
   * tens of nanoseconds.
   */
  private void measure(Operation operation, int count, Sink times) {
    byte[][] scalars = new byte[BATCH][32];
    int[] classes = new int[BATCH];
    for (int done = 0; done < count; done += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        classes[i] = random.nextInt(2);
        byte[] drawn = Reference.bytes(Reference.scalar(random));
        System.arraycopy(classes[i] == 0 ? FIXED : drawn, 0, scalars[i], 0, 32);
      }
      for (int i = 0; i < BATCH && done + i < count; i++) {
        Runnable prepared = operation.prepare().apply(scalars[i]);
        long start = System.nanoTime();
        prepared.run();
        long time = System.nanoTime() - start;
        times.accept(classes[i], done + i, time);
      }
    }
  }
}
