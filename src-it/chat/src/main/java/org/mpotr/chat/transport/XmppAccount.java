package org.mpotr.chat.transport;

import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Who one is at an XMPP server. The password is never shown. */
public final class XmppAccount {

  private final EntityBareJid address;
  private final String password;

  private XmppAccount(EntityBareJid address, String password) {
    this.address = address;
    this.password = password;
  }

  /**
   * An account.
   *
   * @param address such as {@code anna@example.org}
   * @throws IllegalArgumentException when this is not the address of an account
   */
  public static XmppAccount of(String address, String password) {
    try {
      return new XmppAccount(JidCreate.entityBareFrom(address), password);
    } catch (XmppStringprepException e) {
      throw new IllegalArgumentException("an account is named like anna@example.org", e);
    }
  }

  EntityBareJid address() {
    return address;
  }

  String password() {
    return password;
  }

  /** The address only. */
  @Override
  public String toString() {
    return address.toString();
  }
}
