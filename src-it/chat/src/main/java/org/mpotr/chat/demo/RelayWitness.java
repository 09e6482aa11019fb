package org.mpotr.chat.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mpotr.chat.relay.LogEntry;
import org.mpotr.chat.relay.RelayObserver;
import org.mpotr.chat.relay.Sighting;

/** Keeps everything that a relay is shown, whole, to be searched afterwards. */
final class RelayWitness implements RelayObserver {

  private final List<Sighting> sightings = new ArrayList<>();
  private final List<LogEntry> log = new ArrayList<>();

  @Override
  public synchronized void saw(Sighting sighting) {
    sightings.add(sighting);
  }

  @Override
  public synchronized void accepted(LogEntry entry) {
    log.add(entry);
  }

  synchronized List<Sighting> sightings() {
    return List.copyOf(sightings);
  }

  /** The log in the order of the messages' numbers. */
  synchronized List<LogEntry> log() {
    return log.stream().sorted(Comparator.comparingLong(LogEntry::number)).toList();
  }
}
