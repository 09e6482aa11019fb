package org.mpotr.chat.transport;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.sasl.SASLMechanism;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.parts.Resourcepart;

/** Connections to a server that are as safe as the options say, and not there yet. */
final class XmppConnections {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int REPLY_MILLIS = 30_000;

  /** Kept, since a logger that nobody holds is forgotten with its level. */
  private static final Logger LIBRARY = Logger.getLogger("org.jivesoftware");

  static {
    // It shows what servers send, as it is, on a terminal that others use; we are told anyway.
    LIBRARY.setLevel(Level.OFF);
  }

  private XmppConnections() {}

  /**
   * A connection to be made.
   *
   * @param resource the same each time, so that the server ends what is left of the last one
   */
  static XMPPTCPConnection create(XmppOptions options, Resourcepart resource) {
    XMPPTCPConnectionConfiguration.Builder builder =
        XMPPTCPConnectionConfiguration.builder()
            .setXmppAddressAndPassword(options.account().address(), options.account().password())
            .setResource(resource)
            .setLanguage(Locale.ROOT)
            .setSendPresence(false)
            .setCompressionEnabled(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setSecurityMode(options.isClearText() ? SecurityMode.disabled : SecurityMode.required)
            .addEnabledSaslMechanism(SASLMechanism.PLAIN)
            .addEnabledSaslMechanism("SCRAM-SHA-1");
    options.trust().ifPresent(builder::setCustomX509TrustManager);
    options.server().ifPresent(server -> at(builder, server));
    XMPPTCPConnection connection = new XMPPTCPConnection(builder.build());
    connection.setReplyTimeout(REPLY_MILLIS);
    // A stream that is resumed keeps others believing that one is there.
    connection.setUseStreamManagement(false);
    Roster roster = Roster.getInstanceFor(connection);
    roster.setRosterLoadedAtLogin(false);
    roster.setSubscriptionMode(Roster.SubscriptionMode.reject_all);
    return connection;
  }

  private static void at(XMPPTCPConnectionConfiguration.Builder builder, InetSocketAddress server) {
    if (server.isUnresolved()) {
      builder.setHost(server.getHostString());
    } else {
      builder.setHostAddress(server.getAddress());
    }
    builder.setPort(server.getPort());
  }
}
