package org.mpotr.reference;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The nicknames of section 3.2 and their skeletons. Part of the second reading of the text. */
public final class Nickname {
  private static final Set<Integer> FORBIDDEN =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.PRIVATE_USE,
          (int) Character.UNASSIGNED,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  private static final Set<Integer> DROPPED =
      Set.of(
          (int) Character.NON_SPACING_MARK,
          (int) Character.COMBINING_SPACING_MARK,
          (int) Character.ENCLOSING_MARK,
          (int) Character.SPACE_SEPARATOR);

  private static final String LIKE =
      "АВЕЗКМНОРСТУХІЈЅԌԚԜҺ"
          + "авезкмнорстухіјѕԁԍһԛԝгпь"
          + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ"
          + "αβγεηικνοπρτυχωϲϳ"
          + "ıɑɡɩʟøłđħØŁĐĦ"
          + "01|";
  private static final String PLAIN =
      "ABE3KMHOPCTYXIJSGQWH"
          + "abe3kmhopctyxijsdghqwrnb"
          + "ABEZHIKMNOPTYXC"
          + "abyenikvonptuxwcj"
          + "iagiloldholdh"
          + "oll";

  private Nickname() {}

  /** The text of a nickname that keeps the rules. */
  public static String read(byte[] utf8) throws Refused {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused("bad-nickname");
    }
    if (text.isEmpty()
        || utf8.length > 64
        || !Normalizer.isNormalized(text, Normalizer.Form.NFC)
        || text.codePoints().anyMatch(c -> FORBIDDEN.contains(Character.getType(c)))
        || space(text.codePointAt(0))
        || space(text.codePointBefore(text.length()))) {
      throw new Refused("bad-nickname");
    }
    return text;
  }

  private static boolean space(int c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /** What no two nicknames of a roster may share. */
  public static String skeleton(String nickname) {
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(mapped(nickname), Normalizer.Form.NFKD)
        .codePoints()
        .filter(c -> !DROPPED.contains(Character.getType(c)))
        .forEach(kept::appendCodePoint);
    return mapped(mapped(kept.toString()).toLowerCase(Locale.ROOT))
        .replace("i", "l")
        .replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d");
  }

  private static String mapped(String text) {
    return text.codePoints()
        .map(c -> LIKE.indexOf(c) < 0 ? c : PLAIN.charAt(LIKE.indexOf(c)))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
