package org.mpotr.agreement;

import java.util.Arrays;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.Seal;
import org.mpotr.epoch.PairKeys;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * What one member shares with one other: K_ee after the HELLOs, k after the INTRODUCTIONs
 * (PROTOCOL.md, sections 4.4 and 4.5).
 */
final class PairSecret implements AutoCloseable {

  /** What the key of a pair rests on besides the ephemeral agreement. */
  enum Mode {
    /** K_ee: nothing else. */
    EPHEMERAL(0),
    /** The agreements of each long-term with the other's ephemeral key. */
    TRIPLE_DH(1),
    /** Nothing in the key; the identities are signed. */
    SIGNATURE(2),
    /** The resumption secret of the epoch before. */
    RESUMED(3);

    private final int code;

    Mode(int code) {
      this.code = code;
    }
  }

  private final Bytes sid;
  private final Bytes own;
  private final Bytes peer;
  private final byte[] psk;
  private final byte[] ephemeral;
  private byte[] key;
  private Mode mode = Mode.EPHEMERAL;

  /**
   * The pair after its HELLOs.
   *
   * @param ephemeral ECDH(x, X), 32 bytes, which becomes this object's to clear
   * @param psk the pre-shared key or nothing, which stays the caller's
   */
  PairSecret(Bytes sid, Bytes own, Bytes peer, byte[] ephemeral, byte[] psk) {
    this.sid = sid;
    this.own = own;
    this.peer = peer;
    this.ephemeral = ephemeral;
    this.psk = psk;
    this.key = extract(Mode.EPHEMERAL, new byte[0]);
  }

  /** Replaces K_ee by k, whose key material {@code authentication} completes and T2 binds. */
  void authenticate(Mode newMode, byte[] authentication, Bytes transcript2) {
    byte[] extracted = extract(newMode, authentication);
    Arrays.fill(key, (byte) 0);
    Arrays.fill(ephemeral, (byte) 0);
    WireWriter info = inRosterOrder(WireWriter.labelled("pair", sid).opaque(transcript2));
    key = Labelled.expand(extracted, info, Labelled.HASH_BYTES);
    Arrays.fill(extracted, (byte) 0);
    mode = newMode;
  }

  boolean isResumed() {
    return mode == Mode.RESUMED;
  }

  /** Whether one's own place is before the other's. */
  boolean isOwnFirst() {
    return own.compareTo(peer) < 0;
  }

  Seal sealTo(String purpose) {
    return new Seal(key, sid, purpose, own, peer);
  }

  Seal sealFrom(String purpose) {
    return new Seal(key, sid, purpose, peer, own);
  }

  Bytes confirmationTo(Bytes transcript2) {
    return confirmation(transcript2, own, peer);
  }

  Bytes confirmationFrom(Bytes transcript2) {
    return confirmation(transcript2, peer, own);
  }

  /** What remains of the pair once T3 is attested. */
  PairKeys remaining(Bytes transcript3, int resumedInARow) {
    return new PairKeys(
        afterwards("resumption", transcript3), afterwards("private", transcript3), resumedInARow);
  }

  private byte[] afterwards(String purpose, Bytes transcript3) {
    WireWriter info = inRosterOrder(WireWriter.labelled(purpose, sid).opaque(transcript3));
    return Labelled.expand(key, info, Labelled.HASH_BYTES);
  }

  private Bytes confirmation(Bytes transcript2, Bytes from, Bytes to) {
    WireWriter info =
        WireWriter.labelled("confirm", sid).opaque(transcript2).opaque(from).opaque(to);
    return Bytes.of(Labelled.expand(key, info, 32));
  }

  private byte[] extract(Mode newMode, byte[] authentication) {
    WireWriter keyMaterial =
        WireWriter.labelled("pair secret", sid)
            .uint8(newMode.code)
            .vector(ephemeral)
            .vector(authentication)
            .vector(psk);
    return Labelled.extract(sid.toArray(), keyMaterial);
  }

  private WireWriter inRosterOrder(WireWriter info) {
    return isOwnFirst() ? info.opaque(own).opaque(peer) : info.opaque(peer).opaque(own);
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    Arrays.fill(ephemeral, (byte) 0);
  }
}
