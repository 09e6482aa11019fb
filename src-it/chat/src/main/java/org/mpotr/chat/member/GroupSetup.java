package org.mpotr.chat.member;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.InvalidKeySpecException;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.RoundKey;
import org.mpotr.epoch.GroupKey;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Armour;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.SignedMessage;
import org.mpotr.wire.WireException;

/**
 * Takes a member through the four rounds of a set-up, over a transport (PROTOCOL.md, section 4).
 */
final class GroupSetup {

  private static final List<MessageType> ROUNDS =
      List.of(MessageType.HELLO, MessageType.INTRODUCTION, MessageType.SHARE, MessageType.ATTEST);

  private final MemberProfile profile;
  private final Transport transport;
  private final Inbox inbox;
  private final ChatListener listener;
  private final KeyAgreement agreement;
  private final KeyFactory messageFactory;
  private final SetupMessages heard;
  private final Deadline deadline;

  GroupSetup(
      MemberProfile profile,
      Provider provider,
      Transport transport,
      Inbox inbox,
      ChatListener listener)
      throws GeneralSecurityException {
    this.profile = profile;
    this.transport = transport;
    this.inbox = inbox;
    this.listener = listener;
    this.agreement = KeyAgreement.getInstance("mpOTR", provider);
    this.messageFactory = KeyFactory.getInstance("mpOTR", provider);
    this.heard = new SetupMessages(profile.members(), listener);
    this.deadline = Deadline.in(profile.patience().setup());
  }

  /** The key that all members attested. */
  GroupKey run()
      throws GeneralSecurityException,
          ConversationFailedException,
          TransportException,
          InterruptedException {
    begin();
    boolean isAgreed = false;
    try {
      Key own = agreement.doPhase(profile.identity().getPublic(), false);
      for (MessageType round : ROUNDS) {
        publish(own, round);
        awaitAll(round);
        if (round == MessageType.HELLO) {
          requireOwn(own);
        }
        listener.complete(round);
        own = agreement.doPhase(RoundKey.of(heard.messages(round)), round == MessageType.ATTEST);
      }
      isAgreed = true;
    } finally {
      if (!isAgreed) {
        // An agreement that begins anew has erased what it had.
        begin();
      }
    }
    return (GroupKey) agreement.generateSecret("mpOTR");
  }

  /** What arrived before its time and is for the conversation. */
  List<byte[]> earlyFrames() {
    return heard.frames();
  }

  private void begin() throws InvalidKeyException, InvalidAlgorithmParameterException {
    agreement.init(profile.identity().getPrivate(), profile.session());
  }

  private void publish(Key own, MessageType round) throws TransportException {
    if (own instanceof MessageKey key && key.message() instanceof SignedMessage signed) {
      heard.begin(signed.header().sid());
    }
    transport.publish(Armour.encode(own.getEncoded()));
    listener.sent(round);
  }

  private void awaitAll(MessageType round)
      throws ConversationFailedException, TransportException, InterruptedException {
    while (!heard.isComplete(round)) {
      Optional<Inbox.Event> event = inbox.next(deadline.remaining());
      if (event.isEmpty()) {
        throw late(round);
      }
      if (event.get() instanceof Inbox.Arrival arrival) {
        take(arrival.message());
      } else if (event.get() instanceof Inbox.Disconnection gone) {
        throw gone.reason();
      }
    }
  }

  private void take(String armoured) {
    try {
      Key key = messageFactory.generatePublic(new MessageKeySpec(Armour.decode(armoured)));
      heard.add((MessageKey) key);
    } catch (WireException e) {
      listener.refused(e.code(), e.getMessage());
    } catch (InvalidKeySpecException e) {
      listener.refused(
          e.getCause() instanceof WireException wire ? wire.code() : ErrorCode.MALFORMED,
          e.getMessage());
    }
  }

  /** A group that is full without this member cannot be joined. */
  private void requireOwn(Key own) throws ConversationFailedException {
    if (!heard.contains(((MessageKey) own).message())) {
      throw new ConversationFailedException(
          ErrorCode.NOT_ADMITTED,
          "the first "
              + profile.members()
              + " HELLOs of this channel are others'; take another channel");
    }
  }

  private ConversationFailedException late(MessageType round) {
    String foreign =
        heard.foreign() == 0
            ? ""
            : "; "
                + heard.foreign()
                + " messages were of another session: whoever sent them saw other HELLOs or uses"
                + " other parameters";
    return new ConversationFailedException(
        ErrorCode.SETUP_TIMEOUT,
        "after "
            + profile.patience().setup().toSeconds()
            + " s the round "
            + round
            + " still lacks "
            + heard.missing(round)
            + foreign);
  }
}
