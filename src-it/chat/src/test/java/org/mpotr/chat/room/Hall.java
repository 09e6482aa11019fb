package org.mpotr.chat.room;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mpotr.chat.transport.Subscriber;
import org.mpotr.chat.transport.Transport;

/** A place where everybody hears everything at once, with nothing in between. */
public final class Hall {

  private final List<Subscriber> listeners = new CopyOnWriteArrayList<>();

  /** A way to be heard in it. */
  public Transport enter() {
    return new Transport() {
      private Subscriber own;

      @Override
      public void publish(byte[] message) {
        listeners.forEach(listener -> listener.received(message.clone(), ""));
      }

      @Override
      public void subscribe(Subscriber subscriber) {
        own = subscriber;
        listeners.add(subscriber);
        subscriber.connection(true, "in the hall");
        listeners.forEach(listener -> listener.present(listeners.size() - 1));
      }

      @Override
      public void close() {
        listeners.remove(own);
      }
    };
  }
}
