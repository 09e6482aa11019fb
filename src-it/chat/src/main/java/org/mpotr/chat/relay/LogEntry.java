package org.mpotr.chat.relay;

import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * A line of the relay's log: all that it notes of a message.
 *
 * @param channel the channel, as the URL spells it
 * @param number the message's place in the channel, from 0
 * @param bytes how long it is
 * @param from where it came from, not looked up
 */
public record LogEntry(String channel, long number, int bytes, InetSocketAddress from) {

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "channel %s  message %3d  %,7d bytes  from %s:%d",
        channel,
        number,
        bytes,
        from.getHostString(),
        from.getPort());
  }
}
