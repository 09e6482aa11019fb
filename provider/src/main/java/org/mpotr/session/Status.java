package org.mpotr.session;

import org.mpotr.session.transcript.Transcript;

/**
 * How far a message has come (PROTOCOL.md, section 7).
 *
 * @param confirmed how many members other than its sender have confirmed it
 * @param of how many there are
 * @param isOverdue whether that takes longer than it should
 * @param isInConflict whether its sender said two things in one place
 */
public record Status(int confirmed, int of, boolean isOverdue, boolean isInConflict) {

  /** That of a frame when it is delivered. */
  static Status of(Epoch epoch, Transcript.Delivery delivery) {
    return new Status(
        epoch.transcript().confirmations(delivery.spec().id().orElseThrow()),
        epoch.key().roster().size() - 1,
        false,
        delivery.conflictsWith().isPresent());
  }

  /** Whether every other member has confirmed it. */
  public boolean isConfirmedByAll() {
    return confirmed == of;
  }
}
