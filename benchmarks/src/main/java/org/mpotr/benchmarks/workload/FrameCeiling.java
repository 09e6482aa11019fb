package org.mpotr.benchmarks.workload;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * The bare sum of the primitives that a frame needs, with nothing of the protocol: SHA-512 over the
 * frame, AES-CTR over the content, HMAC over 160 bytes, and one signature or one verification by
 * the engine that frames use. Keyed objects are kept, arrays are used again, and no randomness is
 * drawn.
 */
public final class FrameCeiling implements Workload {

  /** Header, IV, inner header with one parent. */
  private static final int AROUND_BYTES = 110;

  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int TAG_INPUT_BYTES = 160;

  private final P256 engine = P256.engine();
  private final boolean seal;
  private final MessageDigest hash;
  private final Cipher cipher;
  private final SecretKeySpec cipherKey;
  private final Mac mac;
  private final SecretScalar scalar = SecretScalar.random(new SecureRandom());
  private final PublicPoint point = engine.publicPoint(scalar);
  private final Pool<byte[]> ivs = Pool.ofBytes(64, 16);
  private final Pool<byte[]> hedges = Pool.ofBytes(64, P256.HEDGE_BYTES);
  private final Pool<byte[]> tagInputs = Pool.ofBytes(64, TAG_INPUT_BYTES);
  private final Pool<byte[]> frames;
  private final Pool<byte[]> signatures;
  private final byte[] output;

  /**
   * @param bytes of content
   * @param seal whether to sign, as who makes a frame, or to verify, as who opens it
   */
  public FrameCeiling(int bytes, boolean seal) throws Exception {
    this.seal = seal;
    hash = MessageDigest.getInstance("SHA-512", jdk("MessageDigest", "SHA-512"));
    cipher = Cipher.getInstance("AES/CTR/NoPadding", jdk("Cipher", "AES"));
    cipherKey = new SecretKeySpec(Pool.ofBytes(1, 16).first(), "AES");
    mac = Mac.getInstance("HmacSHA512", jdk("Mac", "HmacSHA512"));
    mac.init(new SecretKeySpec(Pool.ofBytes(1, 64).first(), "HmacSHA512"));
    int count = Math.max(4, Math.min(64, FrameSealing.MOST_INPUT_BYTES / bytes));
    frames = Pool.ofBytes(count, bytes + AROUND_BYTES);
    signatures = Pool.of(count, i -> engine.sign(scalar, hash.digest(frames.next()), new byte[0]));
    output = new byte[bytes];
  }

  private static Provider jdk(String type, String algorithm) throws UnavailableException {
    return Providers.of(Providers.JDK, type, algorithm);
  }

  @Override
  public Object run() throws Exception {
    byte[] frame = frames.next();
    byte[] signature = signatures.next();
    byte[] digest = hash.digest(frame);
    encrypt(frame);
    byte[] tag = mac.doFinal(tagInputs.next());
    if (seal) {
      return engine.sign(scalar, digest, hedges.next());
    }
    WrongResultException.require(
        engine.verify(point, digest, signature), "a right signature is refused");
    return tag;
  }

  private void encrypt(byte[] frame) throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(ivs.next()));
    int done = 0;
    while (output.length - done > CHUNK_BYTES) {
      cipher.update(frame, done, CHUNK_BYTES, output, done);
      done += CHUNK_BYTES;
    }
    cipher.doFinal(frame, done, output.length - done, output, done);
  }

  @Override
  public void check() throws Exception {
    run();
  }
}
