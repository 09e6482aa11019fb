package org.mpotr.agreement;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.epoch.GroupKey;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * All messages of one round, one's own included, as the one key that {@code doPhase} takes
 * (PROTOCOL.md, section 4.9).
 */
public final class RoundKey implements PublicKey {

  @Serial private static final long serialVersionUID = 1;

  private final transient List<Message> messages;
  private final transient Map<Hello, Integer> continuing;

  private RoundKey(List<Message> messages, Map<Hello, Integer> continuing) {
    this.messages = List.copyOf(messages);
    this.continuing = Map.copyOf(continuing);
  }

  /**
   * The messages of a round, in any order.
   *
   * @throws InvalidKeyException when a key is not a message, or is malformed
   */
  public static RoundKey of(Collection<? extends Key> messages) throws InvalidKeyException {
    List<Message> decoded = new ArrayList<>(messages.size());
    for (Key key : messages) {
      decoded.add(message(key));
    }
    return new RoundKey(decoded, Map.of());
  }

  /**
   * The same round of HELLOs with the knowledge of who comes from the epoch before, which allows
   * those pairs to resume. A HELLO may be called continuing only when it came in a frame that this
   * very member signed in that epoch.
   *
   * @param hellos for each continuing member other than oneself, its place in the roster before and
   *     its new HELLO
   * @throws InvalidKeyException when a key is not a HELLO
   */
  public RoundKey continuing(Map<Integer, ? extends Key> hellos) throws InvalidKeyException {
    Map<Hello, Integer> places = new HashMap<>();
    for (Map.Entry<Integer, ? extends Key> entry : hellos.entrySet()) {
      if (!(message(entry.getValue()) instanceof Hello hello)
          || places.put(hello, entry.getKey()) != null) {
        throw new InvalidKeyException("a continuing member is known by one HELLO");
      }
    }
    return new RoundKey(messages, places);
  }

  /** The message that a key stands for. */
  static Message message(Key key) throws InvalidKeyException {
    if (key instanceof MessageKey own) {
      return own.message();
    }
    byte[] encoded =
        key != null && MessageKey.FORMAT.equals(key.getFormat()) ? key.getEncoded() : null;
    if (encoded == null) {
      throw new InvalidKeyException("not a message of mpOTR");
    }
    try {
      return Message.decode(encoded);
    } catch (WireException e) {
      throw new InvalidKeyException(e.getMessage(), e);
    }
  }

  /** The messages, in the order in which they were given. */
  public List<Message> messages() {
    return messages;
  }

  /** The place that each continuing member had in the roster before. */
  public Map<Hello, Integer> continuing() {
    return continuing;
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
    throw new NotSerializableException("send the encodings of the messages");
  }
}
