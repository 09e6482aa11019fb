package org.mpotr.crypto.p256;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/**
 * The project's own arithmetic on P-256 (SP 800-186, 3.2.1.3), in Java alone.
 *
 * <p>What it takes and gives is that of {@link P256}: private scalars of 32 bytes in [1, n); points
 * of 65 bytes {@code 04 ‖ x ‖ y} (SEC 1, 2.3.3), validated by {@link PublicPoint}; hashes of 32 to
 * 64 bytes, of which the leading 256 bits count (FIPS 186-5, 6.4.1); signatures of 64 bytes {@code
 * r ‖ s} (IEEE P1363); shared secrets of 32 bytes (SP 800-56A, 5.7.1.2). A signature of another
 * length, or with r or s not in [1, n), is a wrong one. A hash of another length, or a hedge that
 * has neither 32 bytes nor none, is an {@link IllegalArgumentException}, a destroyed scalar an
 * {@link IllegalStateException}.
 *
 * <p><em>Secrets.</em> Signing (hedged RFC 6979 with HMAC-SHA-256; s is made the lower one), key
 * pairs and key agreement do the same for every scalar and nonce: no branch and no index depends on
 * them, the inverse of the nonce and the last reductions included. Tables are read whole. What
 * holds secrets is cleared after use, as far as Java lets it.
 *
 * <p><em>Verification</em> is of public values, and takes a time that depends on them. Tables make
 * it faster the more often a key verifies. They are kept with the {@link PublicPoint} object, so
 * keep that object: none for the first two verifications, 29 KiB (29 × 16 points of 64 bytes) from
 * the third on, and 992 KiB (15,872 points) for a key that has verified 600 times. The large tables
 * of all keys of an engine together take at most {@link #tableBytes()}, 8 MiB by default, which is
 * eight of them; beyond that one goes that was not used while the next key got busy. Batches share
 * inversions and give each signature its own verdict, exactly that of {@link #verify(PublicPoint,
 * byte[], byte[])}.
 *
 * <p><em>Key agreement</em> keeps 1 KiB (16 points) with a {@link PublicPoint}, with which every
 * other secret takes a third of the time for the same point. Batches share inversions here, too.
 *
 * <p>The base point has a table of 86 KiB, made at the first use, and one of 3.1 MiB, made with the
 * 64th verification; both are shared by all engines.
 *
 * <p>Objects of this class may be used by many threads.
 */
public final class OwnP256 implements P256 {

  /** The default limit of all large tables together: 8 MiB. */
  public static final long DEFAULT_TABLE_BYTES = 8L << 20;

  private static final int BASE_TABLE_AFTER = 64;

  /** The b of y² = x³ − 3x + b. */
  private static final FieldElement B = new FieldElement();

  static {
    B.fromInteger(
        new long[] {
          0x3bce3c3e27d2604bL, 0x651d06b0cc53b0f6L, 0xb3ebbd55769886bcL, 0x5ac635d8aa3a93e7L
        });
  }

  private final TablePool pool;
  private final AtomicInteger verifications = new AtomicInteger();

  /** An engine whose large tables take at most {@link #DEFAULT_TABLE_BYTES}. */
  public OwnP256() {
    this(DEFAULT_TABLE_BYTES);
  }

  /**
   * An engine with another limit.
   *
   * @param tableBytes the bytes that all large tables may take together; 0 for none of them
   * @throws IllegalArgumentException for a negative limit
   */
  public OwnP256(long tableBytes) {
    if (tableBytes < 0) {
      throw new IllegalArgumentException("the limit of table bytes is negative");
    }
    pool = new TablePool(tableBytes);
  }

  /** The limit of all large tables of this engine together, in bytes. */
  public long tableBytes() {
    return pool.limit();
  }

  /** The bytes that the large tables of this engine take now. */
  public long tableBytesInUse() {
    return pool.bytes();
  }

  /**
   * Whether the coordinates of an encoding of 65 bytes are below p and those of a point of the
   * curve, in a time that does not depend on them: what was computed with a secret may be one.
   */
  public static boolean isPoint(byte[] encoded) {
    long[] integerX = Words.of(encoded, 1);
    long[] integerY = Words.of(encoded, 1 + SCALAR_BYTES);
    FieldElement x = new FieldElement();
    FieldElement y = new FieldElement();
    FieldElement right = new FieldElement();
    x.fromInteger(integerX);
    y.fromInteger(integerY);
    boolean inRange = Words.equal(integerX, x.toInteger()) & Words.equal(integerY, y.toInteger());
    Field.square(right, x);
    Field.multiply(right, right, x);
    x.times(x, 3);
    right.subtract(right, x);
    right.add(right, B); // spread 5, size 5
    Field.square(y, y);
    right.subtract(right, y);
    return inRange & right.isZero();
  }

  @Override
  public String name() {
    return "own";
  }

  @Override
  public PublicPoint publicPoint(SecretScalar d) {
    long[] scalar = words(d);
    byte[] encoded = SecretPoint.encodedOfBase(scalar);
    Words.clear(scalar);
    return decode(encoded);
  }

  @Override
  public PublicPoint multiply(SecretScalar k, PublicPoint q) {
    long[] scalar = words(k);
    byte[] encoded = SecretPoint.encodedOfPoint(scalar, KnownKey.combs(List.of(q))[0]);
    Words.clear(scalar);
    return decode(encoded);
  }

  @Override
  public PublicPoint sum(SecretScalar j, SecretScalar k, PublicPoint q) {
    long[] first = words(j);
    long[] second = words(k);
    byte[] encoded = SecretPoint.encodedOfSum(first, second, KnownKey.combs(List.of(q))[0]);
    Words.clear(first, second);
    return decode(encoded);
  }

  /** What was computed here is checked in full, which catches a fault before it goes out. */
  private static PublicPoint decode(byte[] encoded) {
    try {
      return PublicPoint.decode(encoded);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the arithmetic of P-256 gave a wrong point", e);
    }
  }

  @Override
  public byte[] agree(SecretScalar d, PublicPoint q) {
    return agree(d, List.of(q)).get(0);
  }

  @Override
  public List<byte[]> agree(SecretScalar d, List<PublicPoint> points) {
    Comb[] combs = KnownKey.combs(points);
    long[] scalar = words(d);
    byte[][] secrets = SecretPoint.xOfPoints(scalar, combs);
    Words.clear(scalar);
    return new ArrayList<>(Arrays.asList(secrets));
  }

  private static long[] words(SecretScalar d) {
    byte[] bytes = d.copyBytes();
    long[] words = Words.of(bytes, 0);
    Arrays.fill(bytes, (byte) 0);
    return words;
  }

  @Override
  public byte[] sign(SecretScalar d, byte[] digest, byte[] hedge) {
    byte[] scalar = d.copyBytes();
    try {
      return Signer.sign(scalar, digest, hedge);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  @Override
  public boolean verify(PublicPoint q, byte[] digest, byte[] signature) {
    SignatureScalars scalars = SignatureScalars.parse(digest, signature);
    if (scalars == null) {
      return false;
    }
    scalars.solve();
    KnownKey key = KnownKey.of(q);
    key.used(1, pool);
    return new Verifier(useBaseTable(1)).verify(key, scalars);
  }

  private boolean useBaseTable(int times) {
    // Not counted on and on, since a counter that all threads write to is dear.
    return verifications.get() >= BASE_TABLE_AFTER
        || verifications.addAndGet(times) >= BASE_TABLE_AFTER;
  }

  @Override
  public boolean[] verify(List<Claim> claims) {
    boolean[] verdicts = new boolean[claims.size()];
    for (int from = 0; from < verdicts.length; from += BatchVerifier.CHUNK) {
      int to = Math.min(verdicts.length, from + BatchVerifier.CHUNK);
      verify(claims.subList(from, to), verdicts, from);
    }
    return verdicts;
  }

  private void verify(List<Claim> claims, boolean[] verdicts, int offset) {
    BatchVerifier batch = new BatchVerifier(claims.size());
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      SignatureScalars scalars = SignatureScalars.parse(claim.digest(), claim.signature());
      if (scalars != null) {
        KnownKey key = KnownKey.of(claim.signer());
        key.used(1, pool);
        batch.add(key, scalars, offset + i);
      }
    }
    batch.verify(verdicts, useBaseTable(batch.size()));
  }
}
