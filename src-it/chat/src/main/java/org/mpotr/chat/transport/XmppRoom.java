package org.mpotr.chat.transport;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.packet.MUCUser;
import org.jivesoftware.smackx.sid.element.StanzaIdElement;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.parts.Resourcepart;

/** What a room says to one of its occupants while he is in it (XEP-0045). */
final class XmppRoom {

  /** How joining went. */
  enum Entry {
    JOINED,
    /** The room did not exist before and waits for its settings. */
    CREATED,
    /** Somebody else has the nickname. */
    NICKNAME_TAKEN
  }

  /** To whom it is told; all but the last in the connection's reading thread. */
  interface Listener {
    /** A message of the room, live or of its history. */
    void message(Message message, String archiveId) throws InterruptedException;

    void present(int others);

    void renamed(Resourcepart nickname);

    /** A stanza of ours was not taken. */
    void refused(String stanza, StanzaError error);

    /** One is no longer in the room. */
    void left(String reason);
  }

  private static final int MAX_OCCUPANTS = 10_000;

  private final EntityBareJid address;
  private final Listener listener;
  private final Set<Resourcepart> occupants = new HashSet<>();
  private final CompletableFuture<Entry> entry = new CompletableFuture<>();
  private volatile Resourcepart nickname;

  /** A room that is about to be joined under a nickname. */
  XmppRoom(EntityBareJid address, Resourcepart nickname, Listener listener) {
    this.address = address;
    this.nickname = nickname;
    this.listener = listener;
  }

  CompletableFuture<Entry> entry() {
    return entry;
  }

  Resourcepart nickname() {
    return nickname;
  }

  /** A stanza came from the room's address. */
  void stanza(Stanza stanza) throws InterruptedException {
    if (stanza instanceof Message message) {
      if (message.getType() == Message.Type.groupchat) {
        listener.message(message, archiveId(message));
      } else if (message.getType() == Message.Type.error && message.getError() != null) {
        listener.refused(String.valueOf(message.getStanzaId()), message.getError());
      }
    } else if (stanza instanceof Presence presence) {
      presence(presence);
    }
  }

  /** The id in the room's archive, as the room itself says, or empty (XEP-0359). */
  private String archiveId(Message message) {
    return message.getExtensions(StanzaIdElement.class).stream()
        .filter(id -> address.toString().equals(id.getBy()))
        .findFirst()
        .map(StanzaIdElement::getId)
        .orElse("");
  }

  private void presence(Presence presence) {
    Resourcepart who = presence.getFrom().getResourceOrNull();
    MUCUser user = MUCUser.from(presence);
    if (presence.getType() == Presence.Type.error) {
      refusedEntry(presence.getError());
    } else if (who != null && presence.getType() == Presence.Type.available) {
      arrived(who, user);
    } else if (who != null && presence.getType() == Presence.Type.unavailable) {
      gone(who, user);
    }
  }

  private void arrived(Resourcepart who, MUCUser user) {
    if (occupants.size() < MAX_OCCUPANTS) {
      occupants.add(who);
    }
    if (has(user, MUCUser.Status.PRESENCE_TO_SELF_110)) {
      // The room may have made another name of the one that was asked for.
      rename(who);
      boolean isNew = has(user, MUCUser.Status.ROOM_CREATED_201);
      entry.complete(isNew ? Entry.CREATED : Entry.JOINED);
    }
    count();
  }

  private void gone(Resourcepart who, MUCUser user) {
    occupants.remove(who);
    if (!who.equals(nickname)) {
      count();
      return;
    }
    Optional<Resourcepart> renamed =
        Optional.ofNullable(user)
            .filter(known -> has(known, MUCUser.Status.NEW_NICKNAME_303))
            .flatMap(known -> Optional.ofNullable(known.getItem()))
            .flatMap(item -> Optional.ofNullable(item.getNick()));
    if (renamed.isPresent()) {
      rename(renamed.get());
    } else {
      String reason =
          has(user, MUCUser.Status.KICKED_307) ? "thrown out of the room" : "no longer in the room";
      entry.completeExceptionally(new XmppProblem(reason));
      listener.left(reason);
    }
  }

  private void rename(Resourcepart newName) {
    if (!newName.equals(nickname)) {
      nickname = newName;
      listener.renamed(newName);
    }
  }

  private void refusedEntry(StanzaError error) {
    if (error != null && error.getCondition() == StanzaError.Condition.conflict) {
      // After the entry this was another nickname, which one did not get.
      entry.complete(Entry.NICKNAME_TAKEN);
    } else {
      entry.completeExceptionally(
          new XmppProblem(
              "the room refuses: " + (error == null ? "no reason given" : error.getCondition())));
    }
  }

  private void count() {
    if (entry.isDone()) {
      listener.present(Math.max(0, occupants.size() - 1));
    }
  }

  private static boolean has(MUCUser user, MUCUser.Status status) {
    return user != null && user.getStatus().contains(status);
  }
}
