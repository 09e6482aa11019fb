package org.mpotr.error;

/**
 * The closed set of errors (PROTOCOL.md, section 12): cause, what to do, and where an application
 * finds them. The codes are stable: applications may store and compare them.
 */
public enum ErrorCode {
  /**
   * Bytes that are not a message of the protocol, or not in its one encoding. To be dropped. A
   * member's own error is the event {@code Failed}; others are counted in {@code
   * Channel.refused()}.
   */
  MALFORMED("malformed"),
  /**
   * A message of another version of the protocol. To be dropped; if it goes on, the user should
   * update. Counted in {@code Channel.refused()}.
   */
  UNSUPPORTED_VERSION("unsupported-version"),
  /** A suite that this implementation does not run. As for another version. */
  UNSUPPORTED_SUITE("unsupported-suite"),
  /**
   * A frame of an epoch whose key is not at hand: kept for a while where a set-up is under way,
   * else counted in {@code Channel.refused()}. Also a file frame of an epoch that is not open.
   */
  UNKNOWN_EPOCH("unknown-epoch"),
  /**
   * A frame whose tag does not verify: not from a member, or altered. Dropped and counted in {@code
   * Channel.refused()}; anybody can cause it.
   */
  BAD_TAG("bad-tag"),
  /**
   * A signature that does not verify: altered, or a member speaks as another. Dropped; to be shown.
   * The events {@code Failed} and {@code SetupFailed}.
   */
  BAD_SIGNATURE("bad-signature"),
  /** A frame that was accepted before. Dropped without a word: the transport may double. */
  REPLAY("replay"),
  /**
   * A frame whose parents or predecessors are missing, or a chunk of a file that is. A session
   * waits and asks by itself, and tells of no such error; recordings and files do.
   */
  GAP("gap"),
  /**
   * A frame or member that is not heard of within its time. To be shown. The events {@code
   * MembersOverdue} and {@code StatusChanged}, whose status says so.
   */
  OVERDUE("overdue"),
  /**
   * Two frames of one sender with one sequence number: the event {@code ConflictFound}, to be
   * shown, the sender lies. Two offers of one file: a {@code FileException}.
   */
  CONFLICT("conflict"),
  /**
   * A member attested something else; the check of {@code SetupFailed} says what, and is to be
   * shown. The session starts again.
   */
  ATTEST_MISMATCH("attest-mismatch"),
  /**
   * A set-up ended without a key; the member and the check of {@code SetupFailed} say why. The
   * session starts again.
   */
  SETUP_FAILED("setup-failed"),
  /**
   * A set-up was not complete in time: {@code SetupFailed}. The session starts again with those who
   * answer.
   */
  SETUP_TIMEOUT("setup-timeout"),
  /**
   * A continuing member came back with another identity or nickname: {@code SetupFailed}. It is a
   * newcomer, and not verified.
   */
  IDENTITY_CHANGED("identity-changed"),
  /** Somebody whom the policy does not admit: {@code SetupFailed}. To be told to the user. */
  NOT_ADMITTED("not-admitted"),
  /**
   * More requests, or files, than the bounds allow: to be tried later. A {@code FileException}; and
   * {@code Failed} where the frame limit leaves no room for what has to be said.
   */
  RATE_LIMITED("rate-limited"),
  /**
   * An epoch whose lifetime is over before another one followed, the event {@code Failed}: the
   * session joins again. An offer whose hour is over: a {@code FileException} or {@code
   * FileEvent.Expired}.
   */
  EXPIRED("expired"),
  /**
   * A channel, epoch or offer that has been closed: to join anew. Frames of a closed epoch are
   * counted in {@code Channel.refused()}; calls on a closed channel are an {@code
   * IllegalChannelStateException}; of a file a {@code FileException}.
   */
  CLOSED("closed"),
  /**
   * A person, a proof or a chunk of a file that did not verify. A chunk is dropped, with a {@code
   * FileException}; anything else is to be told to the user.
   */
  VERIFICATION_FAILED("verification-failed"),
  /** A file that cannot be read or written: a {@code FileException}. To be told to the user. */
  STORAGE("storage");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /** The stable code, in lower case with hyphens, as PROTOCOL.md spells it. */
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }
}
