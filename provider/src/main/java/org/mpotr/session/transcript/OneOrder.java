package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.mpotr.wire.Bytes;

/** The one order of frames (PROTOCOL.md, section 7). */
final class OneOrder {

  private OneOrder() {}

  /** Frames that are there with their parents: those first, else ascending by id. */
  static List<Bytes> of(Collection<Node> nodes) {
    Map<Bytes, Integer> open = new HashMap<>();
    Map<Bytes, List<Bytes>> children = new HashMap<>();
    PriorityQueue<Bytes> ready = new PriorityQueue<>();
    for (Node node : nodes) {
      List<Bytes> parents = node.spec().parents();
      open.put(node.id(), parents.size());
      parents.forEach(p -> children.computeIfAbsent(p, q -> new ArrayList<>()).add(node.id()));
      if (parents.isEmpty()) {
        ready.add(node.id());
      }
    }
    List<Bytes> order = new ArrayList<>(nodes.size());
    while (!ready.isEmpty()) {
      Bytes id = ready.remove();
      order.add(id);
      for (Bytes child : children.getOrDefault(id, List.of())) {
        if (open.merge(child, -1, Integer::sum) == 0) {
          ready.add(child);
        }
      }
    }
    return order;
  }
}
