package org.mpotr.reference;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sections 1 and 2.4: hash, MAC, key derivation and cipher, and the labelled inputs that they are
 * used with. Part of the second reading of the text.
 */
public final class Labelled {
  /** Where no session id exists yet. */
  public static final byte[] NO_SID = {};

  private Labelled() {}

  /** {@code L("purpose", sid, fields…)}. */
  public static byte[] label(String purpose, byte[] sid, byte[]... fields) {
    return new Struct()
        .vector(("mpOTR1 " + purpose).getBytes(StandardCharsets.US_ASCII))
        .vector(sid)
        .raw(fields)
        .bytes();
  }

  /** {@code H("purpose", sid, fields…)}. */
  public static byte[] hash(String purpose, byte[] sid, byte[]... fields) {
    return sha512(label(purpose, sid, fields));
  }

  /** {@code H32("purpose", sid, fields…)}. */
  public static byte[] hash32(String purpose, byte[] sid, byte[]... fields) {
    return Arrays.copyOf(hash(purpose, sid, fields), 32);
  }

  /** {@code Expand(key, n, "purpose", sid, fields…)}. */
  public static byte[] expand(byte[] key, int n, String purpose, byte[] sid, byte[]... fields) {
    byte[] info = label(purpose, sid, fields);
    Struct output = new Struct();
    byte[] block = {};
    for (int counter = 1; output.bytes().length < n; counter++) {
      block = hmac(key, new Struct().raw(block, info).u8(counter).bytes());
      output.raw(block);
    }
    return Arrays.copyOf(output.bytes(), n);
  }

  /** {@code Extract(salt, "purpose", sid, fields…)}. */
  public static byte[] extract(byte[] salt, String purpose, byte[] sid, byte[]... fields) {
    return hmac(salt, label(purpose, sid, fields));
  }

  static byte[] sha512(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] hmac(byte[] key, byte[] data) {
    return hmac("HmacSHA512", key, data);
  }

  /** For nonces alone. */
  static byte[] hmacSha256(byte[] key, byte[] data) {
    return hmac("HmacSHA256", key, data);
  }

  private static byte[] hmac(String algorithm, byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Both directions of AES-128-CTR. */
  static byte[] aesCtr(byte[] key, byte[] counter, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Groups of five digits, as sections 3.1 and 5.4 show 40 or 20 bytes. */
  public static String digits(byte[] bytes, int groups) {
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < groups; group++) {
      long number = 0;
      for (int i = 0; i < 5; i++) {
        number = number << 8 | (bytes[5 * group + i] & 0xff);
      }
      long five = 100_000 + number % 100_000;
      text.append(group == 0 ? "" : " ").append(Long.toString(five).substring(1));
    }
    return text.toString();
  }
}
