package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Relay and members as people start them, each in a process of its own. */
@Timeout(120)
class SeparateProcessesTest {

  private static final Map<String, String> PASSWORD = Map.of("MPOTR_PASSWORD", "correct horse");

  private final List<Program> started = new ArrayList<>();
  private String url;

  @AfterEach
  void end() {
    started.forEach(Program::close);
  }

  @Test
  void threeMembersTalkAndLeaveInBothModes(@TempDir Path folder) throws Exception {
    Program relay = start(Map.of(), List.of("relay", "--port", "0", "--log"));
    url = relay.awaitOut(line -> line.startsWith("relay at ")).substring("relay at ".length());
    String identity = folder.resolve("alice.p12").toString();
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");

    Program made =
        start(
            Map.of(),
            args("triple-dh", "alice", "--identity", identity, "--password-file", "" + password));
    talk("triple-dh", made);
    Program kept = start(PASSWORD, args("signature", "alice", "--identity", identity));
    talk("signature", kept);

    assertEquals(line(made, "* you are alice"), line(kept, "* you are alice"));
    relay.terminate();
    relay.awaitExit();
    assertTrue(relay.out().contains("relay stopped"), relay::toString);
    String log = String.join("\n", relay.out());
    assertTrue(Stream.of("alice", "bob", "carol", "Tea", "five").noneMatch(log::contains), log);
  }

  private void talk(String mode, Program alice) throws Exception {
    Program bob = start(Map.of(), args(mode, "bob"));
    Program carol = start(Map.of(), args(mode, "carol"));

    alice.type("Tea at five?");
    bob.awaitOut("alice: Tea at five?"::equals);
    bob.type("Grüße, \u001b[31mred\u001b[0m");
    for (Program other : List.of(alice, carol)) {
      other.awaitOut("bob: Grüße, ␛[31mred␛[0m"::equals);
    }
    carol.type("until five");
    carol.endInput();
    bob.awaitErr("* carol left"::equals);
    alice.awaitErr("* carol left"::equals);
    bob.endInput();
    alice.endInput();

    List<Program> all = List.of(alice, bob, carol);
    for (Program member : all) {
      assertEquals(0, member.awaitExit(), member::toString);
      assertTrue(member.err().contains("* keys erased"), member::toString);
      assertEquals(line(alice, "* session id: "), line(member, "* session id: "));
      assertEquals(line(alice, "* group code: "), line(member, "* group code: "));
    }
    assertTrue(line(alice, "* session id: ").matches("\\* session id: [0-9a-f]{64}"));
    assertEquals(List.of("bob: Grüße, ␛[31mred␛[0m", "carol: until five"), alice.out());
    assertEquals(List.of("alice: Tea at five?", "carol: until five"), bob.out());
    assertEquals(List.of("alice: Tea at five?", "bob: Grüße, ␛[31mred␛[0m"), carol.out());
  }

  private static String line(Program program, String start) {
    return program.err().stream().filter(line -> line.startsWith(start)).findFirst().orElse("");
  }

  private List<String> args(String mode, String nickname, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("join", "--relay", url, "--channel", mode, "--nickname", nickname));
    args.addAll(List.of("--members", "3", "--authentication", mode));
    args.addAll(List.of(more));
    return args;
  }

  private Program start(Map<String, String> environment, List<String> args) throws IOException {
    Program program = new Program(args, environment);
    started.add(program);
    return program;
  }
}
