package org.mpotr.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Purpose;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Abort;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireException;

/**
 * Where a candidate and a sponsor meet before the group hears of it, unless everybody may come in:
 * an epoch of the two, in which the sponsor learns who the candidate is and which HELLO it will use
 * next (PROTOCOL.md, section 9). Not thread-safe.
 */
final class Lobbies implements Attempt.Listener, Epoch.Listener {

  private static final int MAX_LOBBIES = 8;
  private static final int MAX_REMEMBERED = 1_024;

  private record Introduced(PublicPoint identity, Bytes helloHash) {}

  private final Context context;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Epoch> epochs = new ArrayList<>();
  private final Map<Bytes, Introduced> introduced = new LinkedHashMap<>();
  private final Set<PublicPoint> vouchedFor = new HashSet<>();

  Lobbies(Context context) {
    this.context = context;
  }

  private JoinPolicy policy() {
    return context.spec().parameters().joinPolicy();
  }

  /** Whether candidates have to meet a sponsor. */
  boolean areNeeded() {
    return policy() != JoinPolicy.OPEN;
  }

  /** The parameters of a lobby of the channel. */
  EpochParameters parameters() {
    return context.spec().parameters().withPurpose(Purpose.LOBBY);
  }

  /** Those who were members may come back without being asked. */
  void remember(Roster roster) {
    if (vouchedFor.size() < MAX_REMEMBERED) {
      roster.forEach(member -> vouchedFor.add(member.identity()));
    }
  }

  /** Who was put out is asked for again before it comes back. */
  void forget(Member evicted) {
    vouchedFor.remove(evicted.identity());
    introduced.values().removeIf(known -> known.identity().equals(evicted.identity()));
  }

  /** Somebody vouches for a person. */
  void vouch(PublicPoint identity) {
    vouchedFor.add(identity);
  }

  // As a sponsor

  /** Meets a candidate; whether there is place for one more. */
  boolean meet(Bytes hash) {
    attempts.removeIf(Attempt::isOver);
    long live = epochs.stream().filter(epoch -> !epoch.isErased()).count();
    if (attempts.size() >= MAX_LOBBIES || live >= MAX_LOBBIES) {
      return false;
    }
    Optional<Hello> candidate = context.candidates().hello(hash);
    Optional<Attempt> attempt =
        context.attempt(context.spec().session(parameters(), member -> true), this);
    if (candidate.isEmpty() || attempt.isEmpty()) {
      return false;
    }
    Attempt mine = attempt.get();
    context.candidates().spend(List.of(hash), context.now());
    attempts.add(mine);
    mine.sayHello();
    Start start = mine.makeStart(Start.NO_PROPOSAL, List.of(hash, mine.helloHash()));
    context.follow(
        mine,
        start,
        context.spec().session(parameters(), member -> true),
        Map.of(hash, candidate.get()),
        Map.of());
    return true;
  }

  private boolean isVouchedFor(Introduced one) {
    return switch (policy()) {
      case SPONSORED -> vouchedFor.contains(one.identity());
      case SMP -> vouchedFor.contains(one.identity()) || context.isVerified(one.identity());
      default -> true;
    };
  }

  /** Those met in lobbies whom this member vouches for, with the HELLOs they will use. */
  List<Proposal.Addition> introductions(int limit) {
    List<Proposal.Addition> additions = new ArrayList<>();
    for (Introduced one : introduced.values()) {
      if (isVouchedFor(one)
          && additions.size() < limit
          && context.candidates().hello(one.helloHash()).isPresent()) {
        additions.add(
            new Proposal.Addition(
                Bytes.of(SubjectPublicKey.encode(one.identity())), one.helloHash(), vouched()));
      }
    }
    additions.sort((a, b) -> a.helloHash().compareTo(b.helloHash()));
    return additions;
  }

  /** How candidates are vouched for under the policy of the channel. */
  Proposal.Vouched vouched() {
    return switch (policy()) {
      case OPEN -> Proposal.Vouched.NONE;
      case KNOWN_IDENTITIES -> Proposal.Vouched.FINGERPRINT;
      case PRE_SHARED_KEY -> Proposal.Vouched.PRE_SHARED_KEY;
      case SPONSORED -> Proposal.Vouched.SPONSOR;
      case SMP -> Proposal.Vouched.SMP;
    };
  }

  /** Whether a HELLO is one that a candidate announced in a lobby here. */
  boolean isIntroduced(Bytes helloHash) {
    return introduced.containsKey(helloHash);
  }

  /** What came of a candidate is decided. */
  void forget(List<Bytes> helloHashes) {
    introduced.keySet().removeAll(helloHashes);
  }

  // As a candidate

  /** A lobby is attested; tells the sponsor the HELLO for the group. */
  void introduce(Attempt lobby, GroupKey key, Attempt next) {
    Epoch epoch = enter(lobby, key);
    if (next != null) {
      say(epoch, new ContinuingHello(Start.NO_PROPOSAL, next.hello()));
    }
  }

  /** A set-up of a lobby that is attested here helps the other side to what it lacks. */
  void keep(Attempt attempt) {
    attempts.add(attempt);
  }

  private void say(Epoch epoch, ContinuingHello hello) {
    try {
      epoch.say(FrameKind.HELLO, hello.encoded());
    } catch (FrameTooLongException e) {
      context.emit(new Event.Failed(ErrorCode.RATE_LIMITED, "the frame limit is too small"));
    }
  }

  private Epoch enter(Attempt attempt, GroupKey key) {
    // A lobby is no part of the conversation, so that its epochs are not reported.
    Epoch epoch = new Epoch(key, attempt.attestedAt(), context, event -> {}, this);
    epochs.add(epoch);
    return epoch;
  }

  // Both

  /** Set-ups of lobbies, those that are decided among them while they help the other. */
  Stream<Attempt> attempts() {
    return List.copyOf(attempts).stream();
  }

  /** The lobbies. */
  Stream<Epoch> epochs() {
    return List.copyOf(epochs).stream();
  }

  void tick() {
    long now = context.now();
    for (Attempt attempt : List.copyOf(attempts)) {
      if (attempt.isLate(now)) {
        attempt.giveUp(Abort.TIMEOUT);
        context.candidates().failed(now);
      }
      attempt.tick(now);
    }
    long timeout = 1_000L * context.spec().parameters().limits().setupTimeout();
    attempts.removeIf(
        attempt ->
            attempt.isOver() || attempt.isComplete() && attempt.runningFor(now) > 2 * timeout);
    for (Epoch epoch : List.copyOf(epochs)) {
      epoch.tick();
      if (!epoch.isErased() && epoch.age() > 2 * timeout) {
        epoch.sayFarewell(FrameKind.CLOSE, Bytes.EMPTY);
      }
      if (epoch.age() > 4 * timeout) {
        epoch.erase(false);
      }
    }
    epochs.removeIf(Epoch::isForgotten);
  }

  long nextDue() {
    long timeout = 1_000L * context.spec().parameters().limits().setupTimeout();
    long due = epochs.isEmpty() ? Long.MAX_VALUE : context.now() + timeout / 4;
    for (Attempt attempt : attempts) {
      due = Math.min(due, attempt.nextDue());
    }
    for (Epoch epoch : epochs) {
      due = Math.min(due, epoch.nextDue());
    }
    return due;
  }

  void destroy() {
    attempts.forEach(attempt -> attempt.giveUp(Abort.FAILED));
    attempts.clear();
    epochs().forEach(epoch -> epoch.erase(false));
    epochs.clear();
  }

  // What attempts say

  @Override
  public void send(byte[] message) {
    context.send(message);
  }

  @Override
  public void mayRead(Attempt attempt, Roster roster) {
    // Only the two of the lobby, and nothing is said in it.
  }

  @Override
  public void completed(Attempt attempt, GroupKey key) {
    enter(attempt, key);
  }

  @Override
  public void failed(Attempt attempt, Optional<SetupFailedException> check) {
    context.candidates().failed(context.now());
    context.setupFailed(attempt.parameters().epoch(), check);
  }

  // What is said in lobbies

  @Override
  public void delivered(Epoch epoch, Transcript.Delivery delivery) {
    int sender = delivery.spec().sender().orElseThrow();
    if (delivery.spec().kind().equals(FrameKind.PRIVATE)) {
      // Nothing is said in a lobby but what shows who one is.
      epoch.openPrivate(delivery).ifPresent(content -> Arrays.fill(content, (byte) 0));
      return;
    }
    if (sender == epoch.key().ownIndex() || !delivery.spec().kind().equals(FrameKind.HELLO)) {
      return;
    }
    try {
      ContinuingHello hello = ContinuingHello.decode(delivery.content());
      Member candidate = epoch.member(sender);
      Bytes hash = ContinuingHello.hashOf(hello.hello());
      introduced.keySet().removeIf(known -> context.candidates().hello(known).isEmpty());
      introduced.values().removeIf(known -> known.identity().equals(candidate.identity()));
      if (introduced.size() < Proposal.MAX_ADDED) {
        introduced.put(hash, new Introduced(candidate.identity(), hash));
        context.candidates().hear(hash, hello.hello(), "", context.now());
        context.emit(new Event.CandidateMet(candidate));
      }
    } catch (WireException e) {
      context.emit(new Event.Failed(e.code(), "a candidate's HELLO"));
    }
  }

  @Override
  public void farewell(Epoch epoch, int member, FrameKind kind, Farewell farewell) {
    if (member != epoch.key().ownIndex()) {
      epoch.sayFarewell(FrameKind.CLOSE, Bytes.EMPTY);
    }
  }

  @Override
  public void closed(Epoch epoch) {
    // Its end changes nothing.
  }
}
