package org.mpotr.agreement;

import org.mpotr.error.ErrorCode;

/**
 * The checks of a set-up (PROTOCOL.md, sections 4.3 to 4.6, in this order). The names are stable.
 */
public enum SetupCheck {
  /** A message that does not belong to this round. */
  WRONG_ROUND("wrong-round", false),
  /** A message of another session, or of somebody who said no HELLO here. */
  FOREIGN("foreign", false),
  /** A second message of one member in one round. */
  DOUBLED("doubled", false),
  /** A member's message is not there. */
  MISSING("missing", false),
  /** One's own message is not the one that was made here. */
  OWN_MESSAGE_ALTERED("own-message-altered", false),
  /** Fewer than two members, or more than the parameters allow. */
  GROUP_SIZE("group-size", false),
  /** An ephemeral key that is not a point of the curve. */
  BAD_POINT("bad-point", true),
  /** Two members with one id, ephemeral key or identity. */
  DUPLICATE("duplicate", true),
  /** A message of a shape that this session rules out. */
  MALFORMED("malformed", true),
  /**
   * A value that was not sealed under the pair's key: another key, another pre-shared key, or
   * altered on the way.
   */
  BAD_SEAL("bad-seal", true),
  /** An introduction key that is not the announced one. */
  BAD_INTRO_KEY("bad-intro-key", true),
  /** An identity that is not a public key on P-256. */
  BAD_IDENTITY("bad-identity", true),
  /** A nickname that breaks the rules. */
  BAD_NICKNAME("bad-nickname", true),
  /** An identity signature that does not verify. */
  BAD_IDENTITY_SIGNATURE("bad-identity-signature", true),
  /** A continuing member with another identity or nickname than in the epoch before. */
  IDENTITY_CHANGED("identity-changed", true),
  /** Two nicknames that look alike. */
  NICKNAME_TAKEN("nickname-taken", true),
  /** Somebody whom the member's own policy does not admit. */
  NOT_ADMITTED("not-admitted", true),
  /** The proof of the pair's key does not hold. */
  BAD_CONFIRMATION("bad-confirmation", true),
  /** A contribution that is not the committed one. */
  SHARE_AGAINST_COMMITMENT("share-against-commitment", true),
  /** A message that its sender did not sign: the relay or an outsider altered it. */
  BAD_SIGNATURE("bad-signature", true),
  /** A member attested another transcript. */
  ATTEST_MISMATCH_TRANSCRIPT("attest-mismatch(transcript)", true),
  /** A member attested other parameters. */
  ATTEST_MISMATCH_PARAMETERS("attest-mismatch(parameters)", true),
  /** A member attested another key or roster. */
  ATTEST_MISMATCH_KEY("attest-mismatch(key)", true);

  private final String code;
  private final boolean fatal;

  SetupCheck(String code, boolean fatal) {
    this.code = code;
    this.fatal = fatal;
  }

  /** The name in PROTOCOL.md. */
  public String code() {
    return code;
  }

  /**
   * Whether the attempt is over. The others say that the caller did not bring exactly the messages
   * of the round, and leave the attempt where it was.
   */
  public boolean isFatal() {
    return fatal;
  }

  /** The error of section 12 that this check belongs to. */
  public ErrorCode error() {
    return switch (this) {
      case ATTEST_MISMATCH_TRANSCRIPT, ATTEST_MISMATCH_PARAMETERS, ATTEST_MISMATCH_KEY ->
          ErrorCode.ATTEST_MISMATCH;
      case IDENTITY_CHANGED -> ErrorCode.IDENTITY_CHANGED;
      case NOT_ADMITTED -> ErrorCode.NOT_ADMITTED;
      case BAD_SIGNATURE -> ErrorCode.BAD_SIGNATURE;
      case MALFORMED -> ErrorCode.MALFORMED;
      default -> ErrorCode.SETUP_FAILED;
    };
  }

  @Override
  public String toString() {
    return code;
  }
}
