package org.mpotr.agreement;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SetupHeader;
import org.mpotr.wire.Share;

/**
 * Makes and opens SHAREs (PROTOCOL.md, section 4.5).
 *
 * @param introducing the round before, whose commitments the contributions must meet
 * @param transcript2 T2
 */
record Shares(Introductions introducing, Bytes transcript2) {

  private static final String PURPOSE = "share";

  /** The member's own SHARE. */
  Share make(Candidate own, EphemeralKeys keys, List<Peer> peers) {
    SetupHeader header = new SetupHeader(MessageType.SHARE, introducing.sid(), own.index());
    List<Share.Entry> entries = new ArrayList<>(peers.size());
    for (Peer peer : peers) {
      entries.add(
          new Share.Entry(
              peer.secret().confirmationTo(transcript2),
              peer.secret().sealTo(PURPOSE).seal(header.encoded(), keys.contribution())));
    }
    Share unsigned = new Share(header, entries, Bytes.EMPTY);
    return unsigned.signed(keys.sign(unsigned));
  }

  /** The contribution of a peer, 16 bytes, to be cleared by the caller. */
  byte[] open(Peer peer, Share share, Bytes commitment, int entry, int entries)
      throws SetupFailedException {
    Candidate from = peer.candidate();
    if (share.entries().size() != entries) {
      throw SetupFailedException.of(SetupCheck.MALFORMED, from);
    }
    Share.Entry own = share.entries().get(entry);
    byte[] expected = peer.secret().confirmationFrom(transcript2).toArray();
    if (!MessageDigest.isEqual(expected, own.confirmation().toArray())) {
      throw SetupFailedException.of(SetupCheck.BAD_CONFIRMATION, from);
    }
    byte[] contribution =
        peer.secret()
            .sealFrom(PURPOSE)
            .open(share.header().encoded(), own.sealedContribution())
            .orElseThrow(() -> SetupFailedException.of(SetupCheck.BAD_SEAL, from));
    if (!introducing.commitment(from.id(), contribution).equals(commitment)) {
      Arrays.fill(contribution, (byte) 0);
      throw SetupFailedException.of(SetupCheck.SHARE_AGAINST_COMMITMENT, from);
    }
    return contribution;
  }
}
