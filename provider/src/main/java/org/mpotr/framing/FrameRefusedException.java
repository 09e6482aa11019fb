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
  private final boolean isByMember;

  private FrameRefusedException(ErrorCode code, String what, boolean isByMember) {
    super(code + ": " + what);
    this.code = code;
    this.isByMember = isByMember;
  }

  /** Of a frame that anybody can have made. */
  static FrameRefusedException byAnybody(ErrorCode code, String what) {
    return new FrameRefusedException(code, what, false);
  }

  /** Of a frame whose tag holds. */
  static FrameRefusedException byMember(ErrorCode code, String what) {
    return new FrameRefusedException(code, what, true);
  }

  /** Why the frame was refused. */
  public ErrorCode code() {
    return code;
  }

  /** Whether some member made the frame, since its tag holds, and no outsider. */
  public boolean isByMember() {
    return isByMember;
  }
}
