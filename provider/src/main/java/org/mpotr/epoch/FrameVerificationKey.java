package org.mpotr.epoch;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PublicKey;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.wire.Bytes;

/**
 * A member's ephemeral signing key E with the session it belongs to, for {@code Signature} "mpOTR"
 * (PROTOCOL.md, section 6.4). It has no encoding of its own: outside its session it means nothing.
 */
public final class FrameVerificationKey implements PublicKey {

  @Serial private static final long serialVersionUID = 1;

  private final transient Bytes sid;
  private final transient PublicPoint point;

  FrameVerificationKey(Bytes sid, PublicPoint point) {
    this.sid = sid;
    this.point = point;
  }

  /** The session id that every signature covers, 32 bytes. */
  public Bytes sid() {
    return sid;
  }

  /** E. */
  public PublicPoint point() {
    return point;
  }

  @Override
  public String getAlgorithm() {
    return GroupKey.ALGORITHM;
  }

  @Override
  public String getFormat() {
    return null;
  }

  @Override
  public byte[] getEncoded() {
    return null;
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a verification key is not serializable");
  }
}
