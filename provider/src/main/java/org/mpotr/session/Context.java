package org.mpotr.session;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.Candidates;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Start;

/**
 * What the parts of a channel share: who one is, the clock, those who want in, and what goes out.
 * Elapsed time is the sum of what passed by whichever clock went further.
 */
final class Context {

  private final ChannelSpec spec;
  private final IdentityKey identity;
  private final PublicPoint publicIdentity;
  private final SecureRandom random;
  private final Candidates candidates = new Candidates();
  private final Set<PublicPoint> verified = new HashSet<>();
  private final Map<ErrorCode, Long> refused = new EnumMap<>(ErrorCode.class);
  private List<byte[]> messages = new ArrayList<>();
  private List<Event> events = new ArrayList<>();
  private Time time;
  private long elapsed;
  private boolean isWary;

  Context(ChannelSpec spec, Time start) throws InvalidKeyException {
    this.spec = spec;
    this.identity = IdentityKey.of(spec.identity());
    this.publicIdentity = IdentityKeys.publicPoint(spec.publicIdentity());
    this.random = spec.random();
    this.time = start;
  }

  ChannelSpec spec() {
    return spec;
  }

  /** Those who said HELLO and are in no set-up. */
  Candidates candidates() {
    return candidates;
  }

  /** A fresh attempt; nothing, and an event, when one's own identity key refuses. */
  Optional<Attempt> attempt(SessionParameterSpec session, Attempt.Listener listener) {
    try {
      Attempt attempt =
          new Attempt(identity, publicIdentity, session, isWary, random, listener, elapsed);
      if (spec.isRecorded()) {
        attempt.record();
      }
      return Optional.of(attempt);
    } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
      emit(new Event.Failed(ErrorCode.SETUP_FAILED, e.getMessage()));
      return Optional.empty();
    }
  }

  /** A set-up has failed; after a message in another's name, later ones check signatures first. */
  void setupFailed(long epoch, Optional<SetupFailedException> failure) {
    isWary |= failure.filter(e -> e.check() == SetupCheck.BAD_SIGNATURE).isPresent();
    emit(Event.SetupFailed.of(epoch, failure));
  }

  /** Lets an attempt follow a START; whether it can. */
  boolean follow(
      Attempt attempt,
      Start start,
      SessionParameterSpec session,
      Map<Bytes, Hello> known,
      Map<Bytes, Integer> places) {
    try {
      attempt.follow(start, session, known, places, elapsed);
      return true;
    } catch (InvalidAlgorithmParameterException e) {
      attempt.giveUp(Abort.FAILED);
      emit(new Event.Failed(ErrorCode.SETUP_FAILED, e.getMessage()));
      return false;
    }
  }

  /** Somebody is who it is taken for: remembered by its long-term key. */
  void verified(Bytes sid, Member member, Verification how) {
    verified.add(member.identity());
    emit(new Event.Verified(sid, member, how));
  }

  /** Whether this was said of whoever has an identity. */
  boolean isVerified(PublicPoint person) {
    return verified.contains(person);
  }

  /** Counts a message that was refused. */
  void refuse(ErrorCode code) {
    refused.merge(code, 1L, Long::sum);
  }

  /** How many messages were refused so far, by why. */
  Map<ErrorCode, Long> refused() {
    return Map.copyOf(refused);
  }

  /** Forgets the identity key, and whom it knows. */
  void destroy() {
    identity.destroy();
    verified.clear();
  }

  /** Moves the clock. */
  void advance(Time now) {
    elapsed += Math.max(0, Math.max(now.wall() - time.wall(), now.monotonic() - time.monotonic()));
    time = new Time(Math.max(time.wall(), now.wall()), Math.max(time.monotonic(), now.monotonic()));
  }

  /** Milliseconds since the channel was made. */
  long now() {
    return elapsed;
  }

  /** Milliseconds since 1970, for people. */
  long wall() {
    return time.wall();
  }

  SecureRandom random() {
    return random;
  }

  /** A number from 0 to below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  void send(byte[] message) {
    messages.add(message);
  }

  void emit(Event event) {
    events.add(event);
  }

  List<byte[]> takeMessages() {
    List<byte[]> taken = messages;
    messages = new ArrayList<>();
    return taken;
  }

  List<Event> takeEvents() {
    List<Event> taken = events;
    events = new ArrayList<>();
    return taken;
  }
}
