package org.mpotr.session.transcript;

import org.mpotr.wire.Bytes;

/**
 * A member has confirmed a frame (PROTOCOL.md, section 7).
 *
 * @param frame its id
 * @param member who confirms, by place
 * @param confirmations how many have, its sender not counted
 */
public record Confirmation(Bytes frame, int member, int confirmations) {}
