package org.mpotr.agreement;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.PublicKey;
import org.mpotr.epoch.GroupKey;
import org.mpotr.wire.Message;

/**
 * A message of the protocol in the form in which the Java platform passes messages of a key
 * agreement: as a public key, of algorithm "mpOTR" and format {@value #FORMAT}, whose encoding is
 * the message.
 */
public final class MessageKey implements PublicKey {

  /** The format of the encoding: the bytes of the message as they travel. */
  public static final String FORMAT = "mpOTR1";

  @Serial private static final long serialVersionUID = 1;

  private final transient Message message;

  /** The key that stands for a message. */
  public MessageKey(Message message) {
    this.message = message;
  }

  /** The message itself. */
  public Message message() {
    return message;
  }

  @Override
  public String getAlgorithm() {
    return GroupKey.ALGORITHM;
  }

  @Override
  public String getFormat() {
    return FORMAT;
  }

  /** The bytes of the message, to be sent to all members. */
  @Override
  public byte[] getEncoded() {
    return message.encoded().toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageKey that && message.equals(that.message);
  }

  @Override
  public int hashCode() {
    return message.hashCode();
  }

  /** The type of the message. */
  @Override
  public String toString() {
    return "MessageKey[" + message.type() + "]";
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("send the encoding of a message");
  }
}
