package org.mpotr.chat.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.room.Hall;
import org.mpotr.session.closing.Recording;

/** People talk, by nothing but what they type and see. */
class TalkTest {

  @TempDir Path folder;

  private final Hall hall = new Hall();
  private final List<Person> people = new ArrayList<>();

  private Person join(String nickname) throws Exception {
    Path downloads = Files.createDirectories(folder.resolve("for " + nickname));
    Person person = new Person(nickname, hall.enter(), downloads);
    people.add(person);
    return person;
  }

  private List<Person> group(String... nicknames) throws Exception {
    List<Person> group = new ArrayList<>();
    for (String nickname : nicknames) {
      group.add(join(nickname));
    }
    for (Person person : group) {
      person.await(nicknames.length + " are here");
    }
    return group;
  }

  @AfterEach
  void end() {
    people.forEach(Person::close);
  }

  private static String fingerprint(Person seenBy, String nickname) throws Exception {
    seenBy.forget();
    seenBy.type("/who");
    String line = seenBy.await("* " + nickname);
    return line.substring(line.indexOf(nickname) + nickname.length())
        .replace("(verified)", "")
        .strip();
  }

  @Test
  void whatIsSaidIsHeardAndConfirmed() throws Exception {
    List<Person> group = group("alice", "bob", "carol");
    group.get(0).type("tea at five?");
    for (Person person : group) {
      person.await("alice: tea at five?");
      person.await("1 all");
    }
    group.get(1).type("/whisper carol psst");
    group.get(2).await("bob (to you alone): psst");
    assertFalse(group.get(0).shown().stream().anyMatch(text -> text.contains("psst")));
  }

  @Test
  void whoComesAndGoesIsShown() throws Exception {
    List<Person> group = group("alice", "bob");
    Person carol = join("carol");
    group.get(0).await("may read what comes next");
    group.get(0).await("fully in: carol");
    carol.await("3 are here");
    assertFalse(group.get(1).talk().typed("/leave".toCharArray()));
    assertTrue(group.get(1).talk().leave());
    group.get(0).await("no longer here: bob");
    carol.await("no longer here: bob");
  }

  @Test
  void peopleVerifyEachOther() throws Exception {
    List<Person> group = group("alice", "bob", "carol");
    Person alice = group.get(0);
    Person bob = group.get(1);
    alice.type("/smp bob where did we meet?");
    alice.await("secret true");
    alice.type("Königsberg");
    bob.await("asks what you both know: where did we meet?");
    bob.type("/answer");
    bob.type("Königsberg");
    alice.await("bob is verified");
    bob.await("alice is verified");

    String fingerprint = fingerprint(alice, "carol");
    alice.type("/verify carol 00000 " + fingerprint.substring(6));
    alice.await("NOT the fingerprint");
    alice.type("/verify carol " + fingerprint);
    alice.await("carol is verified");
    alice.await(
        text -> text.startsWith("roster") && text.contains("carol, isSelf=false, isVerified=true"));
  }

  @Test
  void aFileGoesToWhoWantsIt() throws Exception {
    List<Person> group = group("alice", "bob");
    byte[] content = new byte[300_000];
    new SecureRandom().nextBytes(content);
    Path source = Files.write(folder.resolve("tea.bin"), content);
    group.get(0).type("/send " + source);
    group.get(0).await("you offer file 1: tea.bin");
    group.get(1).await("alice offers file 1: tea.bin, 300000 bytes");
    group.get(1).type("/get 1");
    group.get(1).await("file 1 is complete and verified");
    assertEquals(-1, Files.mismatch(source, folder.resolve("for bob/tea.bin")));
  }

  @Test
  void aClosedConversationCanBeForgedByAnybody() throws Exception {
    List<Person> group = group("alice", "bob");
    Person alice = group.get(0);
    alice.type("shall we?");
    group.get(1).await("alice: shall we?");
    group.get(1).type("yes");
    alice.await("bob: yes");
    alice.type("/close");
    group.get(1).await("the channel is closed");
    group.get(1).await("the keys of alice are public");
    group.get(1).await("the keys of bob are public");
    Path file = folder.resolve("talk.mpotr");
    group.get(1).type("/export " + file);
    group.get(1).await("anybody can change it");
    Recording.decode(Files.readAllBytes(file));
    group.get(1).type("/forge 2 never!");
    group.get(1).await("the judge accepts every word");
    group.get(1).await("*   bob: never!");
  }

  @Test
  void wrongCommandsAreExplained() throws Exception {
    Person alice = join("alice");
    alice.type("/nonsense");
    alice.await("no command /nonsense");
    alice.type("/verify");
    alice.await("usage: /verify NAME FINGERPRINT");
    alice.type("/smp nobody why");
    alice.await("nobody else here is called nobody");
    alice.type("/get x");
    alice.await("a number is wanted");
    alice.type("/get 7");
    alice.await("there is no file 7");
    alice.type("too early");
    alice.await("NOT done: you are in no group yet");
    alice.type("/help");
    alice.await("/forge LINE TEXT");
    alice.type("\u001b[2J");
    assertTrue(alice.shown().stream().noneMatch(text -> text.contains("\u001b")));
  }
}
