package org.mpotr.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.EarlyArrivals;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Keys;
import org.mpotr.wire.KeysSeen;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireException;

/**
 * Brings what the transport delivers to whom it concerns, and keeps for a while what comes too
 * early (PROTOCOL.md, sections 2, 4, 6 and 9). Bounded, whatever comes. Not thread-safe.
 */
final class Inbox {

  private static final int MAX_EARLY_MESSAGES = 2_048;
  private static final int MAX_EARLY_BYTES = 4 << 20;

  /** Whom messages may concern. */
  interface Addressees {
    /** What is done about the next epoch, if anything is. */
    Optional<Stage> stage();

    /** All attempts at epochs, those among them that are decided and help others. */
    Stream<Attempt> attempts();

    /** All epochs that are not forgotten. */
    Stream<Epoch> epochs();
  }

  private final Context context;
  private final Addressees addressees;
  private final EarlyArrivals<SignedMessage> earlyMessages =
      new EarlyArrivals<>(MAX_EARLY_MESSAGES, MAX_EARLY_BYTES);
  private final EarlyArrivals<byte[]> earlyFrames =
      new EarlyArrivals<>(MAX_EARLY_MESSAGES, MAX_EARLY_BYTES);

  Inbox(Context context, Addressees addressees) {
    this.context = context;
    this.addressees = addressees;
  }

  /** A message, and a hint of where it comes from, or nothing. */
  void receive(byte[] message, String source) {
    Bytes hint = hint(message);
    if (hint.length() > 0) {
      hear(List.of(message), hint);
      return;
    }
    try {
      hear(Message.decode(message), source);
    } catch (WireException e) {
      context.refuse(e.code());
    }
  }

  /** Messages; signatures of frames of one epoch that follow each other are checked together. */
  void receive(List<byte[]> messages) {
    List<byte[]> frames = new ArrayList<>();
    Bytes epoch = Bytes.EMPTY;
    for (byte[] message : messages) {
      Bytes hint = hint(message);
      if (!hint.equals(epoch) && !frames.isEmpty()) {
        hear(frames, epoch);
        frames = new ArrayList<>();
      }
      epoch = hint;
      if (hint.length() == 0) {
        receive(message, "");
      } else {
        frames.add(message);
      }
    }
    if (!frames.isEmpty()) {
      hear(frames, epoch);
    }
  }

  /** What a frame shows of its session; nothing when it is no frame. */
  private static Bytes hint(byte[] message) {
    try {
      return message.length > 1 && message[1] == MessageType.FRAME.code()
          ? Frame.Header.read(message).sidHint()
          : Bytes.EMPTY;
    } catch (WireException e) {
      // Not a frame after all; whoever decodes it counts it.
      return Bytes.EMPTY;
    }
  }

  private static Bytes hintOf(Bytes sid) {
    return Bytes.leading(sid.toArray(), Frame.HINT_BYTES);
  }

  private void hear(List<byte[]> frames, Bytes hint) {
    Optional<Epoch> epoch =
        addressees.epochs().filter(each -> hintOf(each.sid()).equals(hint)).findAny();
    if (epoch.isPresent()) {
      epoch.get().receive(frames);
    } else if (isAwaited(hint)) {
      frames.forEach(frame -> earlyFrames.keep(hint, frame, frame.length));
    } else {
      frames.forEach(frame -> context.refuse(ErrorCode.UNKNOWN_EPOCH));
      addressees.stage().ifPresent(Stage::hearOthers);
    }
  }

  private boolean isAwaited(Bytes hint) {
    return addressees
        .attempts()
        .anyMatch(each -> each.sid().filter(sid -> hintOf(sid).equals(hint)).isPresent());
  }

  /** Frames of an epoch that came before it was attested here. */
  List<byte[]> framesOf(Bytes sid) {
    return earlyFrames.take(hintOf(sid));
  }

  private void hear(Message message, String source) {
    if (message instanceof Hello hello) {
      hear(hello, source);
    } else if (message instanceof Start start) {
      addressees.stage().ifPresent(stage -> stage.hear(start));
      feedAttempts();
    } else if (message instanceof SignedMessage signed) {
      hear(signed);
    } else if (message instanceof Keys keys) {
      epoch(keys.sid()).ifPresent(epoch -> epoch.published(keys));
    } else if (message instanceof KeysSeen seen) {
      epoch(seen.sid()).ifPresent(epoch -> epoch.seen(seen));
    }
  }

  private Optional<Epoch> epoch(Bytes sid) {
    return addressees.epochs().filter(epoch -> epoch.sid().equals(sid)).findAny();
  }

  private void hear(Hello hello, String source) {
    Bytes hash = ContinuingHello.hashOf(hello);
    if (addressees.attempts().noneMatch(attempt -> attempt.helloHash().equals(hash))) {
      boolean isNew = context.candidates().hear(hash, hello, source, context.now());
      addressees.stage().ifPresent(stage -> stage.hear(hash, hello, isNew));
      feedAttempts();
    }
  }

  private void hear(SignedMessage message) {
    Bytes sid = message.header().sid();
    Optional<Attempt> attempt =
        addressees.attempts().filter(each -> each.sid().filter(sid::equals).isPresent()).findAny();
    if (attempt.isPresent()) {
      attempt.get().hear(message, context.now());
      feedAttempts();
      return;
    }
    addressees.stage().ifPresent(Stage::hearOthers);
    if (addressees.stage().filter(stage -> !stage.attempts().isEmpty()).isPresent()) {
      earlyMessages.keep(sid, message, message.encoded().length());
    }
  }

  /** Messages that came before their session was known are heard when it is. */
  void feedAttempts() {
    for (Attempt attempt : addressees.attempts().toList()) {
      attempt
          .sid()
          .map(earlyMessages::take)
          .ifPresent(early -> early.forEach(message -> attempt.hear(message, context.now())));
    }
  }
}
