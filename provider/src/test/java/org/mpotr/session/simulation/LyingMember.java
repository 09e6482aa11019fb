package org.mpotr.session.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.OwnKey;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.transcript.ResendRequest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/**
 * A member that lies: what its channel says goes out altered and signed anew, to some and not to
 * others, or not at all; and it says frames of its own that no channel would.
 */
final class LyingMember implements Tongue {

  private static final List<FrameKind> KINDS =
      List.of(
          FrameKind.TEXT,
          FrameKind.ACK,
          FrameKind.RESEND_REQUEST,
          FrameKind.PROPOSE,
          FrameKind.LEAVE,
          FrameKind.CLOSE,
          FrameKind.END,
          FrameKind.FILE,
          FrameKind.FILE_CHUNK,
          FrameKind.PRIVATE,
          FrameKind.HELLO,
          FrameKind.FILE_REQUEST);

  private final SplittableRandom random;
  private final int oneIn;

  /** A liar that lies about one in so many messages. */
  LyingMember(SplittableRandom random, int oneIn) {
    this.random = random;
    this.oneIn = oneIn;
  }

  @Override
  public void say(Simulation simulation, SimulatedMember speaker, byte[] message) {
    if (random.nextInt(oneIn) != 0) {
      simulation.broadcast(speaker, message);
      return;
    }
    SimulatedMember one = any(simulation.members());
    switch (random.nextInt(4)) {
      case 0 -> sayToAll(simulation, speaker, lie(speaker, message), message, one);
      case 1 -> simulation.broadcast(speaker, lie(speaker, message));
      case 2 -> simulation.send(speaker, one, message);
      default -> {
        // Nobody does: an ATTEST that is refused, say.
      }
    }
  }

  private void sayToAll(
      Simulation simulation,
      SimulatedMember speaker,
      byte[] lie,
      byte[] truth,
      SimulatedMember one) {
    for (SimulatedMember to : simulation.members()) {
      simulation.send(speaker, to, to == one ? lie : truth);
    }
  }

  private byte[] lie(SimulatedMember speaker, byte[] message) {
    return Lies.alteredAndSigned(message, speaker.random(), random);
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** Says a frame that is a lie, if it is a member. */
  String act(Simulation simulation, SimulatedMember self) {
    OwnKey own = OwnKey.of(simulation.wake(self)).orElse(null);
    if (own == null) {
      return "holds its tongue";
    }
    FrameKind kind = any(KINDS);
    FrameSealer sealer = new FrameSealer(own.key());
    try {
      byte[] content = random.nextInt(6) == 0 ? noise(random.nextInt(80)) : content(kind, own);
      byte[] frame = seal(sealer, kind, own, content);
      if (random.nextBoolean()) {
        simulation.broadcast(self, frame);
      } else {
        byte[] other = seal(sealer, kind, own, content(kind, own));
        sayToAll(simulation, self, frame, other, any(simulation.members()));
      }
      return "says a lie of kind " + kind.code();
    } catch (FrameTooLongException e) {
      return "cannot say a lie of kind " + kind.code();
    } finally {
      sealer.destroy();
    }
  }

  private byte[] seal(FrameSealer sealer, FrameKind kind, OwnKey own, byte[] content)
      throws FrameTooLongException {
    long seq =
        switch (random.nextInt(8)) {
          case 0 -> Math.max(0, own.seq() - 1);
          case 1 -> own.seq() + random.nextInt(5);
          case 2 -> Long.MAX_VALUE - random.nextInt(2);
          default -> own.seq();
        };
    List<Bytes> parents = new ArrayList<>(own.parents());
    if (random.nextInt(6) == 0 && !parents.isEmpty()) {
      parents.remove(random.nextInt(parents.size()));
    }
    if (random.nextInt(8) == 0 && parents.size() < FrameParameterSpec.MAX_PARENTS) {
      parents.add(Bytes.of(noise(Message.HASH_BYTES)));
    }
    SeededDraws draws = new SeededDraws(random);
    return sealer
        .seal(FrameParameterSpec.of(kind, seq, parents), content, 0, content.length, draws)
        .frame();
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private Bytes hash() {
    return Bytes.of(noise(Message.HASH_BYTES));
  }

  private byte[] content(FrameKind kind, OwnKey own) {
    GroupKey key = own.key();
    if (kind.equals(FrameKind.ACK) || kind.equals(FrameKind.END)) {
      return new byte[0];
    } else if (kind.equals(FrameKind.PROPOSE)) {
      return proposal(key).encoded();
    } else if (kind.equals(FrameKind.LEAVE) || kind.equals(FrameKind.CLOSE)) {
      Bytes successor = random.nextBoolean() ? Bytes.EMPTY : hash();
      List<Bytes> frontier = random.nextBoolean() ? List.of(hash()) : sorted(own.parents());
      List<Bytes> digests = key.roster().members().stream().map(member -> hash()).toList();
      return new Farewell(successor, frontier, digests).encoded();
    } else if (kind.equals(FrameKind.RESEND_REQUEST)) {
      List<Bytes> ids = new ArrayList<>(own.parents());
      ids.add(hash());
      return new ResendRequest(sorted(ids)).encoded();
    } else if (kind.equals(FrameKind.HELLO)) {
      Bytes proposal = own.parents().isEmpty() ? hash() : any(own.parents());
      return new ContinuingHello(proposal, hello()).encoded();
    }
    return ("a lie " + random.nextInt(1_000)).getBytes(StandardCharsets.UTF_8);
  }

  private Hello hello() {
    try {
      return (Hello) Message.decode(Lies.hello(random));
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Bytes> sorted(List<Bytes> ids) {
    List<Bytes> sorted = new ArrayList<>(ids);
    Collections.sort(sorted);
    return sorted;
  }

  private Proposal proposal(GroupKey key) {
    EpochParameters parameters = key.parameters();
    long[] numbers = {1, 2, 1 + random.nextInt(100), 1L << 61};
    EpochParameters next =
        parameters.next(key.sid()).withEpoch(parameters.epoch() + numbers[random.nextInt(4)]);
    List<Bytes> others =
        key.roster().members().stream()
            .filter(member -> member.index() != key.ownIndex())
            .map(Member::id)
            .toList();
    ChangeReason reason = any(List.of(ChangeReason.values()));
    return switch (any(List.of(Change.values()))) {
      case REMOVE -> new Proposal(Change.REMOVE, reason, next, List.of(any(others)), List.of());
      case ADD ->
          new Proposal(
              Change.ADD,
              reason,
              next,
              List.of(),
              List.of(new Proposal.Addition(Bytes.EMPTY, hash(), Proposal.Vouched.NONE)));
      case REFRESH -> new Proposal(Change.REFRESH, reason, next, List.of(), List.of());
      case PARAMETERS ->
          new Proposal(
              Change.PARAMETERS,
              reason,
              next.withLimits(parameters.limits().withResumptions(random.nextInt(6))),
              List.of(),
              List.of());
    };
  }
}
