package org.mpotr.chat.relay;

import org.mpotr.chat.relay.RelayLimits.Rate;

/** What one address does at the relay. */
final class Visitor {

  final Allowance allowance;
  int connections;
  int listeners;
  int channels;

  Visitor(Rate rate) {
    allowance = new Allowance(rate);
  }

  /** Whether the relay may forget about it. */
  boolean isGone() {
    return connections == 0 && listeners == 0 && channels == 0 && allowance.isFull();
  }
}
