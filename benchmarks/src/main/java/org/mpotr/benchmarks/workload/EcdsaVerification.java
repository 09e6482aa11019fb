package org.mpotr.benchmarks.workload;

import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.benchmarks.workload.P256Material.Signed;

/** SHA512withECDSA of short messages through {@code Signature}: initVerify, update, verify. */
public final class EcdsaVerification implements Workload {

  /** Whose signatures are verified. */
  public enum Senders {
    /** One sender again and again. */
    BUSY(1, 256),
    /**
     * So many senders in turn that none is busy before many seconds, and eight of them afterwards;
     * each key object is used again.
     */
    KNOWN(128, 512),
    /** A key object that was never used before; decoding it is not measured. */
    NEW(1_024, 1_024);

    private final int keys;
    private final int messages;

    Senders(int keys, int messages) {
      this.keys = keys;
      this.messages = messages;
    }
  }

  private record Case(PublicKey key, Signed signed) {}

  private final Senders senders;
  private final Provider provider;
  private final Signature verifying;
  private final Pool<Signed> signed;
  private final Pool<Case> cases;
  private final List<Case> fresh = new ArrayList<>();

  public EcdsaVerification(String providerName, Senders senders) throws Exception {
    this.senders = senders;
    provider = Providers.of(providerName, "Signature", P256Material.SIGNATURE);
    verifying = Signature.getInstance(P256Material.SIGNATURE, provider);
    List<Signed> all = P256Material.signed(senders.keys, senders.messages);
    signed = Pool.of(all.size(), all::get);
    Map<Integer, PublicKey> keys = new HashMap<>();
    for (int i = 0; i < senders.keys && senders != Senders.NEW; i++) {
      keys.put(i, P256Material.publicKey(provider, all.get(i).signerKey()));
    }
    cases = Pool.of(all.size(), i -> new Case(keys.get(i % senders.keys), all.get(i)));
  }

  @Override
  public void prepare(int runs) throws Exception {
    if (senders != Senders.NEW) {
      return;
    }
    fresh.clear();
    for (int i = 0; i < runs; i++) {
      Signed next = signed.next();
      fresh.add(new Case(P256Material.publicKey(provider, next.signerKey()), next));
    }
  }

  @Override
  public int mostRuns() {
    return senders == Senders.NEW ? 1_024 : Integer.MAX_VALUE;
  }

  @Override
  public Boolean run() throws Exception {
    Case next = senders == Senders.NEW ? fresh.remove(fresh.size() - 1) : cases.next();
    verifying.initVerify(next.key());
    verifying.update(next.signed().message());
    if (!verifying.verify(next.signed().signature())) {
      throw new WrongResultException("a right signature is refused");
    }
    return true;
  }

  @Override
  public void check() throws Exception {
    prepare(8);
    for (int i = 0; i < 8; i++) {
      run();
    }
    Signed right = signed.first();
    byte[] wrong = right.message().clone();
    wrong[0] ^= 1;
    verifying.initVerify(P256Material.publicKey(provider, right.signerKey()));
    verifying.update(wrong);
    WrongResultException.require(
        !verifying.verify(right.signature()), "a signature of another message is accepted");
  }
}
