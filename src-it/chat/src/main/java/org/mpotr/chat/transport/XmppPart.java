package org.mpotr.chat.transport;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the numbered parts of a text that is longer than a server takes at once: {@code
 * ?mpOTR-part:}, the text's id, the part's number from 0 on, how many there are, each followed by a
 * colon, and a piece of the text.
 *
 * @param id of the text, 16 digits in hex
 * @param number of the part, below count
 * @param count of the parts, at most {@value #MAX_COUNT}
 * @param piece of the text, not empty
 */
record XmppPart(String id, int number, int count, String piece) {

  /** As many as the longest message has in parts of the size that every server takes. */
  static final int MAX_COUNT = 160;

  private static final String PREFIX = "?mpOTR-part:";
  private static final Pattern HEAD =
      Pattern.compile("\\?mpOTR-part:([0-9a-f]{16}):([0-9]{1,3}):([0-9]{1,3}):");
  private static final int MAX_HEAD = PREFIX.length() + 16 + 1 + 2 * 4;

  /** The part in a message body, or empty when it is none. */
  static Optional<XmppPart> parse(String body) {
    if (!body.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Matcher head = HEAD.matcher(body).region(0, Math.min(body.length(), MAX_HEAD));
    if (!head.lookingAt() || head.end() == body.length()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(head.group(2));
    int count = Integer.parseInt(head.group(3));
    if (number >= count || count > MAX_COUNT) {
      return Optional.empty();
    }
    return Optional.of(new XmppPart(head.group(1), number, count, body.substring(head.end())));
  }

  /** The message body that carries it. */
  String body() {
    return PREFIX + id + ":" + number + ":" + count + ":" + piece;
  }
}
