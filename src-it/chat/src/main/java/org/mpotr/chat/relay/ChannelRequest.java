package org.mpotr.chat.relay;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URL of the relay asks for: {@code /channels/NAME}, and for reading {@code
 * ?from=NUMBER&wait=SECONDS}. The name stays as the URL spells it, percent signs included: two
 * spellings are two channels, and nothing has to be decoded.
 *
 * @param channel the channel
 * @param from the number of the first message wanted
 * @param patience how long to wait for it
 */
record ChannelRequest(String channel, int from, Duration patience) {

  private static final Pattern PATH = Pattern.compile("/channels/([A-Za-z0-9._~%-]{1,384})");
  private static final Pattern QUERY = Pattern.compile("from=([0-9]{1,9})&wait=([0-9]{1,4})");

  static ChannelRequest of(URI uri, Duration longestWait) throws RelayRefusal {
    Matcher path = PATH.matcher(uri.getRawPath() == null ? "" : uri.getRawPath());
    if (!path.matches()) {
      throw new RelayRefusal(RelayRefusal.NOT_FOUND, "there is nothing but /channels/NAME");
    }
    if (uri.getRawQuery() == null) {
      return new ChannelRequest(path.group(1), 0, Duration.ZERO);
    }
    Matcher query = QUERY.matcher(uri.getRawQuery());
    if (!query.matches()) {
      throw new RelayRefusal(RelayRefusal.BAD_REQUEST, "the query is from=NUMBER&wait=SECONDS");
    }
    Duration wait = Duration.ofSeconds(Integer.parseInt(query.group(2)));
    return new ChannelRequest(
        path.group(1),
        Integer.parseInt(query.group(1)),
        wait.compareTo(longestWait) > 0 ? longestWait : wait);
  }
}
