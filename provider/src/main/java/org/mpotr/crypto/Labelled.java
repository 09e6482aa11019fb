package org.mpotr.crypto;

import java.util.Arrays;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * The hash and the key derivation of suite 0x0001 over inputs that start with a label and a session
 * id, which is the only way that the protocol uses them (PROTOCOL.md, section 2.4). Each method
 * clears the writer it is given.
 */
public final class Labelled {

  /** Bytes of a full hash and of a pseudorandom key. */
  public static final int HASH_BYTES = 64;

  private Labelled() {}

  /** {@code H}: SHA-512, 64 bytes. */
  public static byte[] hash(WireWriter input) {
    byte[] bytes = input.finish();
    try {
      return Sha512.hash(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** {@code H32}: the leading 32 bytes of SHA-512, for values that are public. */
  public static Bytes hash32(WireWriter input) {
    return Bytes.leading(hash(input), 32);
  }

  /** HKDF-Extract (RFC 5869, 2.2): 64 bytes, to be cleared by the caller. */
  public static byte[] extract(byte[] salt, WireWriter keyMaterial) {
    byte[] bytes = keyMaterial.finish();
    try {
      return Hkdf.extract(salt, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** HKDF-Expand (RFC 5869, 2.3): {@code length} bytes, to be cleared by the caller. */
  public static byte[] expand(byte[] key, WireWriter info, int length) {
    byte[] bytes = info.finish();
    try {
      return Hkdf.expand(key, bytes, length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
