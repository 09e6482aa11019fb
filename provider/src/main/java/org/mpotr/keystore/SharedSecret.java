package org.mpotr.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.bc.SecretKeyData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.mpotr.agreement.PreSharedKey;

/**
 * Pre-shared keys as secret keys of BCFKS. It knows only algorithms that have an object identifier,
 * and so they are keys of HMAC-SHA-512 there.
 */
final class SharedSecret {

  private SharedSecret() {}

  /** The encoding of a secret, to be cleared by the caller. */
  static byte[] encode(byte[] secret) {
    try {
      return new SecretKeyData(PKCSObjectIdentifiers.id_hmacWithSHA512, secret)
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a secret key has no encoding", e);
    }
  }

  /**
   * The key of an encoding, which stays the caller's.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static PreSharedKey decode(byte[] data, boolean isPassphrase) {
    byte[] secret = SecretKeyData.getInstance(data).getKeyBytes();
    try {
      return of(secret, isPassphrase);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static PreSharedKey of(byte[] secret, boolean isPassphrase) {
    if (!isPassphrase) {
      return PreSharedKey.ofRandomKey(secret);
    }
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(secret));
    char[] passphrase = new char[decoded.remaining()];
    decoded.get(passphrase);
    Arrays.fill(decoded.array(), '\0');
    try {
      return PreSharedKey.ofPassphrase(passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }
}
