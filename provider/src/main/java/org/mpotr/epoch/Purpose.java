package org.mpotr.epoch;

/** What an epoch is for (PROTOCOL.md, section 4.1). */
public enum Purpose {
  /** A conversation. */
  CHAT(1),
  /** The meeting of a candidate with a sponsor, section 9. */
  LOBBY(2);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  /** The byte in the parameters. */
  public int code() {
    return code;
  }
}
