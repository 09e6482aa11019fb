package org.mpotr.chat.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a channel of an HTTP relay is reached.
 *
 * @param relay its address, such as {@code https://relay.example:8443}
 * @param channel the channel's name, any text
 * @param proxy a SOCKS5 proxy that resolves the relay's name, such as Tor's on port 9050
 * @param trust who decides on the relay's certificate; when empty, the JDK's certificate
 *     authorities. The certificate's name is checked too, whoever decides.
 * @param token what the relay asks of everybody
 */
public record HttpTransportOptions(
    URI relay,
    String channel,
    Optional<InetSocketAddress> proxy,
    Optional<TrustManagerFactory> trust,
    Optional<AccessToken> token) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the address is not one of HTTP or the channel is empty
   */
  public HttpTransportOptions {
    boolean isHttp = "http".equals(relay.getScheme()) || "https".equals(relay.getScheme());
    if (!isHttp || relay.getHost() == null) {
      throw new IllegalArgumentException("the address of a relay starts with http:// or https://");
    }
    if (channel.isEmpty()) {
      throw new IllegalArgumentException("a channel has a name");
    }
  }

  /** Without proxy and token, and with the JDK's certificate authorities. */
  public static HttpTransportOptions of(URI relay, String channel) {
    return new HttpTransportOptions(
        relay, channel, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same through a SOCKS5 proxy. */
  public HttpTransportOptions withProxy(InetSocketAddress newProxy) {
    return new HttpTransportOptions(relay, channel, Optional.of(newProxy), trust, token);
  }

  /** The same with somebody else who decides on certificates. */
  public HttpTransportOptions withTrust(TrustManagerFactory newTrust) {
    return new HttpTransportOptions(relay, channel, proxy, Optional.of(newTrust), token);
  }

  /** The same with a token. */
  public HttpTransportOptions withToken(AccessToken newToken) {
    return new HttpTransportOptions(relay, channel, proxy, trust, Optional.of(newToken));
  }

  boolean isTls() {
    return "https".equals(relay.getScheme());
  }
}
