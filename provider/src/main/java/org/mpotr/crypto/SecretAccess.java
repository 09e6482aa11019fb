package org.mpotr.crypto;

/**
 * The token that opens secrets of an epoch to the other packages of this library. It lives in a
 * package that the module does not export, and whoever asks for a secret names it, so that every
 * such place can be found by searching for it.
 */
public enum SecretAccess {
  /** The one token. */
  GRANTED
}
