package org.mpotr.chat.member;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.wire.Armour;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.WireException;

/** What a member says and hears under the key of an epoch. For one thread. */
final class Conversation {

  private static final Duration NO_HURRY = Duration.ofMinutes(1);

  private final GroupKey key;
  private final Transport transport;
  private final ChatListener listener;
  private final Duration gapPatience;
  private final Cipher sealing;
  private final Cipher opening;
  private final Transcript transcript;
  private final Set<Bytes> notEchoed = new HashSet<>();
  private final Set<Integer> gone = new HashSet<>();
  private Bytes oldestWaiting = Bytes.EMPTY;
  private Deadline gapDeadline;
  private boolean incomplete;

  Conversation(
      GroupKey key,
      Provider provider,
      Transport transport,
      ChatListener listener,
      Duration gapPatience)
      throws GeneralSecurityException {
    this.key = key;
    this.transport = transport;
    this.listener = listener;
    this.gapPatience = gapPatience;
    this.sealing = Cipher.getInstance("mpOTR", provider);
    this.opening = Cipher.getInstance("mpOTR", provider);
    this.transcript = new Transcript(key.roster().size());
    this.gapDeadline = Deadline.in(NO_HURRY);
  }

  /** Says a line to everybody. */
  void say(String text) throws GeneralSecurityException, TransportException {
    if (hasLeft()) {
      return;
    }
    try {
      listener.said(text, send(FrameKind.TEXT, text));
    } catch (IllegalBlockSizeException e) {
      listener.refused(ErrorCode.MALFORMED, "the line is too long to be sent");
    }
  }

  /** Leaves; nothing can be said after it. */
  void leave() throws GeneralSecurityException, TransportException {
    if (!hasLeft()) {
      send(FrameKind.LEAVE, "");
      gone.add(key.ownIndex());
      listener.left(own());
    }
  }

  private FrameParameterSpec send(FrameKind kind, String text)
      throws GeneralSecurityException, TransportException {
    FrameParameterSpec wanted =
        FrameParameterSpec.of(kind, transcript.next(key.ownIndex()), transcript.frontier());
    sealing.init(Cipher.ENCRYPT_MODE, key, wanted);
    byte[] frame = sealing.doFinal(text.getBytes(StandardCharsets.UTF_8));
    FrameParameterSpec made = sealing.getParameters().getParameterSpec(FrameParameterSpec.class);
    notEchoed.add(made.id().orElseThrow());
    transcript.add(new ReceivedFrame(made, text));
    transport.publish(Armour.encode(frame));
    return made;
  }

  /** Takes what the transport brought. */
  void receive(String armoured) throws GeneralSecurityException {
    byte[] frame;
    try {
      frame = Armour.decode(armoured);
      if (Message.decode(frame).type() != MessageType.FRAME) {
        // Somebody tries to set up a group of their own, which is not this member's affair.
        return;
      }
    } catch (WireException e) {
      listener.refused(e.code(), e.getMessage());
      return;
    }
    receive(frame);
  }

  /** Opens a frame and delivers what can be delivered. */
  void receive(byte[] frame) throws GeneralSecurityException {
    ReceivedFrame received;
    try {
      opening.init(Cipher.DECRYPT_MODE, key);
      String text = new String(opening.doFinal(frame), StandardCharsets.UTF_8);
      received =
          new ReceivedFrame(
              opening.getParameters().getParameterSpec(FrameParameterSpec.class), text);
    } catch (FrameRefusedException e) {
      listener.refused(e.code(), e.getMessage());
      return;
    }
    if (received.sender() == key.ownIndex() && notEchoed.remove(received.id())) {
      return;
    }
    ErrorCode objection = objection(received);
    if (objection != null) {
      listener.refused(
          objection,
          "message " + received.seq() + " of " + name(received.sender()) + " is skipped");
      return;
    }
    List<ReceivedFrame> ready = transcript.add(received);
    if (!ready.contains(received)) {
      listener.waiting(member(received.sender()), received.spec());
    }
    deliver(ready);
  }

  private ErrorCode objection(ReceivedFrame frame) {
    return gone.contains(frame.sender()) && frame.seq() >= transcript.next(frame.sender())
        ? ErrorCode.CLOSED
        : transcript.objection(frame).orElse(null);
  }

  private void deliver(List<ReceivedFrame> ready) {
    for (ReceivedFrame frame : ready) {
      Member sender = member(frame.sender());
      if (frame.kind().equals(FrameKind.TEXT)) {
        listener.heard(sender, frame.text(), frame.spec());
      } else if (frame.kind().equals(FrameKind.LEAVE)) {
        gone.add(frame.sender());
        listener.left(sender);
      }
    }
    Bytes oldest = transcript.oldestWaiting().map(ReceivedFrame::id).orElse(Bytes.EMPTY);
    if (!oldest.equals(oldestWaiting)) {
      oldestWaiting = oldest;
      gapDeadline = Deadline.in(gapPatience);
    }
  }

  /** When {@link #giveUpIfOverdue} has something to do at the earliest. */
  Deadline nextDeadline() {
    return oldestWaiting.length() == 0 ? Deadline.in(NO_HURRY) : gapDeadline;
  }

  /** Goes on without messages that have been waited for long enough. */
  void giveUpIfOverdue() {
    if (oldestWaiting.length() == 0 || !gapDeadline.isOver()) {
      return;
    }
    incomplete = true;
    Transcript.Loss loss = transcript.giveUp();
    listener.missing(describe(loss));
    deliver(loss.delivered());
  }

  private String describe(Transcript.Loss loss) {
    if (loss.delivered().isEmpty()) {
      return "messages that wait for each other are dropped";
    }
    return loss.places().isEmpty()
        ? loss.frames() + " message(s) that others have read"
        : loss.places().stream()
            .map(place -> "message " + place.seq() + " of " + name(place.sender()))
            .collect(Collectors.joining(", "));
  }

  boolean hasLeft() {
    return gone.contains(key.ownIndex());
  }

  boolean haveOthersLeft() {
    return gone.size() >= key.roster().size() - (hasLeft() ? 0 : 1);
  }

  /** Whether nothing that others referred to was missing. */
  boolean isComplete() {
    return !incomplete;
  }

  private Member own() {
    return member(key.ownIndex());
  }

  private Member member(int index) {
    return key.roster().get(index);
  }

  private String name(int index) {
    return VisibleText.of(member(index).nickname().text());
  }
}
