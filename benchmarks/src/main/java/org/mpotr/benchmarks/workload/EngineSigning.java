package org.mpotr.benchmarks.workload;

import java.security.SecureRandom;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.crypto.Sha512;

/** Signing by the library's own engine, which frames use; hashing the message is a part of it. */
public final class EngineSigning implements Workload {

  private final P256 engine = P256.engine();
  private final SecretScalar scalar = SecretScalar.random(new SecureRandom());
  private final PublicPoint point = engine.publicPoint(scalar);
  private final Pool<byte[]> messages = Pool.ofBytes(256, P256Material.MESSAGE_BYTES);
  private final Pool<byte[]> hedges = Pool.ofBytes(64, P256.HEDGE_BYTES);

  @Override
  public byte[] run() {
    return engine.sign(scalar, Sha512.hash(messages.next()), hedges.next());
  }

  @Override
  public void check() throws Exception {
    byte[] digest = Sha512.hash(messages.next());
    WrongResultException.require(
        engine.verify(point, digest, engine.sign(scalar, digest, hedges.next())),
        "a signature is wrong");
  }
}
