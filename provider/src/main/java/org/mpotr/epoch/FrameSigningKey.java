package org.mpotr.epoch;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PrivateKey;
import java.util.Objects;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.wire.Bytes;

/**
 * The member's own ephemeral signing key e, for {@code Signature} "mpOTR" (PROTOCOL.md, section
 * 6.4). Opaque: it has no encoding, cannot be serialized, and dies with its {@link GroupKey}.
 */
public final class FrameSigningKey implements PrivateKey {

  @Serial private static final long serialVersionUID = 1;

  private final transient Bytes sid;
  private final transient EpochSecrets secrets;

  FrameSigningKey(Bytes sid, EpochSecrets secrets) {
    this.sid = sid;
    this.secrets = secrets;
  }

  /** The session id that every signature covers, 32 bytes. */
  public Bytes sid() {
    return sid;
  }

  /** The scalar, for this library's own packages. */
  public SecretScalar scalar(SecretAccess access) {
    Objects.requireNonNull(access);
    return secrets.signatureScalar();
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

  @Override
  public void destroy() {
    secrets.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return secrets.isDestroyed();
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a signing key is not serializable");
  }
}
