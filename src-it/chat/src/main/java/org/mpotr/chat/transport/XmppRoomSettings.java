package org.mpotr.chat.transport;

import java.util.List;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.jxmpp.jid.EntityBareJid;

/** What a room is to be like that nobody made before. */
final class XmppRoomSettings {

  /** Stays when nobody is there, and keeps an archive; by the names of several servers. */
  private static final List<String> WANTED =
      List.of(
          "muc#roomconfig_persistentroom",
          "muc#roomconfig_enablearchiving",
          "muc#roomconfig_enablelogging",
          "mam");

  private XmppRoomSettings() {}

  /** Asks for as much of that as the server offers, and opens the room. */
  static void apply(XMPPConnection connection, EntityBareJid address)
      throws XMPPException, SmackException, InterruptedException {
    MultiUserChat room = MultiUserChatManager.getInstanceFor(connection).getMultiUserChat(address);
    try {
      FillableForm form = room.getConfigurationForm().getFillableForm();
      for (String wanted : WANTED) {
        if (form.hasField(wanted)) {
          form.setAnswer(wanted, true);
        }
      }
      room.sendConfigurationForm(form);
    } catch (XMPPException.XMPPErrorException | IllegalArgumentException e) {
      // As the server makes rooms by itself.
      room.sendConfigurationForm(null);
    }
  }
}
