package org.mpotr.session.closing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mpotr.SeededRandom;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;
import org.mpotr.wire.Start;

/**
 * Members with their own private identity keys who really set up an epoch, talk, and close it; each
 * checks and opens what it hears. Somebody listens, and some of them betray the others.
 */
final class RealEpoch {

  private static final class Person {
    final Nickname nickname;
    final KeyPair identity;
    final Setup setup;
    Hello hello;
    GroupKey key;
    FrameSealer sealer;
    FrameOpener opener;
    Transcript transcript;

    Person(EpochParameters parameters, Script.Role role, KeyPair identity, SecureRandom random)
        throws GeneralSecurityException {
      this.nickname = role.nickname();
      this.identity = identity;
      this.setup =
          new Setup(
              IdentityKey.of(identity.getPrivate()),
              SessionParameterSpec.of(parameters, nickname),
              random);
    }
  }

  private final SecureRandom random;
  private final List<Person> people = new ArrayList<>();
  private final List<Message> heard = new ArrayList<>();
  private SetupEvidence evidence = SetupEvidence.NONE;

  private RealEpoch(EpochParameters parameters, List<KeyPair> identities, SecureRandom random)
      throws GeneralSecurityException {
    this.random = random;
    List<Script.Role> roles = roles(identities);
    for (int i = 0; i < identities.size(); i++) {
      people.add(new Person(parameters, roles.get(i), identities.get(i), random));
    }
  }

  /** So many identities. */
  static List<KeyPair> identities(String seed, int size) {
    List<KeyPair> identities = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      identities.add(IdentityKeys.generate(new SeededRandom(seed + " identity " + i)));
    }
    return identities;
  }

  /** Who these are to others. */
  static List<Script.Role> roles(List<KeyPair> identities) {
    List<Script.Role> roles = new ArrayList<>();
    for (KeyPair identity : identities) {
      Nickname nickname = new Nickname("person " + (char) ('A' + roles.size()));
      roles.add(new Script.Role(nickname, identity.getPublic()));
    }
    return roles;
  }

  /** What really happens when people say these lines. */
  static Recording of(
      EpochParameters parameters,
      List<KeyPair> identities,
      List<Script.Line> lines,
      Set<Nickname> witnesses,
      SecureRandom random)
      throws GeneralSecurityException {
    RealEpoch epoch = new RealEpoch(parameters, identities, random);
    epoch.setUp(witnesses);
    epoch.talk(lines);
    epoch.closeAll();
    return new Recording(parameters, epoch.heard, epoch.evidence);
  }

  private void setUp(Set<Nickname> witnesses) throws GeneralSecurityException {
    List<Message> said = new ArrayList<>();
    for (Person person : people) {
      person.hello = person.setup.hello(IdentityKeys.publicPoint(person.identity.getPublic()));
      said.add(person.hello);
    }
    said = shuffled(said);
    heard.addAll(said);
    Person starter =
        Collections.min(people, Comparator.comparing((Person person) -> Member.idOf(person.hello)));
    heard.add(
        starter.setup.start(
            Start.NO_PROPOSAL,
            people.stream().map(person -> ContinuingHello.hashOf(person.hello)).toList()));
    List<Message> next = new ArrayList<>();
    for (Person person : people) {
      next.add(person.setup.introduce(said, Map.of()));
    }
    said = shuffled(next);
    heard.addAll(said);
    next = new ArrayList<>();
    for (Person person : people) {
      next.add(person.setup.share(said));
    }
    said = shuffled(next);
    heard.addAll(said);
    next = new ArrayList<>();
    for (Person person : people) {
      next.add(person.setup.attest(said));
      if (witnesses.contains(person.nickname)) {
        evidence = evidence.with(person.setup.evidence(SecretAccess.GRANTED));
      }
    }
    said = shuffled(next);
    heard.addAll(said);
    for (Person person : people) {
      person.setup.conclude(said);
      person.key = person.setup.takeGroupKey();
      person.sealer = new FrameSealer(person.key);
      person.opener = new FrameOpener(person.key);
      person.transcript = new Transcript(person.key.sid(), person.key.roster());
    }
    people.sort(Comparator.comparingInt(person -> person.key.ownIndex()));
  }

  private List<Message> shuffled(List<Message> messages) {
    List<Message> inAnyOrder = new ArrayList<>(messages);
    Collections.shuffle(inAnyOrder, random);
    return inAnyOrder;
  }

  private void say(Person speaker, FrameKind kind, byte[] content) throws GeneralSecurityException {
    Transcript own = speaker.transcript;
    int place = speaker.key.ownIndex();
    FrameParameterSpec spec = FrameParameterSpec.of(kind, own.nextSeq(place), own.parents(place));
    byte[] frame = speaker.sealer.seal(spec, content, 0, content.length, random).frame();
    heard.add(new Frame(Bytes.leading(speaker.key.sid().toArray(), 8), place, Bytes.of(frame)));
    for (Person listener : people) {
      FrameOpener.Opened opened = listener.opener.open(frame);
      listener.transcript.place(opened.spec(), frame, opened.content());
    }
  }

  private List<Person> inAnyOrder() {
    List<Person> all = new ArrayList<>(people);
    Collections.shuffle(all, random);
    return all;
  }

  private void acknowledge() throws GeneralSecurityException {
    for (Person person : inAnyOrder()) {
      if (person.transcript.owesAcknowledgement(person.key.ownIndex())) {
        say(person, FrameKind.ACK, new byte[0]);
      }
    }
  }

  private void talk(List<Script.Line> lines) throws GeneralSecurityException {
    for (Script.Line line : lines) {
      Person speaker =
          people.stream().filter(p -> p.nickname.equals(line.speaker())).findFirst().orElseThrow();
      byte[] content = line.content().toArray();
      if (line.kind().equals(FrameKind.PRIVATE)) {
        int to = (speaker.key.ownIndex() + 1) % people.size();
        long seq = speaker.transcript.nextSeq(speaker.key.ownIndex());
        content = PrivateFrame.seal(speaker.key, to, seq, content).encoded();
      }
      say(speaker, line.kind(), content);
      acknowledge();
    }
  }

  private void closeAll() throws GeneralSecurityException {
    for (Person person : inAnyOrder()) {
      List<Bytes> frontier = person.transcript.frontier();
      say(
          person,
          FrameKind.CLOSE,
          new Farewell(Bytes.EMPTY, frontier, person.transcript.digests(frontier)).encoded());
    }
    acknowledge();
    for (Person person : inAnyOrder()) {
      say(person, FrameKind.END, new byte[0]);
    }
    for (Person person : inAnyOrder()) {
      Bytes id = person.key.roster().get(person.key.ownIndex()).id();
      Keys keys = person.key.secrets(SecretAccess.GRANTED).publication(id);
      heard.add(keys);
      person.key.destroy();
    }
  }

  /** A conversation of everybody. */
  static List<Script.Line> lines(List<Script.Role> roles, String... texts) {
    List<Script.Line> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(Script.Line.text(roles.get(lines.size() % roles.size()).nickname(), text));
    }
    return lines;
  }

  /** What was said in a verdict, by nickname. */
  static List<String> texts(Verdict verdict) {
    if (!(verdict instanceof Verdict.Accepted accepted)) {
      throw new AssertionError(verdict);
    }
    return accepted.conversation().stream()
        .filter(said -> said.kind().equals(FrameKind.TEXT))
        .map(
            said ->
                said.sender().nickname()
                    + ": "
                    + new String(said.content().toArray(), StandardCharsets.UTF_8))
        .toList();
  }
}
