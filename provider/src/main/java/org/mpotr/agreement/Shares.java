package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.Seal;
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

  static final String PURPOSE = "share";

  /** The member's own SHARE. */
  Share make(Candidate own, EphemeralKeys keys, List<Peer> peers, Cores cores)
      throws InvalidKeyException {
    SetupHeader header = new SetupHeader(MessageType.SHARE, introducing.sid(), own.index());
    List<Share.Entry> entries = cores.map(peers, part -> entries(header, keys, part));
    Share unsigned = new Share(header, entries, Bytes.EMPTY);
    return unsigned.signed(keys.sign(unsigned));
  }

  private List<Share.Entry> entries(SetupHeader header, EphemeralKeys keys, List<Peer> part) {
    List<Share.Entry> entries = new ArrayList<>(part.size());
    Bytes encodedHeader = header.encoded();
    for (Peer peer : part) {
      entries.add(
          new Share.Entry(
              peer.secret().confirmationTo(transcript2),
              peer.secret().sealTo(PURPOSE).seal(encodedHeader, keys.contribution())));
    }
    return entries;
  }

  /** The contribution of a peer, 16 bytes, to be cleared by the caller. */
  byte[] open(Peer peer, Share share, Bytes commitment, int entry, int entries)
      throws SetupFailedException {
    return open(
        peer.secret().confirmationFrom(transcript2),
        peer.secret().sealFrom(PURPOSE),
        peer.candidate(),
        share,
        commitment,
        entry,
        entries);
  }

  /** The same of a sender whose confirmation and seal are known. */
  byte[] open(
      Bytes expectedConfirmation,
      Seal seal,
      Candidate from,
      Share share,
      Bytes commitment,
      int entry,
      int entries)
      throws SetupFailedException {
    if (share.entries().size() != entries) {
      throw SetupFailedException.of(SetupCheck.MALFORMED, from);
    }
    Share.Entry own = share.entries().get(entry);
    byte[] expected = expectedConfirmation.toArray();
    if (!MessageDigest.isEqual(expected, own.confirmation().toArray())) {
      throw SetupFailedException.of(SetupCheck.BAD_CONFIRMATION, from);
    }
    byte[] contribution =
        seal.open(share.header().encoded(), own.sealedContribution())
            .orElseThrow(() -> SetupFailedException.of(SetupCheck.BAD_SEAL, from));
    if (!introducing.commitment(from.id(), contribution).equals(commitment)) {
      Arrays.fill(contribution, (byte) 0);
      throw SetupFailedException.of(SetupCheck.SHARE_AGAINST_COMMITMENT, from);
    }
    return contribution;
  }
}
