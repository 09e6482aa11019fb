package org.mpotr.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.session.closing.Publication;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.KeysSeen;
import org.mpotr.wire.WireWriter;

/**
 * What comes after an epoch: its keys are erased, one's own are published, and those of others are
 * seen (PROTOCOL.md, section 8). Not thread-safe.
 */
final class Ending {

  private static final long GRACE = 60_000;
  private static final long REPEAT_GAP = 2_000;
  private static final long MEMORY = 600_000;

  private final GroupKey key;
  private final Context context;
  private final Consumer<Event> events;
  private final Map<Integer, Long> answeredAt = new HashMap<>();
  private boolean isSeen;
  private Keys own;
  private long publishAt = Long.MAX_VALUE;
  private long publishedAt = -1;
  private long saidAt;

  Ending(GroupKey key, Context context, Consumer<Event> events) {
    this.key = key;
    this.context = context;
    this.events = events;
  }

  /**
   * Erases the secrets of the epoch.
   *
   * @param inFull whether all have ended, so that nobody accepts anything any more and the keys may
   *     be published at once; else they are when nobody can, whatever its clock says
   */
  void erase(boolean inFull) {
    own = key.secrets(SecretAccess.GRANTED).publication(key.roster().get(key.ownIndex()).id());
    key.destroy();
    long timeout = 1_000L * key.parameters().limits().setupTimeout();
    publishAt = inFull ? context.now() : context.now() + timeout + GRACE;
    tick();
  }

  void tick() {
    if (publishedAt < 0 && publishAt <= context.now()) {
      publishedAt = context.now();
      say();
      events.accept(new Event.KeysPublished(key.sid(), key.roster().get(key.ownIndex())));
    }
  }

  private void say() {
    saidAt = context.now();
    context.send(own.encoded().toArray());
  }

  /** Somebody still speaks in this epoch and does not know that it is over. */
  void asked() {
    if (publishedAt >= 0 && context.now() - saidAt >= REPEAT_GAP) {
      say();
    }
  }

  /**
   * A member's keys.
   *
   * @return its place when they are its keys and new, else -1
   */
  int published(Keys keys) {
    Optional<Member> member =
        Publication.author(key.roster(), key.sid(), keys)
            .filter(author -> author.index() != key.ownIndex());
    if (member.isEmpty()) {
      return -1;
    }
    Long answered = answeredAt.get(member.get().index());
    if (answered == null || context.now() - answered >= REPEAT_GAP) {
      answeredAt.put(member.get().index(), context.now());
      context.send(new KeysSeen(key.sid(), keys.member(), hash(keys)).encoded().toArray());
    }
    if (answered != null) {
      return -1;
    }
    events.accept(new Event.KeysPublished(key.sid(), member.get()));
    return member.get().index();
  }

  private Bytes hash(Keys keys) {
    return Labelled.hash32(WireWriter.labelled("keys seen", key.sid()).vector(keys.encoded()));
  }

  /** A receipt for the own keys; nothing says whose it is. */
  void seen(KeysSeen receipt) {
    if (own != null
        && receipt.member().equals(own.member())
        && receipt.hash().equals(hash(own))
        && !isSeen) {
      isSeen = true;
      events.accept(new Event.KeysSeen(key.sid()));
    }
  }

  boolean isDone() {
    return publishedAt >= 0 && context.now() - publishedAt >= MEMORY;
  }

  long nextDue() {
    return publishedAt < 0 ? publishAt : publishedAt + MEMORY;
  }
}
