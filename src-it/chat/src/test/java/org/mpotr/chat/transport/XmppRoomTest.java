package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;
import org.mpotr.wire.Armour;

/** What a room must do on any server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class XmppRoomTest {

  private final SecureRandom random = new SecureRandom();
  private XmppServer server;

  abstract XmppServer server(Path folder) throws IOException;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = server(folder.resolve("server"));
    server.start();
    for (String name : List.of("anna", "bea", "carl", "mallory")) {
      server.account(name);
    }
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private XmppMember member(String name, String room) throws InterruptedException {
    return new XmppMember(server.options(XmppServer.known(name), room, name)).join();
  }

  private byte[] bytes(int length) {
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    return drawn;
  }

  /** Different ones. */
  private List<byte[]> messages(int count, int length) {
    List<byte[]> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(bytes(length));
    }
    return made;
  }

  @Test
  void carriesAllSizesToEverybodyOneselfIncluded() throws Exception {
    try (XmppMember anna = member("anna", "sizes");
        XmppMember bea = member("bea", "sizes");
        XmppMember carl = member("carl", "sizes")) {
      List<byte[]> all = new ArrayList<>();
      List<XmppMember> members = List.of(anna, bea, carl);
      int tag = 0;
      for (XmppMember member : members) {
        for (int length : new int[] {1, 100, 4096, 40_000, 65_536, 262_144}) {
          byte[] message = bytes(length);
          // One byte is the same too easily.
          message[0] = (byte) tag++;
          all.add(message);
          member.transport.publish(message);
        }
      }
      for (XmppMember member : members) {
        member.awaitMessages(all);
        member.awaitOthers(2);
        member.awaitSource("anna");
        assertEquals(all.size(), member.received());
        assertEquals(1, member.most());
      }
    }
  }

  @Test
  void replaysToWhoComesLate() throws Exception {
    List<byte[]> early = messages(120, 300);
    early.add(bytes(150_000));
    try (XmppMember anna = member("anna", "late")) {
      early.forEach(anna.transport::publish);
      anna.awaitMessages(early);
      try (XmppMember bea = member("bea", "late")) {
        bea.awaitMessages(early);
        assertEquals(1, bea.most());
      }
    }
  }

  @Test
  void comesBackAfterAKick() throws Exception {
    try (XmppMember anna = member("anna", "kick");
        XmppMember bea = member("bea", "kick")) {
      List<byte[]> all = messages(30, 500);
      all.subList(0, 10).forEach(anna.transport::publish);
      bea.awaitMessages(all.subList(0, 10));
      kick("anna", "kick", "bea");
      all.subList(10, 20).forEach(anna.transport::publish);
      all.subList(20, 30).forEach(bea.transport::publish);
      bea.awaitReason("thrown out of the room");
      bea.awaitMessages(all);
      anna.awaitMessages(all);
      assertEquals(1, bea.most());
    }
  }

  private void kick(String owner, String room, String nickname) throws Exception {
    XMPPTCPConnection connection = connect(owner);
    try {
      MultiUserChat chat = chat(connection, room);
      chat.join(Resourcepart.from("the owner"));
      chat.kickParticipant(Resourcepart.from(nickname), "a test");
    } finally {
      connection.disconnect();
    }
  }

  private XMPPTCPConnection connect(String name) throws Exception {
    XmppAccount account = XmppServer.known(name);
    XMPPTCPConnection connection =
        new XMPPTCPConnection(
            XMPPTCPConnectionConfiguration.builder()
                .setXmppAddressAndPassword(account.address(), account.password())
                .setHostAddress(server.address().getAddress())
                .setPort(server.port)
                .setSecurityMode(SecurityMode.disabled)
                .build());
    connection.connect().login();
    return connection;
  }

  private static MultiUserChat chat(XMPPTCPConnection connection, String room) throws Exception {
    return MultiUserChatManager.getInstanceFor(connection)
        .getMultiUserChat(JidCreate.entityBareFrom(room + "@conference." + XmppServer.DOMAIN));
  }

  @Test
  void survivesTakenAndChangedNicknames() throws Exception {
    try (XmppMember anna = member("anna", "names");
        XmppMember bea =
            new XmppMember(server.options(XmppServer.known("bea"), "names", "anna")).join()) {
      anna.awaitOthers(1);
      List<byte[]> all = messages(4, 200_000);
      bea.transport.publish(all.get(0));
      anna.awaitMessages(all.subList(0, 1));
      // In the middle of long messages.
      bea.transport.publish(all.get(1));
      bea.transport.rename("beatrix");
      bea.transport.publish(all.get(2));
      anna.transport.publish(all.get(3));
      anna.awaitMessages(all);
      bea.awaitMessages(all);
      anna.awaitSource("beatrix");
      assertEquals(List.of("in the room"), bea.reasons());
    }
  }

  @Test
  void ignoresWhatIsNotArmour() throws Exception {
    try (XmppMember anna = member("anna", "hostile");
        XmppMember bea = member("bea", "hostile")) {
      XMPPTCPConnection mallory = connect("mallory");
      try {
        MultiUserChat chat = chat(mallory, "hostile");
        chat.join(Resourcepart.from("mallory"));
        for (String body : hostile()) {
          chat.sendMessage(body);
        }
        byte[] last = bytes(100);
        chat.sendMessage(Armour.encode(last));
        byte[] answer = bytes(100_000);
        bea.transport.publish(answer);
        anna.awaitMessages(List.of(last, answer));
        bea.awaitMessages(List.of(last, answer));
        assertEquals(2, anna.received());
        assertEquals(2, bea.received());
        assertEquals(List.of("in the room"), anna.reasons());
      } finally {
        mallory.disconnect();
      }
    }
  }

  private static List<String> hostile() {
    String id = "0123456789abcdef";
    return List.of(
        "hello",
        " ",
        "?mpOTR:",
        "?mpOTR:!!!!.",
        "?mpOTR:QQ.",
        "?mpOTR:QUFB\t\n.",
        "\u0085\u200e\u202e\ufeff ?mpOTR:QUFB.",
        "?mpOTR:" + "A".repeat(200_000),
        "x".repeat(200_000),
        new XmppPart(id, 0, 2, "?mpOTR:QU").body(),
        new XmppPart(id, 0, 2, "?mpOTR:QQ").body(),
        new XmppPart(id, 1, 3, "?mpOTR:QU").body(),
        new XmppPart(id, 1, 2, "hello").body(),
        "?mpOTR-part:" + id + ":9:2:A",
        "?mpOTR-part:" + id + ":0:999:A",
        "?mpOTR-part:" + id + ":0:2:",
        "?mpOTR-part:" + id + ":99999999999:99999999999:A",
        "?mpOTR-part:");
  }

  @Test
  void losesNothingWhenTheServerIsKilled() throws Exception {
    try (XmppMember anna = member("anna", "killed");
        XmppMember bea = member("bea", "killed");
        XmppMember carl = member("carl", "killed")) {
      List<XmppMember> members = List.of(anna, bea, carl);
      List<byte[]> all = messages(600, 1000);
      all.addAll(messages(6, 100_000));
      for (int i = 0; i < all.size(); i++) {
        members.get(i % 3).transport.publish(all.get(i));
        if (i == 200) {
          anna.awaitMessages(all.subList(0, 20));
          server.kill();
        }
        if (i == 400) {
          server.start();
        }
      }
      for (XmppMember member : members) {
        member.awaitMessages(all);
        assertTrue(member.reasons().size() > 1, () -> "it was not noticed: " + member.reasons());
      }
    }
  }
}
