package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/**
 * How a transcript becomes whole over a transport that loses frames (PROTOCOL.md, section 7):
 * acknowledgements, requests for what is missing, and the repetition of original bytes. Every delay
 * is random and grows with the group, and what somebody else has done meanwhile is not done again,
 * so that a loss does not set off a storm. Times are milliseconds. Not thread-safe.
 */
public final class Recovery {

  /** The most ids that one request names. */
  public static final int MAX_REQUESTED = 64;

  private static final int MIN_ACK_DELAY = 500;
  private static final int ACK_DELAY_PER_MEMBER = 100;
  private static final int MIN_REPEAT_DELAY = 2_000;
  private static final int REPEAT_DELAY_PER_MEMBER = 200;
  private static final int MAX_BACKOFF = 60_000;
  private static final int MIN_GAP = 1_000;
  private static final int MAX_PENDING = 1_024;
  private static final int MAX_MISSING = 256;
  private static final int MAX_ANSWER_BYTES = 1 << 18;
  private static final long NEVER = Long.MAX_VALUE;

  /** What recovery says through its epoch. */
  public interface Voice {
    /** Sends an acknowledgement. */
    void acknowledge();

    /** Asks all others for frames. */
    void request(List<Bytes> ids);

    /** Sends a frame again as it is. */
    void repeat(byte[] original);
  }

  private static final class Request {
    long due;
    int backoff;
  }

  /** What one member has asked for within a second. */
  private static final class Allowance {
    long since = -MIN_GAP;
    int bytes;

    boolean allows(int more, long now) {
      if (now - since >= MIN_GAP) {
        since = now;
        bytes = 0;
      }
      boolean isAllowed = bytes == 0 || bytes + more <= MAX_ANSWER_BYTES;
      bytes += isAllowed ? more : 0;
      return isAllowed;
    }
  }

  private final Transcript transcript;
  private final int own;
  private final int members;
  private final IntUnaryOperator random;
  private final Voice voice;
  private final Map<Bytes, Request> requests = new HashMap<>();
  private final Map<Integer, Allowance> allowances = new HashMap<>();
  private final Map<Bytes, Long> answers = new LinkedHashMap<>();
  private final Map<Bytes, Long> repeatedAt = new HashMap<>();
  private long acknowledgeAt = NEVER;
  private long repeatAt = NEVER;
  private long answerAt = NEVER;
  private long lastOwnRepeat;
  private long lastSpoke;
  private int repeatBackoff;
  private Bytes awaited = Bytes.EMPTY;

  /**
   * @param own one's own place
   * @param members how many there are
   * @param random a number from 0 to below its argument
   */
  public Recovery(
      Transcript transcript, int own, int members, IntUnaryOperator random, Voice voice) {
    this.transcript = transcript;
    this.own = own;
    this.members = members;
    this.random = random;
    this.voice = voice;
    this.repeatBackoff = firstRepeat();
    this.lastOwnRepeat = -MIN_GAP;
  }

  private int firstRepeat() {
    return Math.max(MIN_REPEAT_DELAY, members * REPEAT_DELAY_PER_MEMBER);
  }

  private int between(int min, int max) {
    return min + random.applyAsInt(Math.max(1, max - min));
  }

  /** One's own frame was made: it acknowledges what it can, and is repeated until confirmed. */
  public void spoke(FrameParameterSpec spec, long now) {
    acknowledgeAt = NEVER;
    if (transcript.owesAcknowledgement(own)) {
      // More was there to acknowledge than one frame has parents.
      acknowledgeLater(now);
    }
    lastSpoke = now;
    if (!spec.kind().equals(FrameKind.ACK)) {
      awaited = spec.id().orElseThrow();
      repeatBackoff = firstRepeat();
      repeatLater(now);
    }
  }

  /** A frame of another member was delivered. */
  public void delivered(FrameParameterSpec spec, long now) {
    Bytes id = spec.id().orElseThrow();
    requests.remove(id);
    answers.remove(id);
    if (Transcript.isConfirmed(spec.kind())) {
      if (acknowledgeAt == NEVER) {
        acknowledgeLater(now);
      }
      if (repeatAt == NEVER) {
        repeatBackoff = firstRepeat();
        repeatLater(now);
      }
    }
  }

  private void repeatLater(long now) {
    repeatAt = now + repeatBackoff + random.applyAsInt(repeatBackoff);
  }

  private void acknowledgeLater(long now) {
    acknowledgeAt =
        now + between(MIN_ACK_DELAY, Math.max(MIN_ACK_DELAY, members * ACK_DELAY_PER_MEMBER));
  }

  /**
   * A frame came again: somebody answered a request, or its sender lacks confirmations, which one's
   * own newest frame may be.
   */
  public void repeated(Bytes id, long now) {
    answers.remove(id);
    repeatedAt.put(id, now);
    if (repeatAt != NEVER && transcript.isToBeConfirmed(id) && !transcript.isUnsettled(awaited)) {
      // Somebody else asks for what this member may lack, too.
      repeatLater(now);
    }
    if (transcript.isBy(own, id)) {
      // What is lacking is others' word on it; many a relay brings everything back, besides.
      return;
    }
    boolean isAnswered =
        transcript.isUnsettled(id) ? now - lastOwnRepeat >= MIN_GAP : mayLackOwn(id, now);
    if (answerAt == NEVER && isAnswered) {
      answerAt = now + between(MIN_GAP / 4, MIN_GAP + members * REPEAT_DELAY_PER_MEMBER / 4);
    }
  }

  /**
   * Whether somebody may lack one's own acknowledgement of a frame, though here all is settled.
   * Only what nobody answers is said again for that, or two members would answer each other for
   * ever.
   */
  private boolean mayLackOwn(Bytes id, long now) {
    return transcript.isToBeConfirmed(id)
        && !transcript.newest(own).filter(transcript::isToBeConfirmed).isPresent()
        && now - Math.max(lastOwnRepeat, lastSpoke) >= MIN_REPEAT_DELAY;
  }

  /**
   * A member asks for frames: whoever has them answers, as far as one member may ask others to
   * within a second.
   */
  public void requested(int from, Collection<Bytes> ids, long now) {
    Allowance allowance = allowances.computeIfAbsent(from, member -> new Allowance());
    for (Bytes id : ids) {
      Request ownRequest = requests.get(id);
      if (ownRequest != null) {
        ownRequest.due = Math.max(ownRequest.due, now + MIN_GAP);
      }
      boolean isRecent = now - repeatedAt.getOrDefault(id, now - MIN_GAP) < MIN_GAP;
      boolean isOpen = !isRecent && !answers.containsKey(id) && answers.size() < MAX_PENDING;
      Optional<byte[]> original = isOpen ? transcript.original(id) : Optional.empty();
      if (original.isPresent() && allowance.allows(original.get().length, now)) {
        answers.put(id, now + between(50, 300 + members * 50));
      }
    }
  }

  /** Does what is due. */
  public void tick(long now) {
    if (acknowledgeAt <= now) {
      acknowledgeAt = NEVER;
      if (transcript.owesAcknowledgement(own)) {
        voice.acknowledge();
      }
    }
    askForMissing(now);
    answer(now);
    repeat(now);
  }

  private void askForMissing(long now) {
    Set<Bytes> missing = transcript.missing(MAX_MISSING);
    requests.keySet().retainAll(missing);
    List<Bytes> due = new ArrayList<>();
    for (Bytes id : missing) {
      Request request = requests.get(id);
      if (request == null) {
        request = new Request();
        request.due = now + between(100, 300 + members * 30);
        request.backoff = MIN_GAP + members * 30;
        requests.put(id, request);
      } else if (request.due <= now && due.size() < MAX_REQUESTED) {
        due.add(id);
        request.backoff = Math.min(2 * request.backoff, MAX_BACKOFF);
        request.due = now + request.backoff + random.applyAsInt(request.backoff);
      }
    }
    if (!due.isEmpty()) {
      voice.request(due.stream().sorted().toList());
    }
  }

  private void answer(long now) {
    for (Iterator<Map.Entry<Bytes, Long>> i = answers.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Bytes, Long> entry = i.next();
      if (entry.getValue() <= now) {
        i.remove();
        transcript.original(entry.getKey()).ifPresent(voice::repeat);
        repeatedAt.put(entry.getKey(), now);
      }
    }
    if (repeatedAt.size() > MAX_PENDING) {
      repeatedAt.values().removeIf(at -> now - at >= MIN_GAP);
    }
  }

  /**
   * Says again what is not confirmed by all, as this member sees it: its own newest frame, which
   * others may lack, and one that says something, upon which those answer whose acknowledgement
   * this member lacks.
   */
  private void repeat(long now) {
    if (repeatAt <= now) {
      repeatAt = NEVER;
      boolean isOwn = transcript.isUnsettled(awaited);
      Optional<Bytes> unsettled = isOwn ? Optional.of(awaited) : transcript.newestUnsettled();
      if (unsettled.isPresent()) {
        repeatBackoff = Math.min(2 * repeatBackoff, MAX_BACKOFF);
        repeatLater(now);
        answerAt = isOwn ? now : answerAt;
        unsettled
            .filter(id -> !transcript.newest(own).equals(Optional.of(id)))
            .flatMap(transcript::original)
            .ifPresent(voice::repeat);
      }
    }
    if (answerAt <= now) {
      answerAt = NEVER;
      lastOwnRepeat = now;
      transcript.newest(own).flatMap(transcript::original).ifPresent(voice::repeat);
    }
  }

  /** When something is due next, or {@link Long#MAX_VALUE}. */
  public long nextDue() {
    long next = Math.min(acknowledgeAt, Math.min(repeatAt, answerAt));
    for (long due : answers.values()) {
      next = Math.min(next, due);
    }
    for (Request request : requests.values()) {
      next = Math.min(next, request.due);
    }
    return next;
  }
}
