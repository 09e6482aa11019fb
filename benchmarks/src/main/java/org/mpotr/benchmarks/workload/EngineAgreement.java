package org.mpotr.benchmarks.workload;

import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.identity.IdentityKeys;

/**
 * ECDH by the library's own engine as a set-up uses it: one secret with a batch of points, or one
 * by one, none of which was used before.
 */
public final class EngineAgreement implements Workload {

  private static final int PEERS = 256;
  private static final int SCALARS = 8;

  private final P256 engine = P256.engine();
  private final int batch;
  private final Pool<SecretScalar> scalars;
  private final Pool<byte[]> points;
  private final List<PublicPoint> fresh = new ArrayList<>();

  /**
   * @param batch how many points share one call; 1 is one by one
   */
  public EngineAgreement(int batch) throws Exception {
    this.batch = batch;
    SecureRandom random = new SecureRandom();
    scalars = Pool.of(SCALARS, i -> SecretScalar.random(random));
    List<KeyPair> pairs = P256Material.keyPairs(PEERS);
    points = Pool.of(PEERS, i -> point(pairs.get(i).getPublic()).encoded());
  }

  private static PublicPoint point(PublicKey key) throws Exception {
    return IdentityKeys.publicPoint(P256Material.publicKey(P256Material.judge(), key.getEncoded()));
  }

  @Override
  public void prepare(int runs) throws Exception {
    fresh.clear();
    for (int i = 0; i < runs * batch; i++) {
      fresh.add(PublicPoint.decode(points.next()));
    }
  }

  @Override
  public int mostRuns() {
    return 1_024 / batch;
  }

  @Override
  public int operations() {
    return batch;
  }

  @Override
  public Object run() {
    List<PublicPoint> next = fresh.subList(fresh.size() - batch, fresh.size());
    Object secrets =
        batch == 1 ? engine.agree(scalars.next(), next.get(0)) : engine.agree(scalars.next(), next);
    next.clear();
    return secrets;
  }

  @Override
  public void check() throws Exception {
    Provider judge = Providers.of(Providers.JDK, "KeyAgreement", P256Material.AGREEMENT);
    KeyPair peer = P256Material.keyPairs(1).get(0);
    SecretScalar scalar = scalars.next();
    KeyAgreement reference = KeyAgreement.getInstance(P256Material.AGREEMENT, judge);
    reference.init(P256Material.privateKey(judge, peer.getPrivate().getEncoded()));
    reference.doPhase(IdentityKeys.publicKey(engine.publicPoint(scalar)), true);
    byte[] expected = reference.generateSecret();
    PublicPoint point = point(peer.getPublic());
    List<byte[]> together = engine.agree(scalar, List.of(PublicPoint.decode(points.next()), point));
    WrongResultException.require(
        Arrays.equals(expected, together.get(1))
            && Arrays.equals(expected, engine.agree(scalar, point)),
        "a shared secret is wrong");
  }
}
