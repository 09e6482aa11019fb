package org.mpotr.framing;

/**
 * What a frame carries (PROTOCOL.md, section 6.2). The kinds of the protocol have numbers below
 * 128; the rest is free for applications.
 *
 * @param code 1 to 12, or 128 to 255
 */
public record FrameKind(int code) {

  /** What somebody says. */
  public static final FrameKind TEXT = new FrameKind(1);

  /** Nothing but the frames that have arrived. */
  public static final FrameKind ACK = new FrameKind(2);

  /** A request for frames that have not arrived. */
  public static final FrameKind RESEND_REQUEST = new FrameKind(3);

  /** A change of the roster or of the parameters. */
  public static final FrameKind PROPOSE = new FrameKind(4);

  /** The sender leaves. */
  public static final FrameKind LEAVE = new FrameKind(5);

  /** The sender closes the epoch. */
  public static final FrameKind CLOSE = new FrameKind(6);

  /** The sender has all acknowledgements. */
  public static final FrameKind END = new FrameKind(7);

  /** A file is offered. */
  public static final FrameKind FILE = new FrameKind(8);

  /** A part of a file. */
  public static final FrameKind FILE_CHUNK = new FrameKind(9);

  /** For one other member. */
  public static final FrameKind PRIVATE = new FrameKind(10);

  /** The HELLO of a continuing member for the next epoch. */
  public static final FrameKind HELLO = new FrameKind(11);

  /** A request for parts of a file, or for none. */
  public static final FrameKind FILE_REQUEST = new FrameKind(12);

  private static final int LAST_OF_PROTOCOL = 12;
  private static final int FIRST_OF_APPLICATION = 128;
  private static final int LAST = 255;

  /**
   * @throws IllegalArgumentException for any other code
   */
  public FrameKind {
    if (!isDefined(code)) {
      throw new IllegalArgumentException("a kind of frame is 1 to 12 or 128 to 255");
    }
  }

  /**
   * A kind of the application's own.
   *
   * @param number 0 to 127
   * @throws IllegalArgumentException for any other number
   */
  public static FrameKind application(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a kind of the application's own is 0 to 127");
    }
    return new FrameKind(FIRST_OF_APPLICATION + number);
  }

  static boolean isDefined(int code) {
    return (code >= 1 && code <= LAST_OF_PROTOCOL)
        || (code >= FIRST_OF_APPLICATION && code <= LAST);
  }
}
