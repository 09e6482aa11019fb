package org.mpotr.chat.member;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.Duration;
import java.util.Optional;
import org.mpotr.epoch.GroupKey;
import org.mpotr.error.ErrorCode;

/**
 * One member's conversation from HELLO to the erased key. Everything happens in the thread that
 * calls {@link #run}; one more waits for lines to say.
 */
public final class MemberSession {

  /** How long a member's own lines are waited for when there is nobody left to answer them. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final MemberProfile profile;
  private final Provider provider;
  private final Transport transport;
  private final ChatListener listener;
  private final Inbox inbox = new Inbox();

  /**
   * A conversation that has not begun.
   *
   * @param provider the provider "mpOTR"
   * @param transport the channel, which this session subscribes to and closes
   */
  public MemberSession(
      MemberProfile profile, Provider provider, Transport transport, ChatListener listener) {
    this.profile = profile;
    this.provider = provider;
    this.transport = transport;
    this.listener = listener;
  }

  /**
   * Sets up the group, says the lines and hears the others until all have left.
   *
   * @return whether every message arrived that others referred to
   * @throws GeneralSecurityException when the set-up fails; its message names the member and the
   *     check
   * @throws ConversationFailedException when it takes too long
   * @throws TransportException when the relay fails
   */
  public boolean run(LineSource lines)
      throws GeneralSecurityException,
          ConversationFailedException,
          TransportException,
          InterruptedException {
    try (transport) {
      transport.subscribe(inbox);
      GroupSetup setup = new GroupSetup(profile, provider, transport, inbox, listener);
      GroupKey key = setup.run();
      try {
        listener.attested(key);
        Conversation conversation =
            new Conversation(key, provider, transport, listener, profile.patience().gap());
        for (byte[] frame : setup.earlyFrames()) {
          conversation.receive(frame);
        }
        Thread typing = startTyping(lines);
        try {
          converse(conversation, Deadline.in(lifetime(key)));
        } finally {
          typing.interrupt();
        }
        return conversation.isComplete();
      } finally {
        key.destroy();
        listener.erased();
      }
    }
  }

  private static Duration lifetime(GroupKey key) {
    return Duration.ofSeconds(key.parameters().limits().lifetime());
  }

  private void converse(Conversation conversation, Deadline lifetime)
      throws GeneralSecurityException,
          ConversationFailedException,
          TransportException,
          InterruptedException {
    Deadline lastWords = lifetime;
    boolean isEnding = false;
    while (!(conversation.haveOthersLeft() && conversation.hasLeft())) {
      Deadline next = conversation.nextDeadline().or(lifetime).or(lastWords);
      Optional<Inbox.Event> event = inbox.next(next.remaining());
      if (event.isPresent()) {
        handle(event.get(), conversation);
      }
      conversation.giveUpIfOverdue();
      if (lifetime.isOver()) {
        throw new ConversationFailedException(ErrorCode.EXPIRED, "the key has served its time");
      }
      boolean isOwnLine = event.isPresent() && event.get() instanceof Inbox.Line;
      if (conversation.haveOthersLeft() && (!isEnding || isOwnLine)) {
        isEnding = true;
        lastWords = Deadline.in(LAST_WORDS);
      }
      if (isEnding && lastWords.isOver()) {
        conversation.leave();
      }
    }
  }

  private void handle(Inbox.Event event, Conversation conversation)
      throws GeneralSecurityException, TransportException {
    if (event instanceof Inbox.Arrival arrival) {
      conversation.receive(arrival.message());
    } else if (event instanceof Inbox.Line line) {
      conversation.say(line.text());
    } else if (event instanceof Inbox.EndOfLines end) {
      if (!end.failure().isEmpty()) {
        listener.refused(ErrorCode.STORAGE, "the input cannot be read: " + end.failure());
      }
      conversation.leave();
    } else if (event instanceof Inbox.Disconnection gone) {
      throw gone.reason();
    }
  }

  private Thread startTyping(LineSource lines) {
    Thread typing = new Thread(() -> type(lines), "typing");
    typing.setDaemon(true);
    typing.start();
    return typing;
  }

  private void type(LineSource lines) {
    try {
      String failure = "";
      try {
        Optional<String> line = lines.next();
        while (line.isPresent()) {
          inbox.put(new Inbox.Line(line.get()));
          line = lines.next();
        }
      } catch (IOException e) {
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
      inbox.put(new Inbox.EndOfLines(failure));
    } catch (InterruptedException e) {
      // The conversation is over and takes no more lines.
      Thread.currentThread().interrupt();
    }
  }
}
