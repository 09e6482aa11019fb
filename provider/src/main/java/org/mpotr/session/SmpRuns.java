package org.mpotr.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.Event.SmpEnded.Outcome;
import org.mpotr.session.closing.Closing;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.session.verification.PrivateKind;
import org.mpotr.session.verification.SmpFailedException;
import org.mpotr.session.verification.SmpInitiator;
import org.mpotr.session.verification.SmpMessage;
import org.mpotr.session.verification.SmpPair;
import org.mpotr.session.verification.SmpResponder;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireException;

/**
 * The runs of the socialist millionaires' protocol in one epoch, at most one with each other member
 * at a time (PROTOCOL.md, section 10). Not thread-safe.
 */
final class SmpRuns {

  /** How often a member puts its secret to the test against one other in an epoch. */
  static final int MAX_TRIES = 3;

  /** A message whose frame was delivered and that is not dealt with yet. */
  private record Heard(int other, byte[] message) {}

  /** One run, by what it waits for. */
  private sealed interface Run {
    /** What its messages bear. */
    Bytes id();

    void end();
  }

  private record Asked(Bytes id, SmpInitiator side) implements Run {
    @Override
    public void end() {
      side.destroy();
    }
  }

  /** Was asked; the own user has not answered yet. */
  private record ToAnswer(Bytes id, SmpResponder side) implements Run {
    @Override
    public void end() {
      side.destroy();
    }
  }

  private record Answered(Bytes id, SmpResponder side) implements Run {
    @Override
    public void end() {
      side.destroy();
    }
  }

  private record Compared(Bytes id, SmpInitiator side) implements Run {
    @Override
    public void end() {
      side.destroy();
    }
  }

  private final Epoch epoch;
  private final Context context;
  private final Map<Integer, Run> runs = new HashMap<>();
  private final Map<Integer, Integer> tries = new HashMap<>();
  private final Deque<Heard> heard = new ArrayDeque<>();

  SmpRuns(Epoch epoch, Context context) {
    this.epoch = epoch;
    this.context = context;
  }

  // What the application asks for

  /** Asks another member; whatever ran with it ends. */
  void ask(int other, String question, byte[] secret) {
    requireTry(other);
    end(other, Outcome.ABORTED);
    byte[] drawn = new byte[SmpPair.RUN_BYTES];
    context.random().nextBytes(drawn);
    Bytes id = Bytes.of(drawn);
    SmpInitiator side = new SmpInitiator(pair(own(), other, id), secret, context.random());
    start(other, new Asked(id, side), side.ask(question));
  }

  /** Answers another member's question. */
  void answer(int other, byte[] secret) {
    if (!(runs.get(other) instanceof ToAnswer asked)) {
      throw new IllegalStateException("answerSmp: this member has not asked");
    }
    requireTry(other);
    start(other, new Answered(asked.id(), asked.side()), asked.side().answer(secret));
  }

  /** Ends what runs with another member, if anything does. */
  void abort(int other) {
    Run run = runs.get(other);
    if (run != null) {
      say(other, new SmpMessage.Abort(run.id()));
      end(other, Outcome.ABORTED);
    }
  }

  private void requireTry(int other) {
    if (tries.getOrDefault(other, 0) >= MAX_TRIES) {
      throw new IllegalStateException("SMP: no more tries with this member in this epoch");
    }
  }

  private void start(int other, Run run, SmpMessage message) {
    tries.merge(other, 1, Integer::sum);
    runs.put(other, run);
    sayOrEnd(other, message);
  }

  // What others say

  /** A message of SMP in a private frame; it is dealt with by {@link #goOn()}. */
  void hear(int other, byte[] message) {
    heard.add(new Heard(other, message));
  }

  /**
   * Deals with what was heard. An answer is a frame of one's own, which must not come in between
   * while others are being delivered.
   */
  void goOn() {
    while (!heard.isEmpty()) {
      Heard next = heard.remove();
      if (epoch.phase() != Closing.Phase.OPEN || epoch.isErased()) {
        continue;
      }
      try {
        hear(next.other(), SmpMessage.decode(next.message()));
      } catch (WireException | SmpFailedException e) {
        Run run = runs.get(next.other());
        if (run != null) {
          say(next.other(), new SmpMessage.Abort(run.id()));
          end(next.other(), Outcome.BROKEN);
        }
      }
    }
  }

  private void hear(int other, SmpMessage message) throws SmpFailedException {
    Run run = runs.get(other);
    if (message instanceof SmpMessage.Ask ask) {
      asked(other, ask, run);
    } else if (run == null || !run.id().equals(message.run())) {
      // Of a run that was ended here while this was under way.
      return;
    } else if (message instanceof SmpMessage.Abort) {
      end(other, Outcome.ABORTED);
    } else if (message instanceof SmpMessage.Answer answer && run instanceof Asked asked) {
      SmpMessage.Compare compare = asked.side().compare(answer);
      runs.put(other, new Compared(asked.id(), asked.side()));
      sayOrEnd(other, compare);
    } else if (message instanceof SmpMessage.Compare compare && run instanceof Answered answered) {
      SmpResponder.Conclusion conclusion = answered.side().conclude(compare);
      if (sayOrEnd(other, conclusion.message())) {
        conclude(other, conclusion.isSame());
      }
    } else if (message instanceof SmpMessage.Conclude last && run instanceof Compared compared) {
      conclude(other, compared.side().conclude(last));
    } else {
      throw new SmpFailedException("out of turn");
    }
  }

  /**
   * The other asks. Where both have asked, the one with the smaller member id goes on, and the
   * other answers it with the secret that it asked with.
   */
  private void asked(int other, SmpMessage.Ask ask, Run run) throws SmpFailedException {
    boolean haveAsked = run instanceof Asked;
    if (haveAsked && own().id().compareTo(epoch.member(other).id()) < 0) {
      return;
    }
    SmpResponder side =
        new SmpResponder(
            pair(epoch.member(other), own().index(), ask.run()), ask, context.random());
    if (run instanceof Asked mine) {
      // The try that this member began goes on as an answer.
      SmpMessage answer = mine.side().answerInstead(side);
      mine.end();
      runs.put(other, new Answered(ask.run(), side));
      sayOrEnd(other, answer);
      return;
    }
    end(other, Outcome.ABORTED);
    if (tries.getOrDefault(other, 0) >= MAX_TRIES) {
      side.destroy();
      say(other, new SmpMessage.Abort(ask.run()));
      context.emit(new Event.SmpEnded(epoch.sid(), epoch.member(other), Outcome.TOO_OFTEN));
      return;
    }
    runs.put(other, new ToAnswer(ask.run(), side));
    context.emit(new Event.SmpAsked(epoch.sid(), epoch.member(other), ask.question()));
  }

  private void conclude(int other, boolean isSame) {
    if (isSame) {
      runs.remove(other).end();
      context.verified(epoch.sid(), epoch.member(other), Verification.SMP);
    } else {
      end(other, Outcome.DIFFERENT);
    }
  }

  /** No more is said in the epoch: ends all runs. */
  void end() {
    heard.clear();
    for (int other : runs.keySet().toArray(new Integer[0])) {
      end(other, Outcome.ABORTED);
    }
  }

  private void end(int other, Outcome outcome) {
    Run run = runs.remove(other);
    if (run != null) {
      run.end();
      context.emit(new Event.SmpEnded(epoch.sid(), epoch.member(other), outcome));
    }
  }

  private boolean sayOrEnd(int other, SmpMessage message) {
    if (!say(other, message)) {
      end(other, Outcome.ABORTED);
      return false;
    }
    return true;
  }

  /** Whether it could be said. */
  private boolean say(int other, SmpMessage message) {
    GroupKey key = epoch.key();
    if (key.isDestroyed()) {
      return false;
    }
    PrivateFrame frame =
        PrivateFrame.seal(key, other, epoch.nextSeq(), PrivateKind.SMP.with(message.encoded()));
    try {
      return epoch.say(FrameKind.PRIVATE, frame.encoded()).length() > 0;
    } catch (FrameTooLongException e) {
      return false;
    }
  }

  private Member own() {
    return epoch.member(epoch.key().ownIndex());
  }

  private SmpPair pair(Member initiator, int responder, Bytes run) {
    return SmpPair.of(epoch.key(), initiator, epoch.member(responder), run);
  }
}
