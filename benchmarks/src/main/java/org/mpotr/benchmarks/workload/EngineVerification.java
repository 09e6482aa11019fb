package org.mpotr.benchmarks.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.benchmarks.workload.P256Material.Signed;
import org.mpotr.crypto.EcdsaDer;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.Sha512;
import org.mpotr.identity.IdentityKeys;

/**
 * Verification by the library's own engine, which frames use, without the way through {@code
 * Signature}: one by one or in batches. Hashing the message is a part of it.
 */
public final class EngineVerification implements Workload {

  private static final int MESSAGES = 256;

  private record Case(PublicPoint signer, byte[] message, byte[] signature) {
    P256.Claim claim() {
      return new P256.Claim(signer, Sha512.hash(message), signature);
    }
  }

  private final P256 engine = P256.engine();
  private final int batch;
  private final Pool<Case> cases;

  /**
   * @param senders how many senders take turns
   * @param batch how many signatures are verified together; 1 is one by one
   */
  public EngineVerification(int senders, int batch) throws Exception {
    this.batch = batch;
    List<Signed> all = P256Material.signed(senders, MESSAGES);
    Pool<PublicPoint> keys = Pool.of(senders, i -> point(all.get(i).signerKey()));
    cases =
        Pool.of(
            MESSAGES,
            i ->
                new Case(
                    keys.all().get(i % senders),
                    all.get(i).message(),
                    EcdsaDer.decode(all.get(i).signature())));
  }

  private static PublicPoint point(byte[] encoded) throws Exception {
    return IdentityKeys.publicPoint(P256Material.publicKey(P256Material.judge(), encoded));
  }

  @Override
  public int operations() {
    return batch;
  }

  @Override
  public Object run() throws Exception {
    if (batch == 1) {
      P256.Claim claim = cases.next().claim();
      return require(engine.verify(claim.signer(), claim.digest(), claim.signature()));
    }
    List<P256.Claim> claims = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      claims.add(cases.next().claim());
    }
    for (boolean verdict : engine.verify(claims)) {
      require(verdict);
    }
    return claims;
  }

  private static Boolean require(boolean verdict) throws WrongResultException {
    WrongResultException.require(verdict, "a right signature is refused");
    return verdict;
  }

  @Override
  public void check() throws Exception {
    run();
    List<P256.Claim> claims = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      claims.add(cases.next().claim());
    }
    P256.Claim right = claims.get(2);
    byte[] wrong = right.digest().clone();
    wrong[0] ^= 1;
    claims.set(2, new P256.Claim(right.signer(), wrong, right.signature()));
    WrongResultException.require(
        Arrays.equals(engine.verify(claims), new boolean[] {true, true, false, true}),
        "a verdict of a batch is wrong");
  }
}
