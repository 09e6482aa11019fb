package org.mpotr.chat.relay;

/** Looks over a relay's shoulder. Called by the relay's own thread; must not block. */
public interface RelayObserver {

  /** Sees nothing. */
  RelayObserver NONE = new RelayObserver() {};

  /** A request came in, whatever becomes of it. */
  default void saw(Sighting sighting) {}

  /** A message was put into its channel. */
  default void accepted(LogEntry entry) {}

  /** Something was sent to somebody: a whole answer, or a part of an event stream. */
  default void sent(String text) {}
}
