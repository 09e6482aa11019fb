package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.chat.terminal.Person;
import org.mpotr.chat.transport.HttpTransport;

/** A few members on a relay, over real sockets, which is gone for a while. */
class GroupTest {

  @TempDir Path folder;

  private final List<Person> people = new ArrayList<>();
  private Relay relay;

  @AfterEach
  void end() {
    people.forEach(Person::close);
    if (relay != null) {
      relay.close();
    }
  }

  private void join(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      people.add(new Person("member " + i, new HttpTransport(relay.uri(), "tea"), folder));
    }
    for (Person person : people) {
      person.await(count + " are here");
    }
  }

  /** Everybody says so many things; all hear all, once, and see that all are confirmed. */
  private void talk(int each, String about) throws Exception {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < each; i++) {
      for (int p = 0; p < people.size(); p++) {
        String text = about + " " + i;
        people.get(p).type(text);
        expected.add("member " + p + ": " + text);
      }
    }
    for (Person person : people) {
      person.await(expected.size(), text -> text.contains(": " + about));
      List<String> heard =
          person.shown().stream().filter(text -> text.contains(": " + about)).toList();
      assertEquals(expected, new HashSet<>(heard));
      assertEquals(expected.size(), heard.size(), "something came twice");
    }
  }

  @Test
  @Timeout(600)
  void aRelayThatComesBackFindsThemStillTalking() throws Exception {
    relay = Relay.start(RelayOptions.DEFAULT);
    int port = relay.uri().getPort();
    join(3);
    talk(2, "before");
    relay.close();
    for (Person person : people) {
      person.await("NOT connected");
      person.type("said into the void");
    }
    // All that it had is gone: it kept it in memory.
    relay = Relay.start(RelayOptions.DEFAULT.withPort(port));
    for (int p = 0; p < people.size(); p++) {
      for (Person listener : people) {
        listener.await(("member " + p + ": said into the void")::equals);
      }
    }
    talk(2, "after");
  }
}
