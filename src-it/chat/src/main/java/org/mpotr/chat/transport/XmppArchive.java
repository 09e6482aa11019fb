package org.mpotr.chat.transport;

import java.util.List;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPConnection;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.mam.MamManager;
import org.jivesoftware.smackx.mam.MamManager.MamQuery;
import org.jivesoftware.smackx.mam.MamManager.MamQueryArgs;
import org.jivesoftware.smackx.mam.element.MamElements.MamResultExtension;
import org.jxmpp.jid.EntityBareJid;

/** The archive of a room, where it has one (XEP-0313). */
final class XmppArchive {

  private static final int PAGE = 50;
  private static final int FIRST_TIME = 500;

  private final MamManager archive;

  XmppArchive(XMPPConnection connection, EntityBareJid room) {
    archive = MamManager.getInstanceFor(connection, room);
  }

  boolean isThere() throws XMPPException, SmackException, InterruptedException {
    try {
      return archive.isSupported();
    } catch (XMPPException.XMPPErrorException e) {
      // Some servers say of a room that is about to be made that there is none.
      return false;
    }
  }

  /** Hands over everything after the last seen message, or the latest when there is none. */
  void read(XmppInbox inbox) throws XMPPException, SmackException, InterruptedException {
    if (!inbox.lastId().isEmpty()) {
      try {
        readOn(inbox);
        return;
      } catch (XMPPException.XMPPErrorException e) {
        if (e.getStanzaError().getCondition() != StanzaError.Condition.item_not_found) {
          throw e;
        }
        inbox.forgetPlace();
      }
    }
    readLatest(inbox);
  }

  private void readOn(XmppInbox inbox) throws XMPPException, SmackException, InterruptedException {
    boolean isAll = false;
    while (!isAll) {
      String after = inbox.lastId();
      MamQuery page =
          archive.queryArchive(
              MamQueryArgs.builder().afterUid(after).setResultPageSizeTo(PAGE).build());
      handOver(page, inbox);
      isAll = page.isComplete() || lastOf(page).isEmpty() || lastOf(page).equals(after);
      inbox.caughtUp(lastOf(page), isAll);
    }
  }

  /** From the end backwards: how far back the archive goes, nobody knows. */
  private void readLatest(XmppInbox inbox)
      throws XMPPException, SmackException, InterruptedException {
    MamQuery page =
        archive.queryArchive(
            MamQueryArgs.builder().queryLastPage().setResultPageSizeTo(PAGE).build());
    String latest = lastOf(page);
    handOver(page, inbox);
    int read = page.getMessageCount();
    while (!page.isComplete() && page.getMessageCount() > 0 && read < FIRST_TIME) {
      page =
          archive.queryArchive(
              MamQueryArgs.builder()
                  .beforeUid(page.getMamResultExtensions().get(0).getId())
                  .setResultPageSizeTo(PAGE)
                  .build());
      handOver(page, inbox);
      read += page.getMessageCount();
    }
    inbox.caughtUp(latest, true);
  }

  private static void handOver(MamQuery page, XmppInbox inbox) throws InterruptedException {
    for (MamResultExtension result : page.getMamResultExtensions()) {
      Message message = result.getForwarded().getForwardedStanza();
      if (message.getType() == Message.Type.groupchat) {
        inbox.message(message, "");
      }
    }
  }

  private static String lastOf(MamQuery page) {
    List<MamResultExtension> results = page.getMamResultExtensions();
    return results.isEmpty() ? "" : results.get(results.size() - 1).getId();
  }
}
