package org.mpotr.chat.transport;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads server-sent events, line by line. What it does not know it skips. */
final class EventReader {

  /** What a relay may have sent back to it as a place. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

  private final int longest;
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String id = "";

  /** Reads events with so many characters of data at the most. */
  EventReader(int longest) {
    this.longest = longest;
  }

  static boolean isId(String text) {
    return text != null && ID.matcher(text).matches();
  }

  /**
   * The event that ends with a line, if one does.
   *
   * @throws BadRelayException when an event is too long
   */
  Optional<Event> add(String line) throws BadRelayException {
    if (line.isEmpty()) {
      return end();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "data" -> addData(value);
      case "event" -> type = value;
      case "id" -> id = isId(value) ? value : id;
      default -> {
        // Comments, and whatever else there may be one day.
      }
    }
    return Optional.empty();
  }

  private void addData(String value) throws BadRelayException {
    if (data.length() + value.length() + 1 > longest) {
      throw new BadRelayException("the relay sends an event that is too long");
    }
    data.append(value).append('\n');
  }

  private Optional<Event> end() {
    String text = data.length() == 0 ? "" : data.substring(0, data.length() - 1);
    String ended = type;
    data.setLength(0);
    type = "";
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (ended) {
      case "", "message" -> Optional.of(new Event.Message(text, id));
      case "present" ->
          COUNT.matcher(text).matches()
              ? Optional.of(new Event.Present(Integer.parseInt(text)))
              : Optional.empty();
      case "gone" -> Optional.of(new Event.Gone());
      default -> Optional.empty();
    };
  }
}
