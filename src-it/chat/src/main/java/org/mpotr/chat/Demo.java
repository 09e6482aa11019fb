package org.mpotr.chat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mpotr.chat.relay.LogEntry;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.WireException;

/** The demonstration, from starting a relay to searching what it saw. */
final class Demo {

  private static final long BASE_SECONDS = 120;
  private static final int CHANNEL_BYTES = 4;

  private final Script script;
  private final Narrator narrator;
  private final RelayWitness witness = new RelayWitness();
  private final List<DemoMember> members = new ArrayList<>();

  Demo(Script script, Narrator narrator) {
    this.script = script;
    this.narrator = narrator;
  }

  /** Whether everything held; what did not has been told. */
  boolean run(int port) throws IOException, GeneralSecurityException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(script.speakers().size());
    try (Relay relay = Relay.start(RelayOptions.DEFAULT.withPort(port), witness)) {
      narrator.step("A relay that nobody needs to trust");
      narrator.tell("listens at " + relay.uri() + ", orders and forwards, reads nothing");
      makeMembers();
      return agreeAndTalk(relay, threads) & inspect();
    } finally {
      threads.shutdownNow();
    }
  }

  private void makeMembers() throws GeneralSecurityException {
    narrator.step("Three members, each with an identity of its own");
    for (String speaker : script.speakers()) {
      DemoMember member = new DemoMember(speaker, script, narrator);
      members.add(member);
      narrator.tell(speaker + ", fingerprint " + Fingerprint.of(member.identity().getPublic()));
    }
  }

  private boolean agreeAndTalk(Relay relay, ExecutorService threads) throws InterruptedException {
    byte[] random = new byte[CHANNEL_BYTES];
    new SecureRandom().nextBytes(random);
    String channel = "demo-" + HexFormat.of().formatHex(random);
    narrator.step("They agree on a key, through channel " + channel + " alone");
    List<Future<Boolean>> conversations = new ArrayList<>();
    for (DemoMember member : members) {
      member.connect(relay.uri(), channel);
      conversations.add(threads.submit(member));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BASE_SECONDS + script.length());
    try {
      boolean isSame = compareViews(end);
      boolean isWhole = true;
      for (Future<Boolean> conversation : conversations) {
        isWhole &= conversation.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      return tellEnd() && isSame && isWhole;
    } catch (CancellationException e) {
      // A member ended before it had a key; its own reason follows.
      return tellFailures(conversations, end);
    } catch (ExecutionException e) {
      return tellFailures(conversations, end);
    } catch (TimeoutException e) {
      narrator.tell("NOT complete: the time for the demonstration is over");
      return false;
    }
  }

  private boolean compareViews(long end)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<View> views = new ArrayList<>();
    for (DemoMember member : members) {
      views.add(member.view().get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    }
    narrator.mark("session id: " + views.get(0).sid());
    narrator.step("What each of them holds now");
    for (int i = 0; i < members.size(); i++) {
      View view = views.get(i);
      narrator.tell(members.get(i).nickname() + " holds session " + view.sid());
      narrator.tell("  group code " + view.groupCode());
      view.roster().forEach(line -> narrator.tell("  " + line));
    }
    Set<View> different = new HashSet<>(views);
    boolean isSame = different.size() == 1;
    narrator.tell(
        isSame
            ? "all three attested the same key: session, roster, group code and exported secret"
            : "the members hold DIFFERENT keys or rosters");
    narrator.step("What they say, and what each of them hears");
    members.forEach(DemoMember::open);
    return isSame;
  }

  private boolean tellEnd() {
    boolean isWhole = true;
    for (DemoMember member : members) {
      boolean saw = member.saw(script);
      boolean erased = member.hasErased();
      narrator.tell(
          member.nickname()
              + " left with "
              + (saw ? "all " + script.length() + " lines" : "NOT all lines")
              + " and keys "
              + (erased ? "erased" : "NOT erased"));
      isWhole &= saw && erased;
    }
    return isWhole;
  }

  private boolean tellFailures(List<Future<Boolean>> conversations, long end)
      throws InterruptedException {
    for (int i = 0; i < members.size(); i++) {
      try {
        conversations.get(i).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        String reason =
            e.getCause() instanceof Exception cause
                ? ChatCommand.describe(cause)
                : String.valueOf(e.getCause());
        narrator.tell(members.get(i).nickname() + " FAILED: " + reason);
      } catch (TimeoutException e) {
        narrator.tell(members.get(i).nickname() + " did NOT end in time");
      }
    }
    return false;
  }

  private boolean inspect() throws GeneralSecurityException {
    narrator.step("What the relay saw");
    for (LogEntry entry : witness.log()) {
      narrator.tell(entry.toString());
    }
    RelaySearch search;
    try {
      search = new RelaySearch(witness.sightings());
    } catch (WireException e) {
      narrator.tell("the relay saw something that was NOT armoured: " + e.getMessage());
      return false;
    }
    narrator.tell(
        search.requests()
            + " requests with "
            + search.messages()
            + " messages: "
            + search.bytes()
            + " bytes as they came, "
            + search.openedBytes()
            + " with the armour removed");
    Set<String> found = new HashSet<>();
    for (Needle needle : needles()) {
      if (search.finds(needle)) {
        found.add(needle.kind());
      }
    }
    narrator.tell(
        "searched for "
            + members.size()
            + " nicknames, identities and fingerprints, and "
            + script.length()
            + " lines of text: "
            + (found.isEmpty() ? "none of them is there" : "FOUND " + found));
    if (search.tooShort() > 0) {
      narrator.tell(search.tooShort() + " of them are too short to be told from chance");
    }
    return found.isEmpty() && search.messages() > 0;
  }

  private List<Needle> needles() throws GeneralSecurityException {
    List<Needle> needles = new ArrayList<>();
    for (DemoMember member : members) {
      needles.add(Needle.ofName(member.nickname()));
      needles.addAll(Needle.ofIdentity(member.identity().getPublic()));
      needles.addAll(Needle.ofFingerprint(member.identity().getPublic()));
    }
    script.lines().forEach(line -> needles.add(Needle.ofLine(line)));
    return needles;
  }
}
