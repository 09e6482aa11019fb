package org.mpotr.chat.relay;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.mpotr.chat.relay.RelayLimits.Rate;

/** Everybody who uses the relay, by address. */
final class Visitors {

  /** Whoever has one address of IPv6 usually has all those with the same first 64 bits. */
  private static final int NETWORK_BYTES = 8;

  private final Rate rate;
  private final Map<String, Visitor> visitors = new HashMap<>();

  Visitors(Rate rate) {
    this.rate = rate;
  }

  Visitor at(SocketAddress address) {
    return visitors.computeIfAbsent(network(address.hostAddress()), n -> new Visitor(rate));
  }

  void forgetGone() {
    visitors.values().removeIf(Visitor::isGone);
  }

  /** What counts as one address; {@code literal} has no name to be looked up. */
  static String network(String literal) {
    try {
      byte[] address = InetAddress.getByName(literal).getAddress();
      return HexFormat.of()
          .formatHex(
              address.length > NETWORK_BYTES ? Arrays.copyOf(address, NETWORK_BYTES) : address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address", e);
    }
  }
}
