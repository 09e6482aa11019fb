package org.mpotr.session.simulation;

/** How the messages of a member's channel come into the network. */
@FunctionalInterface
public interface Tongue {

  /** All hear what the channel says. */
  Tongue HONEST = Simulation::broadcast;

  /** A channel has something to say. */
  void say(Simulation simulation, SimulatedMember speaker, byte[] message);
}
