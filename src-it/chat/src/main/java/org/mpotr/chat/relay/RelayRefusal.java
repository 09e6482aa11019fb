package org.mpotr.chat.relay;

import java.time.Duration;

/** A request that the relay does not serve, with the status that says so. */
final class RelayRefusal extends Exception {

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int TIMEOUT = 408;
  static final int TOO_LARGE = 413;
  static final int TOO_MANY = 429;
  static final int FAILED = 500;
  static final int STOPPING = 503;
  static final int FULL = 507;

  /** Places come free when others leave; nobody knows when. */
  private static final Duration SOME_TIME = Duration.ofSeconds(5);

  private static final long serialVersionUID = 1;

  private final int status;
  private final Duration retryAfter;

  private RelayRefusal(int status, String reason, Duration retryAfter) {
    super(reason, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** A refusal for good. */
  RelayRefusal(int status, String reason) {
    this(status, reason, Duration.ZERO);
  }

  static RelayRefusal tooMany(String reason) {
    return new RelayRefusal(TOO_MANY, reason, SOME_TIME);
  }

  static RelayRefusal tooFast(Duration wait) {
    return new RelayRefusal(TOO_MANY, "too much at once", wait);
  }

  static RelayRefusal stopping() {
    return new RelayRefusal(STOPPING, "the relay stops", Duration.ofSeconds(1));
  }

  int status() {
    return status;
  }

  /** Whole seconds after which the request may be made again; 0 when it is of no use. */
  long retryAfterSeconds() {
    return retryAfter.isZero() ? 0 : retryAfter.toSeconds() + 1;
  }
}
