package org.mpotr.session.simulation;

import org.mpotr.session.Event;

/** Who sees everything that happens in a simulation. */
public interface Observer {

  /** A member's channel says something. */
  default void said(SimulatedMember speaker, byte[] message) {}

  /** A member's channel tells its application something. */
  default void happened(SimulatedMember member, Event event) {}
}
