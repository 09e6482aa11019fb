package org.mpotr.framing;

import javax.crypto.AEADBadTagException;
import org.mpotr.error.ErrorCode;

/**
 * A frame that is not released (PROTOCOL.md, section 6.5): {@link ErrorCode#MALFORMED}, {@link
 * ErrorCode#UNSUPPORTED_VERSION}, {@link ErrorCode#UNKNOWN_EPOCH}, {@link ErrorCode#BAD_TAG} or
 * {@link ErrorCode#BAD_SIGNATURE}. It says nothing that depends on the plaintext but, for a frame
 * whose tag and signature hold, that its sender sealed something malformed.
 */
public final class FrameRefusedException extends AEADBadTagException {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  FrameRefusedException(ErrorCode code, String what) {
    super(code + ": " + what);
    this.code = code;
  }

  /** Why the frame was refused. */
  public ErrorCode code() {
    return code;
  }
}
