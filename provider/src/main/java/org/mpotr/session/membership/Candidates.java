package org.mpotr.session.membership;

import java.security.InvalidKeyException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.Member;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;

/**
 * Those who said HELLO and are in no set-up (PROTOCOL.md, section 9): bounded, one at a time for
 * each source that the transport names, and forgotten when they say no more. Not thread-safe; times
 * are milliseconds.
 */
public final class Candidates {

  private static final long MEMORY = 60_000;
  private static final long GATHERED_AFTER = 1_000;
  private static final int MIN_BACKOFF = 1_000;
  private static final int MAX_BACKOFF = 300_000;
  private static final int MAX_SPENT = 4 * Message.MAX_MEMBERS;

  private static final class Candidate {
    final Hello hello;
    final Bytes id;
    final long firstHeard;
    long lastHeard;

    Candidate(Hello hello, long now) {
      this.hello = hello;
      this.id = Member.idOf(hello);
      this.firstHeard = now;
      this.lastHeard = now;
    }
  }

  private final Map<Bytes, Candidate> candidates = new LinkedHashMap<>();
  private final Map<String, Bytes> bySource = new HashMap<>();
  private final Map<Bytes, Long> spent = new LinkedHashMap<>();
  private int backoff = MIN_BACKOFF;
  private long notBefore;

  /**
   * Somebody says HELLO.
   *
   * @param source where the transport says it comes from, or nothing
   * @return whether it is new, could pass the checks of a set-up, and was kept
   */
  public boolean hear(Bytes hash, Hello hello, String source, long now) {
    Candidate known = candidates.get(hash);
    if (known != null) {
      known.lastHeard = now;
      return false;
    }
    if (now - spent.getOrDefault(hash, -MEMORY) < MEMORY || !isSound(hello)) {
      return false;
    }
    if (candidates.size() >= Message.MAX_MEMBERS) {
      forget(now);
    }
    boolean hasPlace = candidates.size() < Message.MAX_MEMBERS;
    if (!source.isEmpty() && (hasPlace || bySource.containsKey(source))) {
      Bytes before = bySource.put(source, hash);
      hasPlace |= before != null && candidates.remove(before) != null;
    }
    if (hasPlace) {
      candidates.put(hash, new Candidate(hello, now));
    }
    return hasPlace;
  }

  /**
   * Whether a HELLO would pass the checks of a set-up (PROTOCOL.md, section 4.3), so that nobody
   * can spoil a set-up with one that does not, or with the keys of somebody else who waits.
   */
  private boolean isSound(Hello hello) {
    try {
      PublicPoint.decode(hello.agreementKey().toArray());
      PublicPoint.decode(hello.signatureKey().toArray());
    } catch (InvalidKeyException e) {
      return false;
    }
    return !hello.agreementKey().equals(hello.signatureKey())
        && candidates.values().stream()
            .flatMap(one -> Stream.of(one.hello.agreementKey(), one.hello.signatureKey()))
            .noneMatch(key -> key.equals(hello.agreementKey()) || key.equals(hello.signatureKey()));
  }

  private void forget(long now) {
    candidates.values().removeIf(candidate -> now - candidate.lastHeard >= MEMORY);
    bySource.values().retainAll(candidates.keySet());
  }

  /** The HELLO with a hash. */
  public Optional<Hello> hello(Bytes hash) {
    return Optional.ofNullable(candidates.get(hash)).map(candidate -> candidate.hello);
  }

  /** All HELLOs that were heard of late, by their hashes. */
  public Map<Bytes, Hello> all(long now) {
    forget(now);
    Map<Bytes, Hello> hellos = new HashMap<>();
    candidates.forEach((hash, candidate) -> hellos.put(hash, candidate.hello));
    return hellos;
  }

  /** How many have a smaller member id. */
  public long smallerThan(Bytes id) {
    return candidates.values().stream().filter(one -> one.id.compareTo(id) < 0).count();
  }

  /** When a candidate was heard first. */
  public long heardAt(Bytes hash) {
    Candidate candidate = candidates.get(hash);
    return candidate == null ? Long.MAX_VALUE : candidate.firstHeard;
  }

  /** When somebody new was heard first, who is still here. */
  public long firstHeard() {
    return candidates.values().stream()
        .mapToLong(candidate -> candidate.firstHeard)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * HELLOs that a set-up has used up. Whoever still says one of them after a minute has never heard
   * of that set-up, and is a candidate again.
   */
  public void spend(Collection<Bytes> hashes, long now) {
    hashes.forEach(
        hash -> {
          candidates.remove(hash);
          spent.remove(hash);
          spent.put(hash, now);
        });
    bySource.values().retainAll(candidates.keySet());
    Iterator<Bytes> oldest = spent.keySet().iterator();
    for (int excess = spent.size() - MAX_SPENT; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  /** A join failed: the next waits longer. */
  public void failed(long now) {
    notBefore = now + backoff;
    backoff = Math.min(2 * backoff, MAX_BACKOFF);
  }

  /** A join went well. */
  public void succeeded() {
    backoff = MIN_BACKOFF;
    notBefore = 0;
  }

  /**
   * Those to be let in next, so many at the most, those who came first before others: none while
   * joins fail, or may yet be more.
   */
  public List<Bytes> ready(int limit, long now) {
    forget(now);
    if (now < notBefore || now - firstHeard() < GATHERED_AFTER || limit <= 0) {
      return List.of();
    }
    // After a failure one at a time, so that who never goes on holds up nobody who comes with it.
    int most = backoff > MIN_BACKOFF ? 1 : limit;
    return candidates.keySet().stream().limit(most).toList();
  }

  /** When {@link #ready} may have somebody, if it has nobody now. */
  public long nextDue() {
    return candidates.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(notBefore, firstHeard() + GATHERED_AFTER);
  }
}
