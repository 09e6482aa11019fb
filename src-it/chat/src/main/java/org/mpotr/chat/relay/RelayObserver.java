package org.mpotr.chat.relay;

/** Looks over a relay's shoulder. Called by many threads; must not block. */
public interface RelayObserver {

  /** Sees nothing. */
  RelayObserver NONE = new RelayObserver() {};

  /** A request came in, whatever becomes of it. */
  default void saw(Sighting sighting) {}

  /** A message was put into its channel. */
  default void accepted(LogEntry entry) {}
}
