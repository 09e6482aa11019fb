package org.mpotr.session.simulation;

import java.util.List;

/** Who carries messages from one member to another, and may lie. */
@FunctionalInterface
public interface Relay {

  /** Carries everything as it is. */
  Relay HONEST = (from, to, message, now) -> List.of(message);

  /** What reaches {@code to} in place of a message that {@code from} has sent to all. */
  List<byte[]> carry(int from, int to, byte[] message, long now);
}
