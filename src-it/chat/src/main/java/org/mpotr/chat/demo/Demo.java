package org.mpotr.chat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.chat.room.RoomListener.FileNews;
import org.mpotr.chat.transport.HttpTransport;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;
import org.mpotr.session.closing.Forger;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.closing.Script;
import org.mpotr.session.closing.TranscriptVerifier;
import org.mpotr.session.closing.Verdict;
import org.mpotr.wire.WireException;

/**
 * The demonstration: a relay and members, a conversation, a join, a file, a comparison of a secret,
 * a leave, a close, the publication of the keys, and a forged transcript that verifies.
 */
public final class Demo implements AutoCloseable {

  private static final String RELAY = "relay";
  private static final int FILE_BYTES = 200_000;
  private static final String SECRET = "the pear tree";

  /** Short times: a first group waits for a quarter of the set-up timeout. */
  private static final Limits QUICK = new Limits(8, 3_600, 600, 1_000, 3, 256, 1 << 16, 1L << 30);

  private final Story story;
  private final List<String> lines;
  private final RelayWitness witness = new RelayWitness();
  private final List<DemoMember> members = new ArrayList<>();
  private final Path folder;
  private String channel;
  private Relay relay;
  private int said;

  /**
   * A demonstration.
   *
   * @param lines what is said, at least 8 lines
   * @param folder where the file goes to and fro
   */
  public Demo(PrintWriter out, List<String> lines, Path folder) {
    this.story = new Story(out);
    this.lines = List.copyOf(lines);
    this.folder = folder;
  }

  /**
   * Runs it.
   *
   * @throws DemoFailedException when something did not come about
   */
  public void run(int port) throws Exception {
    startRelay(port);
    DemoMember alice = introduce("alice");
    DemoMember bob = introduce("bob");
    DemoMember carol = introduce("carol");
    meet(alice, bob);
    say(List.of(alice, bob), 2);
    join(carol, alice, bob);
    say(List.of(alice, bob, carol), 3);
    verify(alice, carol);
    share(bob, carol);
    leave(bob, alice, carol);
    say(List.of(carol, alice), lines.size() - said);
    Recording recording = close(alice, carol);
    forge(alice, recording);
    inspect();
  }

  private void startRelay(int port) throws IOException {
    story.step("A relay that nobody needs to trust");
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    channel = "demo-" + HexFormat.of().formatHex(random);
    relay = Relay.start(RelayOptions.DEFAULT.withPort(port), witness);
    story.fact(RELAY, "listens at " + relay.uri() + ", orders and forwards, reads nothing");
    story.step("Three people, each with an identity of its own");
  }

  private DemoMember introduce(String nickname) throws GeneralSecurityException {
    DemoMember member = new DemoMember(nickname, story);
    members.add(member);
    story.fact(nickname, "fingerprint " + Fingerprint.of(member.identity().getPublic()));
    return member;
  }

  private void join(DemoMember member) throws Exception {
    EpochParameters parameters = EpochParameters.of(channel).withLimits(QUICK);
    member.join(parameters, new HttpTransport(relay.uri(), channel));
  }

  private static Event.EpochOpened awaitGroup(DemoMember member, int size) throws Exception {
    return member.await(Event.EpochOpened.class, opened -> opened.roster().size() == size);
  }

  private void meet(DemoMember alice, DemoMember bob) throws Exception {
    story.step("Two of them agree on a key, through channel " + channel + " alone");
    join(alice);
    join(bob);
    String code = awaitGroup(alice, 2).groupCode();
    require(code.equals(awaitGroup(bob, 2).groupCode()), "the group codes differ");
    story.tell("they compare the group code " + code + " aloud: it is the same");
  }

  private void say(List<DemoMember> present, int count) throws Exception {
    story.step("What they say, and what each of them hears");
    for (int i = 0; i < count; i++) {
      DemoMember speaker = present.get(i % present.size());
      int before = speaker.heard().size();
      speaker.room().say(lines.get(said++)).get();
      speaker.awaitLines(before + 1);
      String line = speaker.heard().get(before);
      for (DemoMember listener : present) {
        listener.await(
            Event.MessageDelivered.class,
            event -> line.endsWith(": " + new String(event.content().toArray(), UTF_8)));
      }
    }
    DemoMember last = present.get((count - 1) % present.size());
    last.await(Event.StatusChanged.class, changed -> changed.status().isConfirmedByAll());
    story.tell("each message is confirmed by everybody, by signature");
  }

  private void join(DemoMember carol, DemoMember... others) throws Exception {
    story.step("A third one joins, and learns nothing of what was said before");
    join(carol);
    awaitGroup(carol, others.length + 1);
    for (DemoMember other : others) {
      awaitGroup(other, others.length + 1);
    }
    require(carol.heard().isEmpty(), "carol has heard what was said before");
  }

  private void verify(DemoMember asker, DemoMember asked) throws Exception {
    story.step("Two of them make sure who the other is, by something that both know");
    Event.EpochOpened epoch = awaitGroup(asker, 3);
    byte[] secret = SECRET.getBytes(UTF_8);
    asker
        .room()
        .run(c -> c.askSmp(asker.member(epoch, asked.nickname()), "where is the garden?", secret))
        .get();
    Event.SmpAsked question = asked.await(Event.SmpAsked.class, event -> true);
    asked.room().run(c -> c.answerSmp(question.member(), secret)).get();
    asker.await(Event.Verified.class, event -> true);
    asked.await(Event.Verified.class, event -> true);
    story.tell("neither has told the other the secret, and the relay could learn nothing of it");
  }

  private void share(DemoMember owner, DemoMember receiver) throws Exception {
    story.step("A file");
    byte[] content = new byte[FILE_BYTES];
    new SecureRandom().nextBytes(content);
    Path source = Files.write(folder.resolve("garden.jpg"), content);
    Path target = Files.createDirectories(folder.resolve(receiver.nickname()));
    owner.room().offer(source).get();
    FileNews.Offered offered = receiver.awaitFile(FileNews.Offered.class);
    receiver.room().accept(offered.number(), target).get();
    Path received = receiver.awaitFile(FileNews.Completed.class).path();
    require(Files.mismatch(source, received) == -1, "the file is another one");
  }

  private void leave(DemoMember leaver, DemoMember... others) throws Exception {
    story.step("One leaves; what is said from now on is not for its eyes");
    int before = leaver.heard().size();
    leaver.room().run(Channel::leave).get();
    leaver.await(Event.ChannelClosed.class, event -> true);
    for (DemoMember other : others) {
      other.await(
          Event.EpochOpened.class,
          opened ->
              opened.roster().size() == others.length
                  && opened.left().stream()
                      .anyMatch(m -> m.nickname().toString().equals(leaver.nickname())));
    }
    require(leaver.heard().size() == before, "somebody who left hears on");
  }

  private Recording close(DemoMember alice, DemoMember carol) throws Exception {
    story.step("They close the channel, erase its keys, and publish what can sign and tag");
    Event.EpochOpened last =
        alice.await(
            Event.EpochOpened.class,
            opened -> opened.left().stream().anyMatch(m -> m.nickname().toString().equals("bob")));
    alice.room().run(Channel::close).get();
    for (DemoMember member : List.of(alice, carol)) {
      member.await(Event.ChannelClosed.class, event -> true);
    }
    for (DemoMember other : List.of(alice, carol)) {
      alice.await(
          Event.KeysPublished.class,
          published ->
              published.sid().equals(last.sid())
                  && published.member().nickname().toString().equals(other.nickname()));
      story.fact(RELAY, "sees published keys of " + other.nickname() + "'s, as anybody may");
    }
    return alice
        .room()
        .call(c -> c.recording(last.sid()))
        .get()
        .orElseThrow(() -> new DemoFailedException("nothing was recorded"));
  }

  private void forge(DemoMember alice, Recording recording) throws Exception {
    story.step("Anybody can now make up what was said, and it verifies");
    List<PublicKey> people = members.stream().map(m -> m.identity().getPublic()).toList();
    TranscriptVerifier judge = new TranscriptVerifier(people);
    Verdict.Accepted verdict = accepted(judge, recording);
    show("the judge accepts the recording that was made:", verdict);
    List<Script.Line> invented = new ArrayList<>(verdict.lines());
    Script.Line line = invented.get(invented.size() - 1);
    invented.set(
        invented.size() - 1, Script.Line.text(line.speaker(), "I never said anything at all."));
    Recording forged = new Forger(new SecureRandom()).retell(recording, invented);
    Verdict.Accepted again = accepted(judge, forged);
    require(again.lines().equals(invented), "the forged recording says something else");
    show("and the judge accepts the forged one, every signature and tag of it:", again);
    story.tell("so a recording proves nothing about anybody");
    require(alice.heard().stream().noneMatch(l -> l.contains("I never said")), "it was said");
  }

  private static Verdict.Accepted accepted(TranscriptVerifier judge, Recording recording)
      throws DemoFailedException {
    if (judge.judge(recording) instanceof Verdict.Accepted accepted) {
      return accepted;
    }
    throw new DemoFailedException("the judge refuses the recording");
  }

  private void show(String title, Verdict.Accepted verdict) {
    story.tell(title);
    for (Script.Line line : verdict.lines()) {
      story.tell("  " + line.speaker() + ": " + new String(line.content().toArray(), UTF_8));
    }
  }

  private void inspect() throws GeneralSecurityException, DemoFailedException {
    story.step("What the relay saw");
    RelaySearch search;
    try {
      search = new RelaySearch(witness.sightings());
    } catch (WireException e) {
      throw new DemoFailedException("the relay saw something that was not armoured");
    }
    story.fact(
        RELAY,
        search.requests()
            + " requests with "
            + search.messages()
            + " messages, "
            + search.bytes()
            + " bytes");
    Set<String> found = new TreeSet<>();
    for (Needle needle : needles()) {
      if (search.finds(needle)) {
        found.add(needle.kind());
      }
    }
    require(found.isEmpty(), "the relay saw " + found);
    require(search.messages() > 0, "the relay saw nothing");
    story.fact(RELAY, "no nickname, identity, fingerprint or line of text: all were searched for");
  }

  private List<Needle> needles() throws GeneralSecurityException {
    List<Needle> needles = new ArrayList<>();
    for (DemoMember member : members) {
      needles.add(Needle.ofName(member.nickname()));
      needles.addAll(Needle.ofIdentity(member.identity().getPublic()));
      needles.addAll(Needle.ofFingerprint(member.identity().getPublic()));
    }
    lines.forEach(line -> needles.add(Needle.ofLine(line)));
    return needles;
  }

  private static void require(boolean holds, String what) throws DemoFailedException {
    if (!holds) {
      throw new DemoFailedException(what);
    }
  }

  /** The story as a page of HTML. */
  public String page() {
    List<String> columns = new ArrayList<>(members.stream().map(DemoMember::nickname).toList());
    columns.add(RELAY);
    return StoryPage.of(story.steps(), columns);
  }

  /** Ends everything that it began. */
  @Override
  public void close() {
    members.forEach(DemoMember::close);
    if (relay != null) {
      relay.close();
    }
  }
}
