package org.mpotr.command;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Maps, collections, text, numbers, booleans and null as JSON (RFC 8259), in ASCII. */
final class Json {

  private static final String STEP = "  ";

  private Json() {}

  static String write(Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value, "");
    return json.toString();
  }

  private static void append(StringBuilder json, Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      json.append('{');
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        json.append('\n').append(indent).append(STEP);
        appendText(json, entry.getKey().toString());
        json.append(": ");
        append(json, entry.getValue(), indent + STEP);
        json.append(entries.hasNext() ? "," : "\n" + indent);
      }
      json.append('}');
    } else if (value instanceof Collection<?> collection) {
      Iterator<?> items = collection.iterator();
      json.append('[');
      while (items.hasNext()) {
        json.append('\n').append(indent).append(STEP);
        append(json, items.next(), indent + STEP);
        json.append(items.hasNext() ? "," : "\n" + indent);
      }
      json.append(']');
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      json.append(value);
    } else {
      appendText(json, value.toString());
    }
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
