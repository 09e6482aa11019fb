package org.mpotr.chat.transport;

/** Something that a relay tells a listener. */
sealed interface Event {

  /**
   * A message in its armour, or so the relay says.
   *
   * @param id where to go on after it; empty when the relay does not say
   */
  record Message(String text, String id) implements Event {}

  /** How many listen, oneself included. */
  record Present(int listeners) implements Event {}

  /** Some messages are no longer there. */
  record Gone() implements Event {}
}
