package org.mpotr.epoch;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.wire.Bytes;

/**
 * The key of an epoch that all members attested, as {@code KeyAgreement} "mpOTR" gives it and
 * {@code Cipher} and {@code Signature} "mpOTR" take it (PROTOCOL.md, section 5). It has no encoding
 * and cannot be serialized; {@link #destroy()} erases everything, after which each use is an {@link
 * IllegalStateException}. Safe for use by many threads.
 */
public final class GroupKey implements SecretKey {

  /** The name of every algorithm of this library. */
  public static final String ALGORITHM = "mpOTR";

  @Serial private static final long serialVersionUID = 1;

  private final transient EpochParameters parameters;
  private final transient Bytes sid;
  private final transient Roster roster;
  private final transient int ownIndex;
  private final transient EpochSecrets secrets;

  /** The key of an attested epoch; the secrets become this object's to destroy. */
  public GroupKey(
      EpochParameters parameters, Bytes sid, Roster roster, int ownIndex, EpochSecrets secrets) {
    this.parameters = parameters;
    this.sid = sid;
    this.roster = roster;
    this.ownIndex = ownIndex;
    this.secrets = secrets;
  }

  /** What all members attested. */
  public EpochParameters parameters() {
    return parameters;
  }

  /** The session id, 32 bytes, public. */
  public Bytes sid() {
    return sid;
  }

  /** The members, each with nickname and identity. */
  public Roster roster() {
    return roster;
  }

  /** One's own place in the roster. */
  public int ownIndex() {
    return ownIndex;
  }

  /** One's own ephemeral signing key, for {@code Signature} "mpOTR". */
  public PrivateKey signingKey() {
    return new FrameSigningKey(sid, secrets);
  }

  /**
   * A member's ephemeral verification key, for {@code Signature} "mpOTR".
   *
   * @throws IndexOutOfBoundsException when the roster has no such place
   */
  public PublicKey verificationKey(int index) {
    return new FrameVerificationKey(sid, roster.get(index).signatureKey());
  }

  /**
   * A secret for another use, the same for all members (PROTOCOL.md, section 5.3).
   *
   * @param label what it is for
   * @param context what it is bound to
   * @param length 1 to 8,160 bytes
   * @return the secret, to be cleared by the caller
   * @throws IllegalArgumentException when the length is out of range
   */
  public byte[] export(String label, byte[] context, int length) {
    return secrets.export(label, context, length);
  }

  /**
   * Twenty decimal digits in groups of five, the same for all members, to be compared aloud
   * (section 5.4).
   */
  public String groupCode() {
    return secrets.groupCode();
  }

  /** The secrets, for this library's own packages. */
  public EpochSecrets secrets(SecretAccess access) {
    Objects.requireNonNull(access);
    return secrets;
  }

  @Override
  public String getAlgorithm() {
    return ALGORITHM;
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

  /** The session id, and nothing secret. */
  @Override
  public String toString() {
    return "GroupKey[sid=" + sid + ", members=" + roster.size() + "]";
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a group key is not serializable");
  }
}
