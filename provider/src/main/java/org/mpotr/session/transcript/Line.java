package org.mpotr.session.transcript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The delivered frames of one member, in order of seq, and their bytes for whoever may lack them
 * (PROTOCOL.md, section 7). A rival is a further frame in a place that is taken: it proves that the
 * member lies, and is counted and kept, but the line goes on without it.
 */
final class Line {

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, byte[]> originals = new HashMap<>();
  private final Deque<Node> kept = new ArrayDeque<>();
  private final long maxBytes;
  private long bytes;
  private int rivals;
  private Optional<Node> newestStatement = Optional.empty();

  /** A line without frames, of which so many bytes are kept. */
  Line(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Takes a frame of the next seq, or of one that is there.
   *
   * @return the frame that stands in its place already
   */
  Optional<Node> add(Node node, byte[] original) {
    keep(node, original);
    if (node.seq() < nodes.size()) {
      rivals++;
      return Optional.of(nodes.get(node.seq()));
    }
    nodes.add(node);
    if (node.saysSomething()) {
      newestStatement = Optional.of(node);
    }
    return Optional.empty();
  }

  /**
   * What members confirm they confirm from the first frame on, so what somebody may still lack is
   * the newest: when there is too much, the oldest goes.
   */
  private void keep(Node node, byte[] original) {
    originals.put(node, original);
    kept.add(node);
    bytes += original.length;
    while (bytes > maxBytes) {
      forget(kept.remove());
    }
  }

  /** Nobody lacks a frame any more. */
  void forget(Node node) {
    byte[] original = originals.remove(node);
    bytes -= original == null ? 0 : original.length;
    while (!kept.isEmpty() && !originals.containsKey(kept.peek())) {
      kept.remove();
    }
  }

  /** A frame as it travelled, while it is kept. */
  Optional<byte[]> original(Node node) {
    return Optional.ofNullable(originals.get(node));
  }

  /** How many bytes are kept. */
  long bytes() {
    return bytes;
  }

  /** The seq of the next frame. */
  int nextSeq() {
    return nodes.size();
  }

  /** How many frames there are, rivals among them. */
  int count() {
    return nodes.size() + rivals;
  }

  Node get(int seq) {
    return nodes.get(seq);
  }

  /** The frames from the first up to this seq. */
  List<Node> upTo(int seq) {
    return nodes.subList(0, seq + 1);
  }

  Optional<Node> newest() {
    return nodes.isEmpty() ? Optional.empty() : Optional.of(nodes.get(nodes.size() - 1));
  }

  /** The newest frame that says something. */
  Optional<Node> newestStatement() {
    return newestStatement;
  }
}
