package org.mpotr.chat.member;

import java.util.List;
import java.util.function.UnaryOperator;
import org.mpotr.wire.Armour;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.WireException;

/** A relay that is hostile to one member: it hands that member something else than it got. */
final class Tampering implements Transport {

  /** What becomes of a message. */
  @FunctionalInterface
  interface Attack {

    /**
     * @param type of the message
     * @param number how many messages of this type came before it
     * @return what is handed over in its place
     */
    List<String> apply(MessageType type, int number, String message);
  }

  private final Transport honest;
  private final Attack attack;
  private final int[] counts = new int[MessageType.values().length];

  Tampering(Transport honest, Attack attack) {
    this.honest = honest;
    this.attack = attack;
  }

  /** Changes the bytes under the armour. */
  static String altered(String message, UnaryOperator<byte[]> change) {
    try {
      return Armour.encode(change.apply(Armour.decode(message)));
    } catch (WireException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void publish(String message) throws TransportException {
    honest.publish(message);
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    honest.subscribe(
        new Subscriber() {
          @Override
          public void received(String message) throws InterruptedException {
            for (String instead : attacked(message)) {
              subscriber.received(instead);
            }
          }

          @Override
          public void disconnected(TransportException reason) {
            subscriber.disconnected(reason);
          }
        });
  }

  private List<String> attacked(String message) {
    try {
      MessageType type = Message.decode(Armour.decode(message)).type();
      return attack.apply(type, counts[type.ordinal()]++, message);
    } catch (WireException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    honest.close();
  }
}
