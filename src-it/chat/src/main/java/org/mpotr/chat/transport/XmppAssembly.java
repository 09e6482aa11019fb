package org.mpotr.chat.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mpotr.wire.Message;

/**
 * Puts texts together from their parts. Anybody in a room can send parts that are never completed:
 * each source has a share of the room for them and a new text drives out the oldest of its own
 * source first, and the oldest of all only when there are too many sources.
 */
final class XmppAssembly {

  /** The longest armoured message, in characters. */
  static final int MAX_TEXT = 8 + (Message.MAX_BYTES + 2) / 3 * 4;

  private static final long MAX_CHARS_OF_SOURCE = 4L * MAX_TEXT;
  private static final long MAX_CHARS = 16L * MAX_TEXT;
  private static final int MAX_TEXTS = 256;
  private static final int MAX_TEXTS_OF_SOURCE = 32;

  private record Key(String source, String id) {}

  private static final class Text {
    private final String[] pieces;
    private int missing;
    private int chars;

    Text(int count) {
      pieces = new String[count];
      missing = count;
    }
  }

  private final Map<Key, Text> texts = new LinkedHashMap<>();
  private long chars;

  /**
   * The whole text, when this was its last part. A part that came before, or that contradicts what
   * came before, changes nothing.
   */
  Optional<String> add(String source, XmppPart part) {
    Key key = new Key(source, part.id());
    Text text = texts.computeIfAbsent(key, absent -> new Text(part.count()));
    makeRoom(key);
    boolean fits =
        text.pieces.length == part.count() && text.chars + part.piece().length() <= MAX_TEXT;
    if (!fits || text.pieces[part.number()] != null) {
      return Optional.empty();
    }
    text.pieces[part.number()] = part.piece();
    text.missing--;
    text.chars += part.piece().length();
    chars += part.piece().length();
    if (text.missing == 0) {
      remove(key);
      return Optional.of(String.join("", text.pieces));
    }
    makeRoom(key);
    return Optional.empty();
  }

  private void makeRoom(Key latest) {
    while (charsOf(latest.source()) > MAX_CHARS_OF_SOURCE
        || textsOf(latest.source()) > MAX_TEXTS_OF_SOURCE) {
      removeOldest(latest, true);
    }
    while (chars > MAX_CHARS || texts.size() > MAX_TEXTS) {
      removeOldest(latest, false);
    }
  }

  private long charsOf(String source) {
    return texts.entrySet().stream()
        .filter(entry -> entry.getKey().source().equals(source))
        .mapToLong(entry -> entry.getValue().chars)
        .sum();
  }

  private long textsOf(String source) {
    return texts.keySet().stream().filter(key -> key.source().equals(source)).count();
  }

  private void removeOldest(Key kept, boolean isOfSource) {
    texts.keySet().stream()
        .filter(key -> !key.equals(kept))
        .filter(key -> !isOfSource || key.source().equals(kept.source()))
        .findFirst()
        .ifPresent(this::remove);
  }

  private void remove(Key key) {
    chars -= texts.remove(key).chars;
  }
}
