package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.identity.IdentityKey;
import org.mpotr.wire.Bytes;

/**
 * Turns K_ee of each pair into k (PROTOCOL.md, section 4.5): by the resumption secret where both
 * sides have it, else as the authentication mode says.
 *
 * @param identityKey a
 * @param agreementScalar x
 * @param mode of the session
 */
record PairAuthentication(
    IdentityKey identityKey, SecretScalar agreementScalar, AuthenticationMode mode) {

  private static final int BYTES = P256.SCALAR_BYTES;

  void authenticate(List<Peer> peers, Bytes transcript2, Cores cores) throws InvalidKeyException {
    cores.map(peers, part -> authenticate(part, transcript2));
  }

  private List<Peer> authenticate(List<Peer> peers, Bytes transcript2) throws InvalidKeyException {
    List<Peer> agreeing = new ArrayList<>(peers.size());
    for (Peer peer : peers) {
      if (peer.resumes()) {
        peer.secret().authenticate(PairSecret.Mode.RESUMED, peer.resumption(), transcript2);
      } else if (mode == AuthenticationMode.SIGNATURE) {
        peer.secret().authenticate(PairSecret.Mode.SIGNATURE, new byte[0], transcript2);
      } else {
        agreeing.add(peer);
      }
    }
    if (!agreeing.isEmpty()) {
      agree(agreeing, transcript2);
    }
    return peers;
  }

  private void agree(List<Peer> full, Bytes transcript2) throws InvalidKeyException {
    List<byte[]> agreements = agreements(full);
    for (int i = 0; i < full.size(); i++) {
      full.get(i).secret().authenticate(PairSecret.Mode.TRIPLE_DH, agreements.get(i), transcript2);
      Arrays.fill(agreements.get(i), (byte) 0);
    }
  }

  /** auth of each pair in full, 64 bytes, to be cleared by the caller. */
  List<byte[]> agreements(List<Peer> full) throws InvalidKeyException {
    List<PublicPoint> agreementKeys = new ArrayList<>(full.size());
    List<PublicPoint> identities = new ArrayList<>(full.size());
    for (Peer peer : full) {
      agreementKeys.add(peer.candidate().agreementKey());
      identities.add(peer.member().identity());
    }
    List<byte[]> byIdentity = identityKey.agree(agreementKeys);
    List<byte[]> byEphemeral = P256.engine().agree(agreementScalar, identities);
    List<byte[]> agreements = new ArrayList<>(full.size());
    for (int i = 0; i < full.size(); i++) {
      PairSecret secret = full.get(i).secret();
      byte[] own = byIdentity.get(i);
      byte[] others = byEphemeral.get(i);
      byte[] both = new byte[2 * BYTES];
      // The identity of the member that is first in the roster comes first.
      System.arraycopy(secret.isOwnFirst() ? own : others, 0, both, 0, BYTES);
      System.arraycopy(secret.isOwnFirst() ? others : own, 0, both, BYTES, BYTES);
      agreements.add(both);
      Arrays.fill(own, (byte) 0);
      Arrays.fill(others, (byte) 0);
    }
    return agreements;
  }
}
