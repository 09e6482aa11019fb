package org.mpotr.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.session.transcript.Confirmation;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;

/**
 * How far what was said in an epoch has come, and who does not confirm it (PROTOCOL.md, section 7).
 * Not thread-safe.
 */
final class Statuses {

  private static final int MS = 1_000;
  private static final int LOOKS_PER_TIMEOUT = 4;

  private static final class Unconfirmed {
    final long since;
    final boolean hasContent;
    boolean isOverdue;

    Unconfirmed(long since, boolean hasContent) {
      this.since = since;
      this.hasContent = hasContent;
    }
  }

  private final GroupKey key;
  private final Transcript transcript;
  private final Context context;
  private final Consumer<Event> events;
  private final long timeout;
  private final int others;
  private final Map<Bytes, Unconfirmed> unconfirmed = new LinkedHashMap<>();
  private final Set<Integer> silent = new HashSet<>();
  private final Map<Integer, Long> missedAt = new HashMap<>();
  private long lookAt;

  Statuses(GroupKey key, Transcript transcript, Context context, Consumer<Event> events) {
    this.key = key;
    this.transcript = transcript;
    this.context = context;
    this.events = events;
    this.timeout = (long) MS * key.parameters().limits().setupTimeout();
    this.others = key.roster().size() - 1;
  }

  /** Members that have not confirmed a frame for longer than the set-up timeout. */
  Set<Integer> silent() {
    return silent;
  }

  /** A frame is part of the transcript; its sender is not silent. */
  void delivered(FrameParameterSpec spec) {
    silent.remove(spec.sender().orElseThrow());
    if (Transcript.isConfirmed(spec.kind())) {
      boolean hasContent = Epoch.hasContent(spec.kind());
      unconfirmed.put(spec.id().orElseThrow(), new Unconfirmed(context.now(), hasContent));
    }
  }

  /** A member has confirmed a frame. */
  void confirmed(Confirmation confirmation) {
    Bytes id = confirmation.frame();
    Unconfirmed frame = unconfirmed.get(id);
    if (confirmation.confirmations() == others) {
      unconfirmed.remove(id);
    }
    if (frame != null && frame.hasContent) {
      report(id, false);
    }
  }

  /** Tells how far a frame has come. */
  void report(Bytes id, boolean isInConflict) {
    Unconfirmed frame = unconfirmed.get(id);
    boolean isOverdue = frame != null && context.now() - frame.since >= timeout;
    Status status = new Status(transcript.confirmations(id), others, isOverdue, isInConflict);
    events.accept(new Event.StatusChanged(key.sid(), id, status));
  }

  /** Finds out who does not confirm what it should have long ago. */
  void tick() {
    long now = context.now();
    if (unconfirmed.isEmpty() || now < lookAt) {
      return;
    }
    long bound = now - timeout;
    long oldest = unconfirmed.values().iterator().next().since;
    lookAt = oldest > bound ? oldest + timeout : now + timeout / LOOKS_PER_TIMEOUT;
    Set<Integer> missed = new HashSet<>();
    List<Bytes> overdue = new ArrayList<>();
    for (Map.Entry<Bytes, Unconfirmed> entry : unconfirmed.entrySet()) {
      Unconfirmed frame = entry.getValue();
      if (frame.since > bound) {
        break;
      }
      missed.addAll(transcript.unconfirmedBy(entry.getKey()));
      if (frame.hasContent && !frame.isOverdue) {
        frame.isOverdue = true;
        overdue.add(entry.getKey());
      }
    }
    missed.removeIf(member -> member == key.ownIndex() || !silent.add(member));
    reportMissed(missed, now);
    overdue.forEach(id -> report(id, false));
  }

  /** Whoever speaks and does not confirm falls silent again and again, and is reported at times. */
  private void reportMissed(Set<Integer> missed, long now) {
    missed.removeIf(member -> missedAt.getOrDefault(member, Long.MIN_VALUE) > now - 4 * timeout);
    if (!missed.isEmpty()) {
      missed.forEach(member -> missedAt.put(member, now));
      List<Member> members = missed.stream().sorted().map(key.roster()::get).toList();
      events.accept(new Event.MembersOverdue(key.sid(), members));
    }
  }

  /** When to look again. */
  long nextDue() {
    return unconfirmed.isEmpty() ? Long.MAX_VALUE : Math.max(lookAt, context.now());
  }
}
