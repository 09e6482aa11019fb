package org.mpotr.chat.demo;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.chat.relay.RelayObserver;
import org.mpotr.chat.relay.Sighting;

/** Keeps everything that a relay is shown, whole, to be searched afterwards. */
final class RelayWitness implements RelayObserver {

  private final List<Sighting> sightings = new ArrayList<>();

  @Override
  public synchronized void saw(Sighting sighting) {
    sightings.add(sighting);
  }

  synchronized List<Sighting> sightings() {
    return List.copyOf(sightings);
  }
}
