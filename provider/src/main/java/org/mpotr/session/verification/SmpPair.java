package org.mpotr.session.verification;

import java.util.Arrays;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * Whom a run of the socialist millionaires' protocol is between (PROTOCOL.md, section 10). All its
 * hashes begin with it, so that nothing of one run fits into another.
 *
 * @param sid of the epoch, 32 bytes
 * @param initiator the member id of who asks
 * @param responder the member id of who answers
 * @param run 8 bytes that the initiator has drawn for it
 */
public record SmpPair(
    Bytes sid,
    Bytes initiator,
    Bytes responder,
    PublicPoint initiatorIdentity,
    PublicPoint responderIdentity,
    Bytes run) {

  /** Bytes of what tells one run from another. */
  public static final int RUN_BYTES = 8;

  /** Two members of an epoch. */
  public static SmpPair of(GroupKey key, Member initiator, Member responder, Bytes run) {
    return new SmpPair(
        key.sid(), initiator.id(), responder.id(), initiator.identity(), responder.identity(), run);
  }

  /**
   * What the two compare in place of the secret that they share: the secret, who they are, by their
   * long-term keys, and who asked.
   *
   * @param secret what people know, any bytes; they stay the caller's to clear
   */
  SecretScalar bind(byte[] secret) {
    byte[] hash =
        Labelled.hash(
            labelled("SMP secret")
                .opaque(Fingerprint.of(initiatorIdentity).bytes())
                .opaque(Fingerprint.of(responderIdentity).bytes())
                .vector(secret));
    try {
      return SecretScalar.ofHash(hash);
    } finally {
      Arrays.fill(hash, (byte) 0);
    }
  }

  /** The label of the proof with a number from 1 to 8. */
  SmpLabel proof(int number) {
    return new SmpLabel(this, "SMP proof " + number);
  }

  WireWriter labelled(String purpose) {
    return WireWriter.labelled(purpose, sid).opaque(initiator).opaque(responder).opaque(run);
  }
}
