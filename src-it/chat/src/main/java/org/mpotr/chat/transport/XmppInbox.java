package org.mpotr.chat.transport;

import java.util.Optional;
import org.jivesoftware.smack.packet.Message;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.parts.Resourcepart;
import org.mpotr.wire.Armour;
import org.mpotr.wire.WireException;

/**
 * What comes from a room, over all connections to it: the armoured messages in it, each once as far
 * as this can be told, and the place in the room's archive up to which nothing is missing.
 */
final class XmppInbox {

  private static final int REMEMBERED = 8192;
  private static final int MAX_ID = 256;

  private final EntityBareJid room;
  private final XmppOutbox outbox;
  private final XmppDelivery delivery;
  private final XmppSeen seen = new XmppSeen(REMEMBERED);
  private final XmppSeen nicknames = new XmppSeen(REMEMBERED);
  private final XmppAssembly assembly = new XmppAssembly();
  private String lastId = "";
  private boolean isCurrent;

  XmppInbox(EntityBareJid room, XmppOutbox outbox, XmppDelivery delivery) {
    this.room = room;
    this.outbox = outbox;
    this.delivery = delivery;
  }

  /** A message of a room by one of its occupants, of whatever kind. */
  void message(Message message, String archiveId) throws InterruptedException {
    // Not under the lock: waiting for the subscriber must not keep others from asking.
    Optional<byte[]> armoured = open(message);
    if (armoured.isPresent()) {
      delivery.message(armoured.get(), source(message));
    }
    came(archiveId);
  }

  private synchronized Optional<byte[]> open(Message message) {
    String body = message.getBody();
    String nickname = source(message);
    if (body == null || nickname.isEmpty() || !room.isParentOf(message.getFrom())) {
      return Optional.empty();
    }
    String id = message.getStanzaId() == null ? "" : message.getStanzaId();
    if (nicknames.contains(nickname)) {
      outbox.reflected(id, nickname);
    }
    Optional<XmppPart> part = XmppPart.parse(body);
    boolean isOurs = Armour.isArmoured(body) || part.isPresent();
    if (!isOurs || id.length() > MAX_ID) {
      return Optional.empty();
    }
    if (!id.isEmpty() && !seen.add(nickname + "/" + id)) {
      return Optional.empty();
    }
    return (part.isPresent() ? assembly.add(nickname, part.get()) : Optional.of(body))
        .flatMap(XmppInbox::decode);
  }

  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Armour.decode(text));
    } catch (WireException e) {
      // Anybody can say anything in a room. It is none of ours.
      return Optional.empty();
    }
  }

  private static String source(Message message) {
    Resourcepart nickname =
        message.getFrom() == null ? null : message.getFrom().getResourceOrNull();
    return nickname == null ? "" : nickname.toString();
  }

  /** One is called so in the room, or was. */
  synchronized void nickname(Resourcepart nickname) {
    nicknames.add(nickname.toString());
  }

  /** A live message was handed over, before which nothing is missing any more. */
  private synchronized void came(String archiveId) {
    if (isCurrent && !archiveId.isEmpty() && archiveId.length() <= MAX_ID) {
      lastId = archiveId;
    }
  }

  /** From now on messages come without those before them. */
  synchronized void interrupted() {
    isCurrent = false;
  }

  /** The archive was read up to here. */
  synchronized void caughtUp(String archiveId, boolean isAll) {
    if (!archiveId.isEmpty() && archiveId.length() <= MAX_ID) {
      lastId = archiveId;
    }
    isCurrent = isAll;
  }

  /** Where in the archive to go on, or empty. */
  synchronized String lastId() {
    return lastId;
  }

  /** The archive does not know the place any more. */
  synchronized void forgetPlace() {
    lastId = "";
  }
}
