package org.mpotr.identity;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;

/**
 * The identity key of somebody whose private key is not here, for the forger (PROTOCOL.md, section
 * 8.4): it agrees with every point whose scalar it was told, since ECDH is the same from both
 * sides. That is why a set-up in mode triple-dh proves nothing about who took part.
 */
public final class SimulatedIdentityKey implements IdentityKey {

  private final PublicPoint identity;
  private final Map<PublicPoint, SecretScalar> known = new HashMap<>();
  private boolean destroyed;

  /** The key of whoever has this public key. */
  public SimulatedIdentityKey(PublicPoint identity, SecretAccess access) {
    Objects.requireNonNull(access);
    this.identity = Objects.requireNonNull(identity);
  }

  /** Tells a scalar, which stays the caller's to destroy. */
  public void know(SecretScalar scalar) {
    known.put(P256.engine().publicPoint(scalar), scalar);
  }

  @Override
  public boolean isOf(PublicPoint publicIdentity) {
    return identity.equals(publicIdentity);
  }

  @Override
  public List<byte[]> agree(List<PublicPoint> points) throws InvalidKeyException {
    List<byte[]> secrets = new ArrayList<>(points.size());
    for (PublicPoint point : points) {
      SecretScalar scalar = known.get(point);
      if (scalar == null) {
        secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
        throw new InvalidKeyException("neither side's scalar of this agreement is known");
      }
      secrets.add(P256.engine().agree(scalar, identity));
    }
    return secrets;
  }

  /**
   * Nobody signs without the private key.
   *
   * @throws InvalidKeyException always
   */
  @Override
  public byte[] sign(byte[] message, SecureRandom random) throws InvalidKeyException {
    throw new InvalidKeyException("the signature of an identity cannot be simulated");
  }

  @Override
  public void destroy() {
    known.clear();
    destroyed = true;
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }
}
