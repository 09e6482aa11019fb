package org.mpotr.benchmarks.workload;

import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mpotr.crypto.AesCtr;

/**
 * AES-128-CTR under one key with another IV each time, into an array that is used again. Of mpOTR
 * it is the cipher inside a frame, which is the JDK's with chunks of bounded size.
 */
public final class AesCtrEncryption implements Workload {

  private static final String TRANSFORMATION = "AES/CTR/NoPadding";
  private static final int MOST_INPUT_BYTES = 1 << 22;

  /** What the providers do each in its way. */
  @FunctionalInterface
  private interface Encryption {
    void process(byte[] iv, byte[] input, byte[] output) throws Exception;
  }

  private final Encryption encryption;
  private final byte[] key = Pool.ofBytes(1, AesCtr.KEY_BYTES).first();
  private final Pool<byte[]> ivs = Pool.ofBytes(64, AesCtr.IV_BYTES);
  private final Pool<byte[]> inputs;
  private final byte[] output;

  public AesCtrEncryption(String providerName, int bytes) throws Exception {
    inputs = Pool.ofBytes(Math.max(1, Math.min(64, MOST_INPUT_BYTES / bytes)), bytes);
    output = new byte[bytes];
    if (Providers.MPOTR.equals(providerName)) {
      AesCtr cipher = new AesCtr(key);
      encryption = (iv, in, out) -> cipher.process(iv, in, 0, in.length, out, 0);
    } else {
      encryption = jca(Providers.of(providerName, "Cipher", cipherName(providerName)), key);
    }
  }

  /** BouncyCastle registers the transformation as a cipher with a mode of its own to be set. */
  private static String cipherName(String providerName) {
    return Providers.CONSCRYPT.equals(providerName) || Providers.ACCP.equals(providerName)
        ? TRANSFORMATION
        : "AES";
  }

  private static Encryption jca(Provider provider, byte[] key) throws Exception {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION, provider);
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    return (iv, in, out) -> {
      cipher.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(iv));
      cipher.doFinal(in, 0, in.length, out, 0);
    };
  }

  @Override
  public byte[] run() throws Exception {
    encryption.process(ivs.next(), inputs.next(), output);
    return output;
  }

  @Override
  public void check() throws Exception {
    Encryption reference = jca(Providers.of(Providers.JDK, "Cipher", "AES"), key);
    for (int i = 0; i < 3; i++) {
      byte[] iv = ivs.next();
      byte[] input = inputs.next();
      byte[] expected = new byte[output.length];
      reference.process(iv, input, expected);
      encryption.process(iv, input, output);
      WrongResultException.require(Arrays.equals(expected, output), "a ciphertext is wrong");
    }
  }
}
