package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.mpotr.crypto.P256;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.identity.IdentityKey;
import org.mpotr.wire.Bytes;

/**
 * A member that hands over what it knows of a set-up, and so betrays it (PROTOCOL.md, section 8.3).
 *
 * @param identityKey a, which is not handed over
 * @param mode of the session
 * @param ephemeral what the member made for the attempt
 * @param own its place
 * @param peers what it learned of the others
 */
record Witness(
    IdentityKey identityKey,
    AuthenticationMode mode,
    EphemeralKeys ephemeral,
    Candidate own,
    List<Peer> peers) {

  SetupEvidence testify(EpochSecrets secrets, List<byte[]> introKeys, byte[] psk)
      throws InvalidKeyException {
    List<byte[]> contributions = new ArrayList<>(peers.size() + 1);
    peers.forEach(peer -> contributions.add(peer.contribution()));
    contributions.add(own.index(), ephemeral.contribution());
    byte[] groupKey = secrets.copyGroupKey();
    byte[] scalar = ephemeral.agreementScalar().copyBytes();
    try {
      TreeMap<Integer, Bytes> scalars = new TreeMap<>();
      scalars.put(own.index(), Bytes.of(scalar));
      return new SetupEvidence(
          Bytes.of(groupKey),
          introKeys.stream().map(Bytes::of).toList(),
          contributions.stream().map(Bytes::of).toList(),
          Bytes.of(psk),
          scalars,
          pairs());
    } finally {
      Arrays.fill(groupKey, (byte) 0);
      Arrays.fill(scalar, (byte) 0);
    }
  }

  private List<SetupEvidence.Pair> pairs() throws InvalidKeyException {
    List<byte[]> agreements =
        mode == AuthenticationMode.TRIPLE_DH
            ? new PairAuthentication(identityKey, ephemeral.agreementScalar(), mode)
                .agreements(peers)
            : peers.stream().map(peer -> new byte[0]).toList();
    List<SetupEvidence.Pair> pairs = new ArrayList<>(peers.size());
    for (int i = 0; i < peers.size(); i++) {
      Peer peer = peers.get(i);
      int place = peer.candidate().index();
      byte[] ee = P256.engine().agree(ephemeral.agreementScalar(), peer.candidate().agreementKey());
      pairs.add(
          new SetupEvidence.Pair(
              Math.min(own.index(), place),
              Math.max(own.index(), place),
              Bytes.of(ee),
              Bytes.of(peer.resumes() ? peer.resumption() : agreements.get(i))));
      Arrays.fill(ee, (byte) 0);
    }
    return pairs;
  }
}
