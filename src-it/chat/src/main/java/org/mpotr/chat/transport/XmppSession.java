package org.mpotr.chat.transport;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.filter.FromMatchesFilter;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StreamError;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/** One connection to a server and one stay in a room, until something ends it. */
final class XmppSession implements XmppRoom.Listener {

  private static final long ENTRY_SECONDS = 30;
  private static final int NICKNAMES_TRIED = 8;
  private static final int HISTORY = 500;
  private static final long TICK_MILLIS = 1000;
  private static final long SILENT_MILLIS = 60_000;
  private static final long DEAD_MILLIS = 120_000;
  private static final long HOLD_MILLIS = 2000;

  private final XmppOptions options;
  private final XmppOutbox outbox;
  private final XmppInbox inbox;
  private final XmppDelivery delivery;
  private final XMPPTCPConnection connection;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final SecureRandom random = new SecureRandom();
  private volatile XmppRoom room;
  private volatile long heldUntil = System.nanoTime();
  private long pinged = System.nanoTime();

  XmppSession(
      XmppOptions options,
      Resourcepart resource,
      XmppOutbox outbox,
      XmppInbox inbox,
      XmppDelivery delivery) {
    this.options = options;
    this.outbox = outbox;
    this.inbox = inbox;
    this.delivery = delivery;
    connection = XmppConnections.create(options, resource);
  }

  /**
   * Connects, joins the room, and reads what was missed.
   *
   * @throws IOException or another of these when there is no way in at present
   */
  void open(Resourcepart nickname)
      throws IOException, XMPPException, SmackException, InterruptedException {
    connection.addConnectionListener(
        new ConnectionListener() {
          @Override
          public void connectionClosedOnError(Exception e) {
            closedOnError(e);
          }

          @Override
          public void connectionClosed() {
            end.completeExceptionally(new XmppProblem("the server closed the connection"));
          }
        });
    connection.connect();
    connection.login();
    inbox.interrupted();
    // In the reading thread itself: who does not keep up slows the server down.
    connection.addSyncStanzaListener(
        stanza -> {
          XmppRoom joining = room;
          if (joining != null) {
            joining.stanza(stanza);
          }
        },
        FromMatchesFilter.createBare(options.room()));
    XmppArchive archive = new XmppArchive(connection, options.room());
    boolean isArchived = archive.isThere();
    XmppRoom.Entry entry = enter(nickname, isArchived);
    if (entry == XmppRoom.Entry.CREATED) {
      XmppRoomSettings.apply(connection, options.room());
      isArchived = archive.isThere();
    }
    if (isArchived) {
      archive.read(inbox);
    }
    outbox.restart();
  }

  private XmppRoom.Entry enter(Resourcepart nickname, boolean isArchived)
      throws IOException, SmackException, InterruptedException {
    Resourcepart asked = nickname;
    for (int i = 0; i < NICKNAMES_TRIED; i++) {
      room = new XmppRoom(options.room(), asked, this);
      inbox.nickname(asked);
      Presence presence =
          StanzaBuilder.buildPresence(StanzaBuilder.buildPresence().getStanzaId())
              .to(occupant(asked))
              .addExtension(new MUCInitialPresence(null, -1, isArchived ? 0 : HISTORY, -1, null))
              .build();
      connection.sendStanza(presence);
      XmppRoom.Entry entry = await(room.entry());
      if (entry != XmppRoom.Entry.NICKNAME_TAKEN) {
        return entry;
      }
      asked = another(nickname);
    }
    throw new XmppProblem("all nicknames are taken");
  }

  private XmppRoom.Entry await(CompletableFuture<XmppRoom.Entry> entry)
      throws IOException, InterruptedException {
    try {
      CompletableFuture.anyOf(entry, end).get(ENTRY_SECONDS, TimeUnit.SECONDS);
      return entry.get(ENTRY_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new XmppProblem(e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw new XmppProblem("the room does not answer");
    }
  }

  private Resourcepart another(Resourcepart nickname) {
    try {
      return Resourcepart.from(
          nickname + "-" + Integer.toHexString(random.nextInt(0x1000, 0x10000)));
    } catch (XmppStringprepException e) {
      throw new IllegalStateException("a nickname with four digits more is one", e);
    }
  }

  private EntityFullJid occupant(Resourcepart nickname) {
    return JidCreate.entityFullFrom(options.room(), nickname);
  }

  /**
   * Sends what waits, until the session ends; always by throwing.
   *
   * @throws IOException when the connection or the stay in the room is over
   */
  void run() throws IOException, SmackException, InterruptedException {
    while (true) {
      check();
      long held = (heldUntil - System.nanoTime()) / 1_000_000;
      if (held > 0) {
        await(Math.min(held, TICK_MILLIS));
        continue;
      }
      Optional<XmppOutbox.Stanza> next = outbox.next(TICK_MILLIS);
      if (next.isPresent()) {
        send(next.get());
      }
    }
  }

  private void send(XmppOutbox.Stanza stanza)
      throws IOException, SmackException, InterruptedException {
    try {
      connection.sendStanza(
          StanzaBuilder.buildMessage(stanza.id())
              .ofType(Message.Type.groupchat)
              .to(options.room())
              .setBody(stanza.body())
              .build());
    } catch (SmackException.NotConnectedException e) {
      // What ended the connection says more.
      await(TICK_MILLIS);
      throw e;
    }
  }

  private void await(long millis) throws IOException, InterruptedException {
    try {
      end.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new XmppProblem(e.getCause().getMessage());
    }
  }

  private void check() throws IOException, SmackException, InterruptedException {
    if (end.isDone()) {
      await(0);
    }
    long silent = System.currentTimeMillis() - connection.getLastStanzaReceived();
    if (delivery.isFull() || silent < SILENT_MILLIS) {
      return;
    }
    if (silent > DEAD_MILLIS) {
      throw new XmppProblem("the server does not answer");
    }
    if (System.nanoTime() - pinged > TimeUnit.MILLISECONDS.toNanos(SILENT_MILLIS)) {
      pinged = System.nanoTime();
      ping();
    }
  }

  /** Asks oneself through the room: it says so when one is no longer in it (XEP-0410). */
  private void ping() {
    connection
        .sendIqRequestAsync(new Ping(occupant(room.nickname())))
        .onError(
            e -> {
              if (e instanceof XMPPException.XMPPErrorException refused
                  && refused.getStanzaError().getCondition()
                      == StanzaError.Condition.not_acceptable) {
                left("no longer in the room");
              }
            });
  }

  private void closedOnError(Exception e) {
    if (e instanceof XMPPException.StreamErrorException stream
        && stream.getStreamError().getCondition() == StreamError.Condition.policy_violation) {
      outbox.shorten();
    }
    end.completeExceptionally(new XmppProblem(XmppTransport.reason(e)));
  }

  /** Leaves the room and the server. */
  void close() {
    try {
      XmppRoom joined = room;
      if (connection.isAuthenticated() && joined != null) {
        Presence leaving =
            StanzaBuilder.buildPresence(StanzaBuilder.buildPresence().getStanzaId())
                .ofType(Presence.Type.unavailable)
                .to(occupant(joined.nickname()))
                .build();
        connection.trySendStanza(leaving);
      }
    } catch (SmackException.NotConnectedException e) {
      // Then the server knows.
    }
    if (end.isDone()) {
      connection.instantShutdown();
    } else {
      connection.disconnect();
    }
  }

  /** Asks the room for another nickname; it may refuse. */
  void rename(Resourcepart nickname) throws SmackException, InterruptedException {
    connection.sendStanza(
        StanzaBuilder.buildPresence(StanzaBuilder.buildPresence().getStanzaId())
            .to(occupant(nickname))
            .build());
  }

  @Override
  public void message(Message message, String archiveId) throws InterruptedException {
    inbox.message(message, archiveId);
  }

  @Override
  public void present(int others) {
    delivery.present(others);
  }

  @Override
  public void renamed(Resourcepart nickname) {
    inbox.nickname(nickname);
  }

  @Override
  public void refused(String stanza, StanzaError error) {
    if (error.getCondition() == StanzaError.Condition.not_acceptable) {
      left("no longer in the room");
      return;
    }
    heldUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HOLD_MILLIS);
    if (outbox.refused(stanza)) {
      delivery.complaint("the room refuses a message: " + error.getCondition());
    }
  }

  @Override
  public void left(String reason) {
    end.completeExceptionally(new XmppProblem(reason));
  }
}
