package org.mpotr.chat.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a URL of the relay asks for: {@code /channels/NAME}, and for reading {@code
 * ?from=POSITION&wait=SECONDS} or one of them. The name stays as the URL spells it, percent signs
 * included: two spellings are two channels, and nothing has to be decoded.
 *
 * @param channel the channel
 * @param from the place of the first message wanted; empty for the oldest that is kept
 * @param patience how long to wait for it
 */
record ChannelRequest(String channel, Optional<Position> from, Duration patience) {

  private static final Pattern PATH = Pattern.compile("/channels/([A-Za-z0-9._~%-]{1,384})");
  private static final Pattern QUERY =
      Pattern.compile("(?:from=([0-9a-f-]{1,35}))?(?:(?:^|(?<=.)&)wait=([0-9]{1,4}))?");

  static ChannelRequest of(String rawPath, String rawQuery, Duration longestWait)
      throws RelayRefusal {
    Matcher path = PATH.matcher(rawPath == null ? "" : rawPath);
    if (!path.matches()) {
      throw new RelayRefusal(RelayRefusal.NOT_FOUND, "there is nothing but /channels/NAME");
    }
    Matcher query = QUERY.matcher(rawQuery == null ? "" : rawQuery);
    if (!query.matches()) {
      throw malformed();
    }
    Optional<Position> from = Optional.empty();
    if (query.group(1) != null) {
      from = Optional.of(Position.parse(query.group(1)).orElseThrow(ChannelRequest::malformed));
    }
    Duration wait =
        Duration.ofSeconds(query.group(2) == null ? 0 : Integer.parseInt(query.group(2)));
    return new ChannelRequest(
        path.group(1), from, wait.compareTo(longestWait) > 0 ? longestWait : wait);
  }

  private static RelayRefusal malformed() {
    return new RelayRefusal(RelayRefusal.BAD_REQUEST, "the query is from=NUMBER&wait=SECONDS");
  }
}
