package org.mpotr.epoch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.HmacSha512;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.identity.DecimalDigits;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.WireWriter;

/**
 * Keys of an epoch (PROTOCOL.md, section 5): the group key, the epoch secret, and what is expanded
 * from them; with them the signing key e of the member itself and what remains of its pairs. Safe
 * for use by many threads: one monitor decides every race between a use and {@link #destroy()}.
 */
public final class EpochSecrets implements Destroyable {

  /** The longest exported secret, in bytes. */
  public static final int MAX_EXPORT = 8_160;

  private static final int CODE_GROUPS = 4;
  private static final int CODE_BYTES = 5 * CODE_GROUPS;

  private final Bytes sid;
  private final byte[] groupKey;
  private final byte[] epochSecret;
  private final SecretScalar signatureScalar;
  private final Map<Bytes, PairKeys> pairs = new TreeMap<>();
  private boolean resumptionForgotten;
  private boolean destroyed;

  private EpochSecrets(
      Bytes sid, byte[] groupKey, byte[] epochSecret, SecretScalar signatureScalar) {
    this.sid = sid;
    this.groupKey = groupKey;
    this.epochSecret = epochSecret;
    this.signatureScalar = signatureScalar;
  }

  /**
   * The secrets that follow from a set-up (PROTOCOL.md, section 5.1).
   *
   * @param contributions r of each member, 16 bytes each, in any order; they stay the caller's to
   *     clear
   * @param transcript T3
   * @param rosterHash over roster and intro keys, 64 bytes
   * @param signatureScalar e, which becomes this object's to destroy
   */
  public static EpochSecrets derive(
      Bytes sid,
      List<byte[]> contributions,
      Bytes transcript,
      byte[] rosterHash,
      SecretScalar signatureScalar) {
    return of(sid, groupKey(sid, contributions), transcript, rosterHash, signatureScalar);
  }

  /**
   * gk (PROTOCOL.md, section 5.1), 64 bytes, to be cleared by the caller.
   *
   * @param contributions r of each member, 16 bytes each, in any order
   */
  public static byte[] groupKey(Bytes sid, List<byte[]> contributions) {
    WireWriter keyInput = WireWriter.labelled("group key", sid);
    byte[][] sorted = contributions.toArray(new byte[0][]);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    int total = 0;
    for (byte[] contribution : sorted) {
      total += contribution.length;
    }
    keyInput.prefix(total);
    for (byte[] contribution : sorted) {
      keyInput.opaque(contribution);
    }
    return Labelled.hash(keyInput);
  }

  /**
   * The same from gk itself.
   *
   * @param groupKey gk, 64 bytes, which becomes this object's to clear
   */
  public static EpochSecrets of(
      Bytes sid,
      byte[] groupKey,
      Bytes transcript,
      byte[] rosterHash,
      SecretScalar signatureScalar) {
    byte[] salt = WireWriter.labelled("epoch", sid).opaque(transcript).opaque(rosterHash).finish();
    byte[] epochSecret = Labelled.extract(salt, new WireWriter().opaque(groupKey));
    return new EpochSecrets(sid, groupKey, epochSecret, signatureScalar);
  }

  /**
   * {@code HMAC(confirm key, T3, roster hash, m)} of an ATTEST (PROTOCOL.md, section 4.6), 32
   * bytes.
   */
  public synchronized Bytes confirmation(Bytes transcript, byte[] rosterHash, Bytes member) {
    byte[] key = expand(WireWriter.labelled("attest key", sid), Labelled.HASH_BYTES);
    WireWriter input =
        WireWriter.labelled("attest", sid).opaque(transcript).opaque(rosterHash).opaque(member);
    try (HmacSha512 mac = new HmacSha512(key)) {
      return Bytes.leading(mac.mac(input.finish()), 32);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A copy of gk, 64 bytes, to be cleared by the caller. */
  public synchronized byte[] copyGroupKey() {
    requireAlive();
    return groupKey.clone();
  }

  /** The keys of a sender's frames. */
  public synchronized SenderKeys senderKeys(Bytes member) {
    return new SenderKeys(
        expand(WireWriter.labelled("frame key", sid).opaque(member), SenderKeys.CIPHER_KEY_BYTES),
        expand(WireWriter.labelled("frame mac", sid).opaque(member), SenderKeys.MAC_KEY_BYTES));
  }

  /** An exported secret (PROTOCOL.md, section 5.3). */
  synchronized byte[] export(String label, byte[] context, int length) {
    if (length < 1 || length > MAX_EXPORT) {
      throw new IllegalArgumentException("an exported secret has 1 to " + MAX_EXPORT + " bytes");
    }
    WireWriter info =
        WireWriter.labelled("exporter", sid)
            .vector(label.getBytes(StandardCharsets.UTF_8))
            .vector(context)
            .uint16(length);
    return expand(info, length);
  }

  /** The group code (PROTOCOL.md, section 5.4). */
  synchronized String groupCode() {
    requireAlive();
    byte[] hash = Labelled.expand(groupKey, WireWriter.labelled("group code", sid), CODE_BYTES);
    return DecimalDigits.groups(hash, CODE_GROUPS);
  }

  /** e, as long as this object lives. */
  public synchronized SecretScalar signatureScalar() {
    requireAlive();
    return signatureScalar;
  }

  /** Keeps what remains of the pair with another member. */
  public synchronized void keep(Bytes member, PairKeys keys) {
    requireAlive();
    pairs.put(member, keys);
  }

  /**
   * The resumption secret of the pair with another member, 64 bytes, to be cleared by the caller;
   * nothing when it has been forgotten or the pair has resumed {@code limit} times in a row.
   */
  public synchronized Optional<byte[]> resumption(Bytes member, int limit) {
    requireAlive();
    PairKeys pair = pairs.get(member);
    return pair == null || resumptionForgotten || pair.resumedInARow() >= limit
        ? Optional.empty()
        : Optional.of(pair.copyResumption());
  }

  /**
   * The key that seals one private frame (PROTOCOL.md, section 10), 64 bytes, to be cleared by the
   * caller.
   *
   * @param other the other member of the pair
   * @param from the member that seals
   * @param to the member that opens
   * @param seq the place of the frame in its sender's line
   * @throws IllegalStateException when the keys are erased
   */
  public synchronized byte[] privateFrameKey(Bytes other, Bytes from, Bytes to, long seq) {
    requireAlive();
    byte[] pairKey = pairs.get(other).copyPrivateFrames();
    try {
      WireWriter info =
          WireWriter.labelled("private frame key", sid).opaque(from).opaque(to).uint64(seq);
      return Labelled.expand(pairKey, info, Labelled.HASH_BYTES);
    } finally {
      Arrays.fill(pairKey, (byte) 0);
    }
  }

  /**
   * What the member itself publishes once the epoch is over (PROTOCOL.md, section 8): e and the key
   * of its tags. Secret until then.
   *
   * @param member its own id
   * @throws IllegalStateException when the keys are erased
   */
  public synchronized Keys publication(Bytes member) {
    requireAlive();
    byte[] scalar = signatureScalar.copyBytes();
    try (SenderKeys keys = senderKeys(member)) {
      return new Keys(sid, member, Bytes.of(scalar), Bytes.of(keys.macKey()));
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  /**
   * The place of a member's proposals among those of one kind (PROTOCOL.md, section 9), 32 bytes.
   */
  public synchronized Bytes rank(Bytes member) {
    return Bytes.of(expand(WireWriter.labelled("rank", sid).opaque(member), 32));
  }

  /** How many epochs in a row the pair with another member has resumed. */
  public synchronized int resumedInARow(Bytes member) {
    PairKeys pair = pairs.get(member);
    return pair == null ? 0 : pair.resumedInARow();
  }

  /** Erases all resumption secrets: the next epoch is attested. */
  public synchronized void forgetResumption() {
    pairs.values().forEach(PairKeys::forgetResumption);
    resumptionForgotten = true;
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(groupKey, (byte) 0);
    Arrays.fill(epochSecret, (byte) 0);
    signatureScalar.destroy();
    pairs.values().forEach(PairKeys::destroy);
    pairs.clear();
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  private byte[] expand(WireWriter info, int length) {
    requireAlive();
    return Labelled.expand(epochSecret, info, length);
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("the keys of this epoch have been erased");
    }
  }
}
