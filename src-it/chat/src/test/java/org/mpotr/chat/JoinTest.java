package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.MpotrProvider;
import org.mpotr.chat.member.IdentityFile;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;

/** What the command says when there can be no conversation. */
@Timeout(60)
class JoinTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.start(RelayOptions.DEFAULT);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    relay.close();
  }

  /** How a command ended, and the last line it printed. */
  private record End(int exitCode, String out, String err) {
    String last() {
      List<String> lines = err.lines().toList();
      return lines.get(lines.size() - 1);
    }
  }

  @Test
  void anotherPreSharedKeyEndsTheSetup(@TempDir Path folder) throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "01".repeat(32) + "\n");
    Path two = Files.writeString(folder.resolve("two"), "02".repeat(32) + "\n");
    Future<End> alice = threads.submit(() -> join("alice", "2", "--psk-file", one.toString()));
    Future<End> bob = threads.submit(() -> join("bob", "2", "--psk-file", two.toString()));

    for (Future<End> member : List.of(alice, bob)) {
      End end = member.get(40, TimeUnit.SECONDS);
      assertEquals(1, end.exitCode());
      assertTrue(
          end.last()
              .matches(
                  "mpotr-chat: the set-up failed: bad-seal: member [01], id .*pre-shared key.*"),
          end::err);
      assertEquals("", end.out());
    }
  }

  @Test
  void aPreSharedKeyHas64Digits(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("psk"), "password");
    assertRefused(2, "64 hexadecimal digits", join("alice", "2", "--psk-file", file.toString()));
  }

  @Test
  void whoStaysAloneIsToldSo() {
    End end = join("alice", "2", "--setup-timeout", "1");
    assertEquals(1, end.exitCode());
    assertTrue(end.last().contains("setup-timeout: after 1 s the round HELLO"), end::err);
    assertTrue(end.last().contains("still lacks 1 of 2 members"), end::err);
  }

  @Test
  void aChannelServesOneGroup() throws Exception {
    join("alice", "2", "--setup-timeout", "1");
    join("bob", "2", "--setup-timeout", "1");
    assertRefused(1, "take another channel", join("carol", "2", "--setup-timeout", "20"));
  }

  @Test
  void aRelayThatIsNotThereEndsIt() {
    String nowhere = relay.uri().toString();
    relay.close();
    assertRefused(1, "no relay at " + nowhere.substring("http://".length()), join("alice", "2"));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(2, "--nickname", join("alice: I", "2"));
    assertRefused(2, "--nickname", join("", "2"));
    assertRefused(2, "--members", join("alice", "1"));
    assertRefused(2, "--members", join("alice", "257"));
    assertRefused(2, "--authentication", join("alice", "2", "--authentication", "none"));
    assertRefused(2, "--setup-timeout", join("alice", "2", "--setup-timeout", "0"));
    assertRefused(2, "Unknown option", join("alice", "2", "--password", "secret"));
  }

  @Test
  void anIdentityOpensWithItsPasswordAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("alice.p12");
    KeyPair made = IdentityFile.create(file, "right".toCharArray(), "alice", new MpotrProvider());
    Path wrong = Files.writeString(folder.resolve("wrong"), "wrong\n");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    String[] options = {"--identity", file.toString(), "--password-file"};

    assertEquals(made.getPublic(), IdentityFile.load(file, "right".toCharArray()).getPublic());
    assertRefused(
        1, "password", join("alice", "2", options[0], options[1], options[2], "" + wrong));
    assertRefused(
        1, "empty line", join("alice", "2", options[0], options[1], options[2], "" + empty));
  }

  private static void assertRefused(int exitCode, String reason, End end) {
    assertEquals(exitCode, end.exitCode(), end::err);
    assertTrue(end.err().contains(reason), end::err);
  }

  private End join(String nickname, String members, String... more) {
    List<String> args = new ArrayList<>(List.of("join", "--relay", relay.uri().toString()));
    args.addAll(List.of("--channel", "tea", "--nickname", nickname, "--members", members));
    args.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        ChatCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(args.toArray(String[]::new));
    return new End(exitCode, out.toString(), err.toString());
  }
}
