package org.mpotr.error;

/**
 * The closed set of errors (PROTOCOL.md, section 12). The codes are stable: applications may store
 * and compare them.
 */
public enum ErrorCode {
  /** Bytes that are not a message of the protocol, or not in its one encoding. */
  MALFORMED("malformed"),
  /** A message of another version of the protocol. */
  UNSUPPORTED_VERSION("unsupported-version"),
  /** A suite that this implementation does not run. */
  UNSUPPORTED_SUITE("unsupported-suite"),
  /** A frame of an epoch whose key is not at hand. */
  UNKNOWN_EPOCH("unknown-epoch"),
  /** A frame whose tag does not verify: not from a member, or altered. */
  BAD_TAG("bad-tag"),
  /** A signature that does not verify. */
  BAD_SIGNATURE("bad-signature"),
  /** A frame that was accepted before. */
  REPLAY("replay"),
  /** A frame whose parents or predecessors are missing, or a chunk of a file that is. */
  GAP("gap"),
  /** A frame or member that is not heard of within its time. */
  OVERDUE("overdue"),
  /** Two frames of one sender with one sequence number, or two offers of one file. */
  CONFLICT("conflict"),
  /** A member attested something else. */
  ATTEST_MISMATCH("attest-mismatch"),
  /** A set-up ended without a key; the member and the check say why. */
  SETUP_FAILED("setup-failed"),
  /** A set-up was not complete in time. */
  SETUP_TIMEOUT("setup-timeout"),
  /** A continuing member came back with another identity or nickname. */
  IDENTITY_CHANGED("identity-changed"),
  /** Somebody whom the policy does not admit. */
  NOT_ADMITTED("not-admitted"),
  /** More requests, or files, than the bounds allow. */
  RATE_LIMITED("rate-limited"),
  /** An epoch or offer whose lifetime is over. */
  EXPIRED("expired"),
  /** A channel or epoch that has been closed. */
  CLOSED("closed"),
  /** A person, a proof or a chunk of a file that did not verify. */
  VERIFICATION_FAILED("verification-failed"),
  /** A file that cannot be read or written. */
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
