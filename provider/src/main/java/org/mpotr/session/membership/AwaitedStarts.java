package org.mpotr.session.membership;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Start;

/**
 * STARTs that name one's own HELLO and wait for others that they name (PROTOCOL.md, section 9.1):
 * only when all are there does it show whether one of those who said them is the starter, and until
 * then one's own HELLO is not used up. Bounded; the newest displaces the oldest, and comes again.
 * Not thread-safe.
 */
public final class AwaitedStarts {

  private static final int MAX_STARTS = 8;

  /**
   * A START and the HELLOs that it names, by their hashes.
   *
   * @param hellos all of them, one's own among them
   */
  public record Whole(Start start, Map<Bytes, Hello> hellos) {}

  private final Map<Start, Map<Bytes, Hello>> starts = new LinkedHashMap<>();

  /** Keeps a START whose signature holds, with those of its HELLOs that are there. */
  public void keep(Start start, Map<Bytes, Hello> known) {
    Map<Bytes, Hello> hellos = starts.computeIfAbsent(start, s -> new TreeMap<>());
    for (Bytes hash : start.helloHashes()) {
      if (known.containsKey(hash)) {
        hellos.put(hash, known.get(hash));
      }
    }
    if (starts.size() > MAX_STARTS) {
      Iterator<Start> oldest = starts.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether a START is kept. */
  public boolean contains(Start start) {
    return starts.containsKey(start);
  }

  /** A HELLO came. */
  public void hear(Bytes hash, Hello hello) {
    starts.forEach(
        (start, hellos) -> {
          if (start.helloHashes().contains(hash)) {
            hellos.put(hash, hello);
          }
        });
  }

  /** Hands over a START all of whose HELLOs are there and one of which is its starter's. */
  public Optional<Whole> take() {
    for (Iterator<Map.Entry<Start, Map<Bytes, Hello>>> i = starts.entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<Start, Map<Bytes, Hello>> entry = i.next();
      Start start = entry.getKey();
      if (entry.getValue().size() == start.helloHashes().size()) {
        i.remove();
        if (entry.getValue().values().stream()
            .anyMatch(hello -> hello.signatureKey().equals(start.signatureKey()))) {
          return Optional.of(new Whole(start, entry.getValue()));
        }
      }
    }
    return Optional.empty();
  }

  /** Drops all. */
  public void clear() {
    starts.clear();
  }
}
