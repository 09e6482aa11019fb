package org.mpotr.session.files;

/** How far a file has come (PROTOCOL.md, section 11). */
public enum FileState {
  /** It can be sent or received. */
  OPEN,
  /** It is received in full and verified. */
  COMPLETE,
  /** It was withdrawn or given up. */
  CANCELLED,
  /** Its hour was over before it was complete. */
  EXPIRED
}
