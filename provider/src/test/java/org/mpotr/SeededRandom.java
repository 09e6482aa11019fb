package org.mpotr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * A source that gives the same bytes for the same seed, so that a run of the protocol can be
 * repeated; of tests only. Safe for use by many threads.
 */
public final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  /** A source that starts from a text. */
  public SeededRandom(String seed) {
    super(new Stream(seed.getBytes(StandardCharsets.UTF_8)), null);
  }

  private static final class Stream extends SecureRandomSpi {

    private static final long serialVersionUID = 1;

    private final byte[] seed;
    private long counter;
    private byte[] block = new byte[0];
    private int used;

    Stream(byte[] seed) {
      this.seed = seed;
    }

    @Override
    protected void engineSetSeed(byte[] more) {
      // What a caller adds would make runs differ.
    }

    @Override
    protected synchronized void engineNextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        if (used == block.length) {
          block = next();
          used = 0;
        }
        bytes[i] = block[used++];
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      byte[] bytes = new byte[count];
      engineNextBytes(bytes);
      return bytes;
    }

    private byte[] next() {
      try {
        MessageDigest hash = MessageDigest.getInstance("SHA-512");
        hash.update(seed);
        return hash.digest(ByteBuffer.allocate(8).putLong(counter++).array());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
