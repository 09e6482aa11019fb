package org.mpotr.keystore;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The states of contacts as text, in their one form. */
final class StateText {

  static final String UNVERIFIED = "unverified";
  static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  static final int MAX_BYTES = 512;

  private static final Pattern VERIFIED =
      Pattern.compile("verified ([a-z_]{3,16}) ([0-9T:-]{19}Z) ([^\\p{Cntrl}]{1,255})");

  private StateText() {}

  static ContactState parse(String value) {
    if (value.equals(UNVERIFIED)) {
      return ContactState.UNVERIFIED;
    }
    Matcher matcher = VERIFIED.matcher(value);
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES || !matcher.matches()) {
      throw new IllegalArgumentException("not the state of a contact");
    }
    try {
      ContactState state =
          ContactState.verified(
              ContactState.Way.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
              matcher.group(3),
              Instant.parse(matcher.group(2)));
      if (state.getValue().equals(value)) {
        return state;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not the state of a contact", e);
    }
    throw new IllegalArgumentException("not the state of a contact");
  }
}
