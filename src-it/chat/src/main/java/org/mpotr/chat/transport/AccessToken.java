package org.mpotr.chat.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** What a relay asks of everybody who uses it: a secret shared by all of them, never shown. */
public final class AccessToken {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]{16,256}");
  private static final String SCHEME = "Bearer ";

  private final String token;

  private AccessToken(String token) {
    this.token = token;
  }

  /**
   * A token of 16 to 256 characters out of letters, digits and {@code ._~+/=-}.
   *
   * @throws IllegalArgumentException when it has another form
   */
  public static AccessToken of(String token) {
    if (!FORM.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "a token has 16 to 256 letters, digits and characters of ._~+/=-");
    }
    return new AccessToken(token);
  }

  /** The value of the header {@code Authorization} that shows the token. */
  public String header() {
    return SCHEME + token;
  }

  /** Whether a header shows this token, in a time that does not tell how much of it is right. */
  public boolean isShownBy(String header) {
    return header != null
        && MessageDigest.isEqual(
            header().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
  }

  /** Says nothing about the token. */
  @Override
  public String toString() {
    return "AccessToken";
  }
}
