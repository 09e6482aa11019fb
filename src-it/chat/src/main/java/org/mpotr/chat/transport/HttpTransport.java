package org.mpotr.chat.transport;

import java.net.URI;

/** A channel of an HTTP relay. */
public final class HttpTransport implements Transport {

  /** A channel of a relay; nothing is sent yet. */
  public HttpTransport(HttpTransportOptions options) {
    throw new UnsupportedOperationException(options.toString());
  }

  /** A channel of a relay without proxy, token and certificates of its own. */
  public HttpTransport(URI relay, String channel) {
    this(HttpTransportOptions.of(relay, channel));
  }

  @Override
  public void publish(byte[] message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void subscribe(Subscriber subscriber) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
