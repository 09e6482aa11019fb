package org.mpotr.session.transcript;

import java.util.Arrays;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Message;

/** A delivered frame and its place in the graph. */
final class Node {

  private static final int ENDING_BYTES = Message.SIGNATURE_BYTES + Frame.TAG_BYTES;

  private final FrameParameterSpec spec;
  private final int[] clock;
  private final int number;
  private final boolean saidFarewell;
  private final byte[] ending;
  private int confirmations;
  private boolean isContested;

  /**
   * A frame that is delivered.
   *
   * @param clock for each member the seq of its newest frame that this one reaches
   * @param number how many were delivered before
   * @param saidFarewell whether its sender had said its farewell before
   * @param original as it travelled
   */
  Node(FrameParameterSpec spec, int[] clock, int number, boolean saidFarewell, byte[] original) {
    this.spec = spec;
    this.clock = clock;
    this.number = number;
    this.ending = ending(original);
    this.saidFarewell =
        saidFarewell || spec.kind().equals(FrameKind.LEAVE) || spec.kind().equals(FrameKind.CLOSE);
  }

  /** Signature and tag, which the id does not cover. */
  private static byte[] ending(byte[] frame) {
    return Arrays.copyOfRange(frame, Math.max(0, frame.length - ENDING_BYTES), frame.length);
  }

  /** Whether a frame with the same id is the same in all its bytes. */
  boolean isCopy(byte[] frame) {
    return Arrays.equals(ending, ending(frame));
  }

  FrameParameterSpec spec() {
    return spec;
  }

  int[] clock() {
    return clock;
  }

  int number() {
    return number;
  }

  int sender() {
    return spec.sender().orElseThrow();
  }

  int seq() {
    return (int) spec.seq();
  }

  Bytes id() {
    return spec.id().orElseThrow();
  }

  boolean saidFarewell() {
    return saidFarewell;
  }

  /** Whether the frame says something, so that others confirm it. */
  boolean saysSomething() {
    return Transcript.isConfirmed(spec.kind());
  }

  /** Whether a clock reaches as far as this frame. */
  boolean isReachedBy(int[] other) {
    return other[sender()] >= seq();
  }

  /** Whether its sender may go on with a frame of this kind (PROTOCOL.md, section 8, item 1). */
  boolean mayPrecede(FrameKind kind) {
    return !spec.kind().equals(FrameKind.END)
        && (kind.equals(FrameKind.ACK) || kind.equals(FrameKind.END) == saidFarewell);
  }

  /** One member more has confirmed it; how many have. */
  int confirm() {
    return ++confirmations;
  }

  int confirmations() {
    return confirmations;
  }

  /** Its sender has said something else in the same place. */
  void contest() {
    isContested = true;
  }

  boolean isContested() {
    return isContested;
  }
}
