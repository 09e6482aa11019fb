package org.mpotr.benchmarks.workload;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;

/** ECDH through {@code KeyAgreement}: init, doPhase, generateSecret, with 256 peers in turn. */
public final class EcdhAgreement implements Workload {

  /** With whom. */
  public enum Peers {
    /** Each key object is used again. */
    KNOWN,
    /** A key object that was never used before; decoding it is not measured. */
    NEW
  }

  private static final int OWN_KEYS = 8;
  private static final int PEERS = 256;

  private final Peers kind;
  private final Provider provider;
  private final KeyAgreement agreement;
  private final Pool<PrivateKey> own;
  private final Pool<PublicKey> peers;
  private final List<PublicKey> fresh = new ArrayList<>();

  public EcdhAgreement(String providerName, Peers kind) throws Exception {
    this.kind = kind;
    provider = Providers.of(providerName, "KeyAgreement", P256Material.AGREEMENT);
    agreement = KeyAgreement.getInstance(P256Material.AGREEMENT, provider);
    List<KeyPair> pairs = P256Material.keyPairs(PEERS);
    own =
        Pool.of(
            OWN_KEYS,
            i -> P256Material.privateKey(provider, pairs.get(i).getPrivate().getEncoded()));
    peers =
        Pool.of(
            PEERS, i -> P256Material.publicKey(provider, pairs.get(i).getPublic().getEncoded()));
  }

  @Override
  public void prepare(int runs) throws Exception {
    fresh.clear();
    for (int i = 0; kind == Peers.NEW && i < runs; i++) {
      fresh.add(P256Material.publicKey(provider, peers.next().getEncoded()));
    }
  }

  @Override
  public int mostRuns() {
    return kind == Peers.NEW ? 1_024 : Integer.MAX_VALUE;
  }

  @Override
  public byte[] run() throws Exception {
    PublicKey peer = kind == Peers.NEW ? fresh.remove(fresh.size() - 1) : peers.next();
    return agree(agreement, own.next(), peer);
  }

  private static byte[] agree(KeyAgreement agreement, PrivateKey own, PublicKey peer)
      throws Exception {
    agreement.init(own);
    agreement.doPhase(peer, true);
    return agreement.generateSecret();
  }

  @Override
  public void check() throws Exception {
    Provider judge = Providers.of(Providers.JDK, "KeyAgreement", P256Material.AGREEMENT);
    List<KeyPair> pairs = P256Material.keyPairs(PEERS);
    KeyAgreement reference = KeyAgreement.getInstance(P256Material.AGREEMENT, judge);
    for (int i = 0; i < 4; i++) {
      byte[] expected =
          agree(
              reference,
              P256Material.privateKey(judge, pairs.get(i).getPrivate().getEncoded()),
              P256Material.publicKey(judge, pairs.get(i).getPublic().getEncoded()));
      byte[] actual = agree(agreement, own.all().get(i), peers.all().get(i));
      WrongResultException.require(Arrays.equals(expected, actual), "a shared secret is wrong");
    }
  }
}
