package org.mpotr.session;

/** How one person made sure who another one is (PROTOCOL.md, section 10). */
public enum Verification {
  /** The fingerprint of the other's long-term key was compared over another way. */
  FINGERPRINT,
  /** The group code of an epoch was compared with the other over another way. */
  GROUP_CODE,
  /** Both know the same secret, by the socialist millionaires' protocol. */
  SMP
}
