package org.mpotr.chat.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mpotr.chat.relay.Sighting;
import org.mpotr.wire.Armour;
import org.mpotr.wire.WireException;

/**
 * Searches everything that a relay was shown, as it came and with the armour removed.
 *
 * <p>Something short turns up by chance: three given letters in 30,000 of base64 in every tenth
 * run. Therefore it is looked for only in forms of at least {@value #TELLING_BYTES} bytes: in what
 * the armour held, a short text together with the length before it or the zero behind it, as the
 * encoding would write it there.
 */
final class RelaySearch {

  private static final int TELLING_BYTES = 4;
  private static final int LONG_BYTES = 6;
  private static final int LONG_IN_BASE64 = 8;

  private final List<String> heads = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();
  private final List<String> opened = new ArrayList<>();
  private final Set<String> tooShort = new LinkedHashSet<>();

  RelaySearch(List<Sighting> sightings) throws WireException {
    for (Sighting sighting : sightings) {
      heads.add(sighting.head());
      if (!sighting.body().isEmpty()) {
        bodies.add(sighting.body());
        opened.add(new String(Armour.decode(sighting.body()), StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** Whether the relay could have seen this. */
  boolean finds(Needle needle) {
    String text = needle.text();
    boolean isLong = text.length() >= LONG_BYTES;
    if ((isLong || needle.isName()) && isIn(heads, text)) {
      return true;
    }
    if (text.length() >= LONG_IN_BASE64 && isIn(bodies, text)) {
      return true;
    }
    if (isLong) {
      return isIn(opened, text);
    }
    if (text.length() + 1 < TELLING_BYTES) {
      tooShort.add(text);
      return false;
    }
    return isIn(opened, (char) text.length() + text) || isIn(opened, text + '\0');
  }

  /** How many texts could not be told from chance. */
  int tooShort() {
    return tooShort.size();
  }

  int requests() {
    return heads.size();
  }

  int messages() {
    return bodies.size();
  }

  long bytes() {
    return total(heads) + total(bodies);
  }

  private static boolean isIn(List<String> places, String text) {
    return places.stream().anyMatch(place -> place.contains(text));
  }

  private static long total(List<String> texts) {
    return texts.stream().mapToLong(String::length).sum();
  }
}
