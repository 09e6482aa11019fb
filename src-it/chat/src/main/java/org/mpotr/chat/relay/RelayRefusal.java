package org.mpotr.chat.relay;

/** A request that the relay does not serve, with the status that says so. */
final class RelayRefusal extends Exception {

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int TOO_LARGE = 413;
  static final int TOO_MANY = 429;
  static final int STOPPING = 503;
  static final int FULL = 507;

  private static final long serialVersionUID = 1;

  private final int status;

  RelayRefusal(int status, String reason) {
    super(reason);
    this.status = status;
  }

  int status() {
    return status;
  }
}
