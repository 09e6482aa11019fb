package org.mpotr.keystore;

import java.security.KeyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Whether somebody made sure that a contact's key is the contact's, how, by which identity and
 * when. It comes and goes as an attribute of the contact's {@link KeyStore.TrustedCertificateEntry}
 * too.
 */
public sealed interface ContactState extends KeyStore.Entry.Attribute {

  /** The name of the attribute. */
  String NAME = "org.mpotr.contact";

  /** Nobody has compared anything yet. */
  ContactState UNVERIFIED = new Unverified();

  /** How a key was verified (PROTOCOL.md, sections 3.1, 4.1 and 10). */
  enum Way {
    /** Fingerprints were compared. */
    FINGERPRINT,
    /** Both knew the answer to a question. */
    SMP,
    /** The contact took part in a session with a pre-shared key. */
    PRE_SHARED_KEY
  }

  /** A contact whose key nobody has verified. */
  record Unverified() implements ContactState {

    @Override
    public String getValue() {
      return StateText.UNVERIFIED;
    }
  }

  /**
   * A contact whose key was verified.
   *
   * @param way how
   * @param by the alias or name of the identity that did it, 1 to 255 bytes of UTF-8 without
   *     control characters
   * @param at when; fractions of a second are cut off
   */
  record Verified(Way way, String by, Instant at) implements ContactState {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when a value is out of range
     */
    public Verified {
      Aliases.requireText(by);
      at = at.truncatedTo(ChronoUnit.SECONDS);
      if (at.isBefore(Instant.EPOCH) || at.getEpochSecond() > StateText.LAST_SECOND) {
        throw new IllegalArgumentException("a contact is verified between 1970 and 9999");
      }
    }

    @Override
    public String getValue() {
      return "verified " + way.name().toLowerCase(Locale.ROOT) + " " + at + " " + by;
    }
  }

  /** A contact verified in one way by one identity. */
  static ContactState verified(Way way, String by, Instant at) {
    return new Verified(way, by, at);
  }

  /**
   * Reads what {@link #getValue()} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static ContactState parse(String value) {
    return StateText.parse(value);
  }

  /** Whether the key was verified. */
  default boolean isVerified() {
    return this instanceof Verified;
  }

  /** {@link #NAME}. */
  @Override
  default String getName() {
    return NAME;
  }

  /**
   * The state as one line of text: {@code unverified}, or {@code verified}, how, when and by whom,
   * such as {@code verified fingerprint 2026-01-31T12:00:00Z alice}.
   */
  @Override
  String getValue();
}
