package org.mpotr.benchmarks.workload;

import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.benchmarks.workload.P256Material.Signed;

/** Many senders with a few signatures each, whose keys stay in use. */
public final class KnownSenders {

  private final Signature verifying;
  private final List<PublicKey> keys = new ArrayList<>();
  private final List<Signed> signed;

  public KnownSenders(String providerName, int senders, int signaturesEach) throws Exception {
    Provider provider = Providers.of(providerName, "Signature", P256Material.SIGNATURE);
    verifying = Signature.getInstance(P256Material.SIGNATURE, provider);
    signed = P256Material.signed(senders, senders * signaturesEach);
    for (Signed one : signed.subList(0, senders)) {
      keys.add(P256Material.publicKey(provider, one.signerKey()));
    }
  }

  /** Verifies all signatures of all senders. */
  public void verifyAll() throws Exception {
    for (int i = 0; i < signed.size(); i++) {
      verifying.initVerify(keys.get(i % keys.size()));
      verifying.update(signed.get(i).message());
      WrongResultException.require(
          verifying.verify(signed.get(i).signature()), "a right signature is refused");
    }
  }
}
