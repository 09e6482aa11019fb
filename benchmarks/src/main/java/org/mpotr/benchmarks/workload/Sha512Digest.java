package org.mpotr.benchmarks.workload;

import java.security.MessageDigest;
import java.util.Arrays;
import org.mpotr.crypto.Sha512;

/** SHA-512 of a whole message. Of mpOTR it is the hash inside a frame, which is the JDK's. */
public final class Sha512Digest implements Workload {

  private static final String ALGORITHM = "SHA-512";
  private static final int MOST_INPUT_BYTES = 1 << 22;

  /** What the providers do each in its way. */
  @FunctionalInterface
  private interface Hash {
    byte[] of(byte[] input);
  }

  private final Hash hash;
  private final Pool<byte[]> inputs;

  public Sha512Digest(String providerName, int bytes) throws Exception {
    inputs = Pool.ofBytes(Math.max(1, Math.min(64, MOST_INPUT_BYTES / bytes)), bytes);
    hash = Providers.MPOTR.equals(providerName) ? own() : jca(providerName);
  }

  private static Hash own() {
    Sha512 digest = new Sha512();
    return input -> {
      digest.update(input);
      return digest.finish();
    };
  }

  private static Hash jca(String providerName) throws Exception {
    MessageDigest digest =
        MessageDigest.getInstance(
            ALGORITHM, Providers.of(providerName, "MessageDigest", ALGORITHM));
    return digest::digest;
  }

  @Override
  public byte[] run() {
    return hash.of(inputs.next());
  }

  @Override
  public void check() throws Exception {
    Hash reference = jca(Providers.JDK);
    for (int i = 0; i < 3; i++) {
      byte[] input = inputs.next();
      WrongResultException.require(
          Arrays.equals(reference.of(input), hash.of(input)), "a hash is wrong");
    }
  }
}
