package org.mpotr.crypto;

import java.security.ProviderException;

/**
 * An algorithm is closed because it failed its self-test; the message names it and says what it
 * did.
 */
public final class SelfTestException extends ProviderException {

  private static final long serialVersionUID = 1L;

  SelfTestException(String message, Throwable cause) {
    super(message, cause);
  }
}
