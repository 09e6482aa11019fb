package org.mpotr.keystore;

import java.io.IOException;
import java.security.UnrecoverableKeyException;

/**
 * A store that cannot be read or saved, with the reason. Whatever the reason, the file is as it was
 * before.
 */
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1;

  /** Why a store was refused. */
  public enum Reason {
    /** The bytes do not begin as a store does. */
    NOT_A_STORE,
    /** A store of a version that this library does not know. */
    UNSUPPORTED_VERSION,
    /** A store whose end, or all but its beginning, is missing. */
    TRUNCATED,
    /** A store whose bytes have changed since it was written, or that does not keep the rules. */
    CORRUPT,
    /**
     * The password is wrong, or somebody altered the store and its digest too; without the password
     * nobody can tell the two apart. The cause is an {@link UnrecoverableKeyException}.
     */
    WRONG_PASSWORD,
    /** A store needs a password to be written, of one character or more. */
    PASSWORD_MISSING,
    /** More than {@link IdentityStore#MAX_BYTES}. */
    TOO_LARGE,
    /** A store that asks for more work or memory than {@link StoreCost#MAX} to be opened. */
    TOO_COSTLY,
    /** Another process or thread is writing the file and did not finish in time. */
    LOCKED,
    /** The file is no longer the one that was read; nothing was written. */
    CHANGED_MEANWHILE
  }

  private final Reason reason;

  StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** For what cannot be read with the password given. */
  static StoreException wrongPassword() {
    String message = "the password is wrong, or the store was altered on purpose";
    return new StoreException(
        Reason.WRONG_PASSWORD, message, new UnrecoverableKeyException(message));
  }

  /** For what has changed since it was written. */
  static StoreException corrupt(String message) {
    return new StoreException(Reason.CORRUPT, message);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
