package org.mpotr.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.Sha512;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.SenderKeys;
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

  private static final class Published {
    final Keys keys;
    long answeredAt = -REPEAT_GAP;

    Published(Keys keys) {
      this.keys = keys;
    }
  }

  private final GroupKey key;
  private final Context context;
  private final Consumer<Event> events;
  private final List<Bytes> frameMacs;
  private final Map<Integer, Published> published = new HashMap<>();
  private boolean isSeen;
  private Keys own;
  private long publishAt = Long.MAX_VALUE;
  private long publishedAt = -1;
  private long saidAt;

  Ending(GroupKey key, Context context, Consumer<Event> events) {
    this.key = key;
    this.context = context;
    this.events = events;
    this.frameMacs =
        key.roster().members().stream()
            .map(member -> key.secrets(SecretAccess.GRANTED).senderKeys(member.id()))
            .map(Ending::hashOfFrameMac)
            .toList();
  }

  private static Bytes hashOfFrameMac(SenderKeys keys) {
    try (keys) {
      return hashOfFrameMac(keys.macKey());
    }
  }

  /** By which a key is known again when it is public, and not before. */
  private static Bytes hashOfFrameMac(byte[] frameMac) {
    return Bytes.of(Sha512.hash(frameMac));
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
    for (Member member : key.roster()) {
      if (member.id().equals(keys.member()) && member.index() != key.ownIndex()) {
        return published(member, keys);
      }
    }
    return -1;
  }

  private int published(Member member, Keys keys) {
    Published before = published.get(member.index());
    if (before == null ? !areKeysOf(member, keys) : !before.keys.equals(keys)) {
      return -1;
    }
    if (before != null) {
      answer(before);
      return -1;
    }
    Published first = new Published(keys);
    published.put(member.index(), first);
    answer(first);
    events.accept(new Event.KeysPublished(key.sid(), member));
    return member.index();
  }

  /** What only members can have made costs little to refuse; the rest is a multiplication. */
  private boolean areKeysOf(Member member, Keys keys) {
    return hashOfFrameMac(keys.frameMac().toArray()).equals(frameMacs.get(member.index()))
        && Publication.author(key.roster(), key.sid(), keys).isPresent();
  }

  /** A receipt, but not for each of many copies. */
  private void answer(Published known) {
    if (context.now() - known.answeredAt >= REPEAT_GAP) {
      known.answeredAt = context.now();
      Keys keys = known.keys;
      context.send(new KeysSeen(key.sid(), keys.member(), hash(keys)).encoded().toArray());
    }
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

  /** The keys that are public by now, one's own among them. */
  List<Keys> publications() {
    return Stream.concat(
            publishedAt < 0 ? Stream.empty() : Stream.of(own),
            published.values().stream().map(each -> each.keys))
        .toList();
  }

  boolean isDone() {
    return publishedAt >= 0 && context.now() - publishedAt >= MEMORY;
  }

  long nextDue() {
    return publishedAt < 0 ? publishAt : publishedAt + MEMORY;
  }
}
