package org.mpotr.chat.transport;

import java.util.List;
import org.mpotr.wire.Armour;
import org.mpotr.wire.WireException;

/** Hands over what a relay sends, and remembers how far that has come. */
final class Handover {

  private final Delivery delivery;
  private volatile String lastId = "";

  Handover(Subscriber subscriber) {
    this.delivery = new Delivery(subscriber);
  }

  /** Hands over, then runs what is next; whoever calls waits for that before calling again. */
  void events(List<Event> events, Runnable next) {
    delivery.run(
        () -> {
          events.forEach(this::event);
          next.run();
        });
  }

  private void event(Event event) {
    if (event instanceof Event.Message message) {
      message(message);
    } else if (event instanceof Event.Present present) {
      delivery.present(Math.max(0, present.listeners() - 1));
    } else {
      delivery.complain("the relay no longer has some of the messages");
    }
  }

  private void message(Event.Message message) {
    try {
      delivery.received(Armour.decode(message.text()), "");
    } catch (WireException e) {
      // Anybody can post anything to a channel. It is none of ours.
    }
    lastId = message.id();
  }

  /** The connection is up or down, and why; said once. */
  void connection(boolean nowUp, String reason) {
    delivery.connection(nowUp, reason);
  }

  /** Something is wrong, but not with the connection. */
  void complaint(String reason) {
    delivery.run(() -> delivery.complain(reason));
  }

  /** The place of the last message that was handed over, or empty. */
  String lastId() {
    return lastId;
  }

  void close() {
    delivery.close();
  }
}
