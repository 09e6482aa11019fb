package org.mpotr.chat.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * How a room of an XMPP server is reached.
 *
 * @param account who one is at one's own server
 * @param room the channel: a room of a multi-user chat (XEP-0045), of any server
 * @param nickname the name in the room; when somebody else has it, another one is made of it
 * @param server where one's own server is; when empty, what DNS says of the account's domain
 * @param trust who decides on the server's certificate; when empty, the JDK's certificate
 *     authorities. The certificate's name is checked too, whoever decides.
 * @param isClearText whether to do without TLS, which is refused unless the server is on loopback
 */
public record XmppOptions(
    XmppAccount account,
    EntityBareJid room,
    Resourcepart nickname,
    Optional<InetSocketAddress> server,
    Optional<X509TrustManager> trust,
    boolean isClearText) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when clear text would go farther than loopback
   */
  public XmppOptions {
    boolean isLoopback =
        server.isPresent()
            && !server.get().isUnresolved()
            && server.get().getAddress().isLoopbackAddress();
    if (isClearText && !isLoopback) {
      throw new IllegalArgumentException("without TLS only a server on loopback is used");
    }
  }

  /**
   * With TLS, the server that DNS knows, and the JDK's certificate authorities.
   *
   * @param room such as {@code friends@conference.example.org}
   * @throws IllegalArgumentException when this is not the address of a room or not a nickname
   */
  public static XmppOptions of(XmppAccount account, String room, String nickname) {
    try {
      return new XmppOptions(
          account,
          JidCreate.entityBareFrom(room),
          Resourcepart.from(nickname),
          Optional.empty(),
          Optional.empty(),
          false);
    } catch (XmppStringprepException e) {
      throw new IllegalArgumentException(
          "a room is named like friends@conference.example.org, and a nickname is some text", e);
    }
  }

  /** The same at an address instead of the one that DNS knows. */
  public XmppOptions withServer(InetSocketAddress newServer) {
    return new XmppOptions(account, room, nickname, Optional.of(newServer), trust, isClearText);
  }

  /** The same with somebody else who decides on certificates. */
  public XmppOptions withTrust(X509TrustManager newTrust) {
    return new XmppOptions(account, room, nickname, server, Optional.of(newTrust), isClearText);
  }

  /**
   * The same without TLS.
   *
   * @throws IllegalArgumentException when the server is not given by an address on loopback
   */
  public XmppOptions inClearText() {
    return new XmppOptions(account, room, nickname, server, trust, true);
  }
}
