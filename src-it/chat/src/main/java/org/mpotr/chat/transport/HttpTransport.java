package org.mpotr.chat.transport;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Optional;
import org.mpotr.wire.Armour;
import org.mpotr.wire.Message;

/**
 * A channel of an HTTP relay. Believes the relay nothing but the bytes: all that it sends is
 * bounded, and nothing is concluded from its order.
 */
public final class HttpTransport implements Transport {

  private static final int WAITING_MESSAGES = 4096;
  private static final long WAITING_BYTES = 16L << 20;
  private static final long CLOSE_MILLIS = 5000;

  private final HttpTransportOptions options;
  private final Vertx vertx = Loop.acquire();
  private final Context context = vertx.getOrCreateContext();
  private final Outbox outbox = new Outbox(WAITING_MESSAGES, WAITING_BYTES);
  private final Publisher publisher;
  private volatile Optional<Handover> handover = Optional.empty();
  private Optional<Reader> reader = Optional.empty();
  private boolean isClosed;

  /** A channel of a relay; nothing is sent yet. */
  public HttpTransport(HttpTransportOptions options) {
    this.options = options;
    publisher =
        new Publisher(
            vertx,
            context,
            options,
            outbox,
            reason -> handover.ifPresent(subscribed -> subscribed.complaint(reason)));
  }

  /**
   * A channel of a relay without proxy, token and certificates of its own.
   *
   * @throws IllegalArgumentException when the address is not one of HTTP or the channel is empty
   */
  public HttpTransport(URI relay, String channel) {
    this(HttpTransportOptions.of(relay, channel));
  }

  /** Up to 4,096 messages and 16 MiB wait while the relay is away. */
  @Override
  public void publish(byte[] message) {
    if (message.length > Message.MAX_BYTES) {
      throw new IllegalArgumentException("the message is too long");
    }
    outbox.add(Buffer.buffer(Armour.encode(message)));
    publisher.wake();
  }

  @Override
  public synchronized void subscribe(Subscriber subscriber) {
    if (reader.isPresent() || isClosed) {
      throw new IllegalStateException(isClosed ? "closed" : "subscribed already");
    }
    Handover subscribed = new Handover(subscriber);
    handover = Optional.of(subscribed);
    Reader started = new Reader(vertx, context, options, subscribed);
    reader = Optional.of(started);
    started.start();
  }

  /** Waits up to five seconds until the relay has taken what waits. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      outbox.awaitEmpty(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
    reader.ifPresent(Reader::close);
    handover.ifPresent(Handover::close);
    Loop.release();
  }
}
