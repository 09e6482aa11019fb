package org.mpotr.chat.relay;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A message in its channel, kept in the form in which most listeners get it.
 *
 * @param number its number
 * @param event all lines of its server-sent event
 * @param start where the message starts in it
 */
record Message(long number, Buffer event, int start) {

  private static final int LINE_ENDS = 2;

  static Message of(String run, long number, Buffer text) {
    String head = "id: " + new Position(run, number) + "\ndata: ";
    Buffer event =
        Buffer.buffer(head.length() + text.length() + LINE_ENDS)
            .appendString(head)
            .appendBuffer(text)
            .appendString("\n\n");
    return new Message(number, event, head.length());
  }

  /** The message and a line end. */
  Buffer line() {
    return event.slice(start, event.length() - 1);
  }

  /** How long the message is. */
  int length() {
    return event.length() - start - LINE_ENDS;
  }

  String text() {
    return event.getString(start, event.length() - LINE_ENDS, StandardCharsets.US_ASCII.name());
  }
}
