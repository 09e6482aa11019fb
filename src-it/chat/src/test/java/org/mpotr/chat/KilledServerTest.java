package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.transport.ProsodyServer;
import org.mpotr.chat.transport.XmppServer;

/**
 * Members in processes of their own go on when what is between them is killed, in the middle of a
 * set-up and of a conversation: nothing is lost, nothing comes twice.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledServerTest {

  private static final List<String> NAMES = List.of("alice", "bob", "carol");
  private static final int LINES = 10;

  /** What is between the members. */
  private interface Middle {
    void start() throws Exception;

    void kill() throws Exception;

    /** How this member gets there. */
    List<String> way(String nickname);
  }

  @TempDir Path folder;

  private final List<Program> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Program::close);
  }

  @Test
  void theRelayIsKilled() throws Exception {
    int port = XmppServer.freePort();
    List<String> command =
        List.of("relay", "--port", "" + port, "--backlog", "" + folder.resolve("backlog"));
    outlive(
        new Middle() {
          private Program relay;

          @Override
          public void start() throws Exception {
            relay = KilledServerTest.this.start(command);
            relay.awaitOut(line -> line.startsWith("relay at "));
          }

          @Override
          public void kill() throws Exception {
            relay.close();
            relay.awaitExit();
          }

          @Override
          public List<String> way(String nickname) {
            return List.of("--relay", "http://127.0.0.1:" + port, "--channel", "tea");
          }
        });
  }

  @Test
  void prosodyIsKilled() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), XmppServer.PASSWORD + "\n");
    try (XmppServer prosody = new ProsodyServer(folder.resolve("server"))) {
      prosody.start();
      for (String name : NAMES) {
        prosody.account(name);
      }
      prosody.kill();
      outlive(
          new Middle() {
            @Override
            public void start() throws Exception {
              prosody.start();
            }

            @Override
            public void kill() {
              prosody.kill();
            }

            @Override
            public List<String> way(String nickname) {
              return List.of(
                  "--xmpp",
                  nickname + "@" + XmppServer.DOMAIN,
                  "--channel",
                  "tea@conference." + XmppServer.DOMAIN,
                  "--xmpp-password-file",
                  password.toString(),
                  "--xmpp-server",
                  "127.0.0.1:" + prosody.address().getPort(),
                  "--xmpp-clear-text");
            }
          });
    }
  }

  private Program start(List<String> args) throws Exception {
    Program program = new Program(args, Map.of());
    started.add(program);
    return program;
  }

  private void outlive(Middle middle) throws Exception {
    middle.start();
    List<Program> members = new ArrayList<>();
    for (String name : NAMES) {
      List<String> args = new ArrayList<>(List.of("join", "--nickname", name, "--plain"));
      args.addAll(List.of("--setup-timeout", "8"));
      args.addAll(middle.way(name));
      members.add(start(args));
    }
    members.get(0).awaitErr(line -> line.contains("a set-up begins"));
    middle.kill();
    for (Program member : members) {
      member.awaitErr(line -> line.startsWith("* NOT connected"));
    }
    assertTrue(
        members.stream().anyMatch(m -> m.err().stream().noneMatch(l -> l.contains("are here"))),
        "the set-up was over before the kill");
    middle.start();
    for (Program member : members) {
      member.awaitErr(line -> line.contains("3 are here"));
    }
    converse(members, middle);
    for (Program member : members) {
      member.endInput();
    }
    for (Program member : members) {
      assertEquals(0, member.awaitExit(), member::toString);
    }
  }

  private static void converse(List<Program> members, Middle middle) throws Exception {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < LINES; i++) {
      for (int m = 0; m < members.size(); m++) {
        members.get(m).type("line " + i);
        expected.add(NAMES.get(m) + ": line " + i);
      }
      if (i == LINES / 3) {
        members.get(0).awaitOut("bob: line 0"::equals);
        middle.kill();
      } else if (i == 2 * LINES / 3) {
        middle.start();
      }
    }
    for (Program member : members) {
      for (String line : expected) {
        member.awaitOut(line::equals);
      }
      member.awaitErr(line -> line.contains("line " + expected.size() + ": all"));
      assertEquals(expected, new HashSet<>(member.out()));
      assertEquals(expected.size(), member.out().size(), "something came twice");
    }
  }
}
