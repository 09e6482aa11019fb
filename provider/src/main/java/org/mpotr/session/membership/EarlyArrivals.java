package org.mpotr.session.membership;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.wire.Bytes;

/**
 * What came before one could tell what it is for (PROTOCOL.md, sections 4 and 9), kept by session
 * and bounded in number and size: the oldest session makes room. Not thread-safe.
 *
 * @param <T> what is kept
 */
public final class EarlyArrivals<T> {

  private record Arrival<T>(T message, int bytes) {}

  private final int maxMessages;
  private final int maxBytes;
  private final Map<Bytes, List<Arrival<T>>> sessions = new LinkedHashMap<>();
  private int messages;
  private int bytes;

  /** Keeps nothing yet. */
  public EarlyArrivals(int maxMessages, int maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  /** Keeps a message of a session. */
  public void keep(Bytes session, T message, int size) {
    if (size > maxBytes) {
      return;
    }
    while (messages >= maxMessages || bytes + size > maxBytes) {
      Iterator<List<Arrival<T>>> oldest = sessions.values().iterator();
      List<Arrival<T>> arrivals = oldest.next();
      Arrival<T> first = arrivals.remove(0);
      messages--;
      bytes -= first.bytes();
      if (arrivals.isEmpty()) {
        oldest.remove();
      }
    }
    sessions.computeIfAbsent(session, s -> new ArrayList<>()).add(new Arrival<>(message, size));
    messages++;
    bytes += size;
  }

  /** Hands over what was kept of a session. */
  public List<T> take(Bytes session) {
    List<Arrival<T>> arrivals = sessions.remove(session);
    if (arrivals == null) {
      return List.of();
    }
    messages -= arrivals.size();
    arrivals.forEach(arrival -> bytes -= arrival.bytes());
    return arrivals.stream().map(Arrival::message).toList();
  }

  /** Drops everything. */
  public void clear() {
    sessions.clear();
    messages = 0;
    bytes = 0;
  }
}
