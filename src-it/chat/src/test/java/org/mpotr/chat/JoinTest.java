package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.MpotrProvider;
import org.mpotr.identity.Fingerprint;
import org.mpotr.identity.IdentityCertificates;
import org.mpotr.keystore.Contact;
import org.mpotr.keystore.ContactState;
import org.mpotr.keystore.ContactState.Way;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.IdentityStoreFile;
import org.mpotr.keystore.StoreCost;

/** Members in processes of their own, with lines on standard input and output. */
class JoinTest {

  private static final String PASSWORD = "correct horse";

  private final List<Program> started = new ArrayList<>();
  private String url;

  @AfterEach
  void end() {
    started.forEach(Program::close);
  }

  private Program start(Map<String, String> environment, List<String> args) throws IOException {
    Program program = new Program(args, environment);
    started.add(program);
    return program;
  }

  private Program join(Map<String, String> environment, String nickname, String... more)
      throws IOException {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("join", "--relay", url, "--channel", "tea", "--nickname", nickname));
    args.addAll(List.of("--setup-timeout", "8", "--plain"));
    args.addAll(Arrays.asList(more));
    return start(environment, args);
  }

  private static X509Certificate makeStore(Path file, String name) throws Exception {
    KeyPair identity = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    Instant now = Instant.now();
    X509Certificate certificate =
        IdentityCertificates.selfSigned(
            identity, name, now, now.plus(Duration.ofDays(1)), new SecureRandom());
    IdentityStore store = IdentityStore.empty(StoreCost.MIN);
    store.setIdentity("me", identity.getPrivate(), PASSWORD.toCharArray(), List.of(certificate));
    IdentityStoreFile.at(file).create(store, PASSWORD.toCharArray());
    return certificate;
  }

  @Test
  void membersTalkAndLeave(@TempDir Path folder) throws Exception {
    Program relay = start(Map.of(), List.of("relay", "--port", "0", "--log"));
    url = relay.awaitOut(line -> line.startsWith("relay at ")).substring("relay at ".length());
    Path store = folder.resolve("alice.mpotr");
    Fingerprint fingerprint = Fingerprint.of(makeStore(store, "alice").getPublicKey());

    Program alice = join(Map.of("MPOTR_PASSWORD", PASSWORD), "alice", "--store", store.toString());
    Program bob = join(Map.of(), "bob");
    Program carol = join(Map.of(), "carol");
    for (Program member : List.of(alice, bob, carol)) {
      member.awaitErr(line -> line.contains("3 are here"));
    }
    alice.type("Tea at five?");
    bob.awaitOut("alice: Tea at five?"::equals);
    alice.awaitErr("* line 1: all"::equals);
    bob.type("Grüße, \u001b[31mred\u001b[0m");
    for (Program other : List.of(alice, carol)) {
      other.awaitOut("bob: Grüße, ␛[31mred␛[0m"::equals);
    }
    bob.type("/who");
    bob.awaitErr(("* alice " + fingerprint)::equals);
    carol.endInput();
    assertEquals(0, carol.awaitExit(), carol::toString);
    bob.awaitErr(line -> line.contains("no longer here: carol"));
    alice.awaitErr(line -> line.contains("no longer here: carol"));
    alice.type("/close");
    for (Program member : List.of(alice, bob)) {
      member.awaitErr("* the channel is closed"::equals);
    }
    bob.endInput();
    assertEquals(0, alice.awaitExit(), alice::toString);
    bob.awaitExit();
    assertEquals(List.of("alice: Tea at five?", "bob: Grüße, ␛[31mred␛[0m"), alice.out());
    relay.terminate();
    relay.awaitExit();
    String log = String.join("\n", relay.out());
    assertTrue(Stream.of("alice", "bob", "carol", "Tea", "five").noneMatch(log::contains), log);
  }

  @Test
  void knowsWhoWasVerifiedBefore(@TempDir Path folder) throws Exception {
    Program relay = start(Map.of(), List.of("relay", "--port", "0"));
    url = relay.awaitOut(line -> line.startsWith("relay at ")).substring("relay at ".length());
    Path alices = folder.resolve("alice.mpotr");
    Path bobs = folder.resolve("bob.mpotr");
    X509Certificate alice = makeStore(alices, "alice");
    makeStore(bobs, "bob");
    char[] password = PASSWORD.toCharArray();
    IdentityStoreFile.at(bobs)
        .update(
            password,
            store -> {
              store.setContact(
                  "alice from work",
                  new Contact(alice, ContactState.verified(Way.FINGERPRINT, "me", Instant.now())));
              return null;
            });
    Map<String, String> environment = Map.of("MPOTR_PASSWORD", PASSWORD);
    join(environment, "alice", "--store", alices.toString());
    Program bob = join(environment, "bob", "--store", bobs.toString());
    bob.awaitErr("* alice is your verified contact alice from work"::equals);
    bob.awaitErr(line -> line.contains("2 are here"));
    bob.type("/who");
    bob.awaitErr(line -> line.startsWith("* alice (verified) "));
  }

  @Test
  void saysWhatIsWrong(@TempDir Path folder) throws Exception {
    url = "http://127.0.0.1:9";
    Path store = folder.resolve("alice.mpotr");
    makeStore(store, "alice");
    Program wrong = join(Map.of("MPOTR_PASSWORD", "wrong"), "alice", "--store", store.toString());
    assertEquals(1, wrong.awaitExit());
    assertTrue(wrong.err().get(0).startsWith("mpotr-chat: "), wrong::toString);
    Program none =
        join(Map.of("MPOTR_PASSWORD", "x"), "alice", "--store", "" + folder.resolve("no"));
    assertEquals(1, none.awaitExit());
    Program bad = join(Map.of(), "a\u0000lice".replace('\u0000', '\u0007'));
    assertEquals(2, bad.awaitExit(), bad::toString);
    assertTrue(Files.exists(store));
    for (Program program : started) {
      assertTrue(program.err().stream().noneMatch(l -> l.startsWith("\tat ")), program::toString);
    }
  }
}
