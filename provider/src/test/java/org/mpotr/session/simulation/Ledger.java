package org.mpotr.session.simulation;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.MessageType;

/**
 * Keeps the books of a simulation: what was really said and by whom, and whether what members are
 * told agrees with that and with each other. A liar's own view counts for nothing.
 */
public final class Ledger implements Observer {

  private static final int SID_OFFSET = 2;
  private static final int SENDER_OFFSET = 34;
  private static final int HEADER_BYTES = 36;

  private record Number(Channel channel, long number) {}

  private record Said(SimulatedMember by, Bytes content, Optional<PublicPoint> to) {}

  private record View(Roster roster, EpochParameters parameters, String groupCode) {}

  private record Delivered(PublicPoint sender, Bytes content) {}

  /** What one member has of one epoch. */
  private static final class Page {
    final Map<Bytes, Delivered> delivered = new TreeMap<>();
    final Set<Bytes> whispered = new HashSet<>();
    final Set<PublicPoint> published = new HashSet<>();
    boolean isClosed;
    boolean isClosedInFull;
    boolean isDisputed;
  }

  private final Map<Number, Said> asked = new HashMap<>();
  private final Map<Bytes, Said> said = new HashMap<>();
  private final Map<Number, Bytes> ids = new HashMap<>();
  private final Set<Number> notSent = new HashSet<>();
  private final Set<Bytes> confirmed = new HashSet<>();
  private final Map<Bytes, View> views = new HashMap<>();
  private final Map<Bytes, Bytes> sidsByKey = new HashMap<>();
  private final Map<SimulatedMember, Map<Bytes, Page>> pages = new HashMap<>();
  private final Map<Bytes, Bytes> keyStreams = new HashMap<>();
  private final Map<PublicPoint, SimulatedMember> people = new HashMap<>();
  private final Set<SimulatedMember> liars = new HashSet<>();
  private final Set<SimulatedMember> strangers = new HashSet<>();
  private final Set<SimulatedMember> evicted = new HashSet<>();
  private final Map<Bytes, Set<Bytes>> lineage = new HashMap<>();
  private final Set<String> violations = new LinkedHashSet<>();

  /** What broke the rules so far. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** Something else broke a rule. */
  public void violated(String rule) {
    violations.add(rule);
  }

  /** Somebody is there. */
  public void knows(SimulatedMember member) {
    try {
      people.put(IdentityKeys.publicPoint(member.identity().getPublic()), member);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
    pages.put(member, new HashMap<>());
  }

  /** A member may do whatever it likes. */
  public void lies(SimulatedMember member) {
    liars.add(member);
  }

  /** Whether a member is known to lie. */
  public boolean isLiar(SimulatedMember member) {
    return liars.contains(member);
  }

  /** It is the policy of all others to have nothing to do with a member. */
  public void refusedByAll(SimulatedMember member) {
    strangers.add(member);
  }

  /** Whether all others refuse a member. */
  public boolean isUnwanted(SimulatedMember member) {
    return strangers.contains(member);
  }

  /** All others agreed to leave a member out. */
  public void evicts(SimulatedMember member) {
    evicted.add(member);
  }

  /** A member's application has asked for something to be said. */
  public void asked(SimulatedMember by, long number, byte[] content, Optional<Member> to) {
    asked.put(
        new Number(by.channel(), number),
        new Said(by, Bytes.of(content), to.map(Member::identity)));
  }

  /** Whether somebody was told that all have what a member's application has asked to be said. */
  public boolean isConfirmed(SimulatedMember by, long number) {
    Bytes id = ids.get(new Number(by.channel(), number));
    return id != null && confirmed.contains(id);
  }

  /** Whether something was not said in the end. */
  public boolean isNotSent(SimulatedMember by, long number) {
    return notSent.contains(new Number(by.channel(), number));
  }

  /** Who a member of a roster is. */
  public SimulatedMember who(Member member) {
    return people.get(member.identity());
  }

  @Override
  public void said(SimulatedMember speaker, byte[] message) {
    if (liars.contains(speaker) || message.length < HEADER_BYTES) {
      return;
    }
    int type = message[1];
    if (type == MessageType.FRAME.code()) {
      once(message, SID_OFFSET, Frame.CIPHERTEXT_OFFSET, "a frame");
    } else if (type == MessageType.INTRODUCTION.code() || type == MessageType.SHARE.code()) {
      once(message, 1, SENDER_OFFSET + 2, "a set-up message");
    }
  }

  /** The key follows from the bytes from..to, the counter too: a second text is a disaster. */
  private void once(byte[] message, int from, int to, String what) {
    Bytes before =
        keyStreams.putIfAbsent(Bytes.of(Arrays.copyOfRange(message, from, to)), Bytes.of(message));
    if (before != null && !before.equals(Bytes.of(message))) {
      violated("one key and one counter twice, for " + what);
    }
  }

  @Override
  public void happened(SimulatedMember member, Event event) {
    if (liars.contains(member)) {
      return;
    }
    if (event instanceof Event.EpochOpened opened) {
      opened(member, opened);
    } else if (event instanceof Event.Sent sent) {
      Number number = new Number(member.channel(), sent.number());
      said.put(sent.id(), asked.get(number));
      ids.put(number, sent.id());
    } else if (event instanceof Event.NotSent lost) {
      notSent.add(new Number(member.channel(), lost.number()));
    } else if (event instanceof Event.StatusChanged changed) {
      if (changed.status().isConfirmedByAll()) {
        confirmed.add(changed.id());
      }
    } else if (event instanceof Event.MessageDelivered delivered) {
      delivered(member, delivered.sid(), delivered.id(), delivered.sender(), delivered.content());
    } else if (event instanceof Event.PrivateMessageDelivered delivered) {
      page(member, delivered.sid()).whispered.add(delivered.id());
      delivered(member, delivered.sid(), delivered.id(), delivered.sender(), delivered.content());
    } else if (event instanceof Event.EpochClosed closed) {
      Page page = page(member, closed.sid());
      page.isClosed = true;
      page.isClosedInFull = closed.inFull();
    } else if (event instanceof Event.KeysPublished published) {
      page(member, published.sid()).published.add(published.member().identity());
    } else if (event instanceof Event.Divergence divergence) {
      disputed(member, divergence.sid(), divergence.toString());
    } else if (event instanceof Event.ConflictFound conflict) {
      disputed(member, conflict.sid(), conflict.toString());
      if (!liars.contains(who(conflict.member()))) {
        violated(member + " is told that an honest member lies: " + conflict);
      }
    } else if (event instanceof Event.Removed removed) {
      removed(member, removed);
    } else if (event instanceof Event.Failed failed && liars.isEmpty()) {
      boolean isBlame = failed.code() == ErrorCode.BAD_SIGNATURE;
      if (isBlame || failed.code() == ErrorCode.MALFORMED && !failed.what().contains("START")) {
        violated(member + " blames somebody, but nobody lies: " + failed);
      }
    }
  }

  private void removed(SimulatedMember member, Event.Removed removed) {
    if (removed.reason() == org.mpotr.epoch.ChangeReason.EVICTED && !evicted.contains(member)) {
      violated(member + " was evicted without everybody's consent");
    }
  }

  private Page page(SimulatedMember member, Bytes sid) {
    return pages.get(member).computeIfAbsent(sid, s -> new Page());
  }

  private void disputed(SimulatedMember member, Bytes sid, String what) {
    page(member, sid).isDisputed = true;
    View view = views.get(sid);
    if (view != null && view.roster().members().stream().map(this::who).noneMatch(this::isLiar)) {
      violated(member + " is told of a difference, but nobody lies: " + what);
    }
  }

  private void opened(SimulatedMember member, Event.EpochOpened opened) {
    View view = new View(opened.roster(), opened.parameters(), opened.groupCode());
    View other = views.putIfAbsent(opened.sid(), view);
    if (other != null && !isSame(view, other)) {
      violated("one session, but two rosters, parameters or keys: " + opened);
    }
    Bytes sid = sidsByKey.putIfAbsent(key(member, opened), opened.sid());
    if (sid != null && !sid.equals(opened.sid())) {
      violated("one key, but two sessions: " + opened);
    }
    for (Member one : opened.roster()) {
      SimulatedMember person = who(one);
      if (person == null) {
        violated(member + " is in an epoch with nobody anybody knows: " + one);
      } else if (person != member && strangers.contains(person)) {
        violated(member + " is in an epoch with " + person + ", against its policy");
      }
    }
    Set<Bytes> before = new HashSet<>(Set.of(opened.sid()));
    before.addAll(lineage.getOrDefault(opened.parameters().previousSid(), Set.of()));
    before.add(opened.parameters().previousSid());
    before.remove(Bytes.EMPTY);
    lineage.put(opened.sid(), before);
  }

  private static boolean isSame(View one, View other) {
    return one.parameters().equals(other.parameters())
        && one.groupCode().equals(other.groupCode())
        && faces(one.roster()).equals(faces(other.roster()));
  }

  private static List<String> faces(Roster roster) {
    return roster.members().stream()
        .map(
            member ->
                member.id()
                    + " "
                    + member.nickname()
                    + " "
                    + member.fingerprint()
                    + " "
                    + Bytes.of(member.agreementKey().encoded())
                    + " "
                    + Bytes.of(member.signatureKey().encoded()))
        .toList();
  }

  private static Bytes key(SimulatedMember member, Event.EpochOpened opened) {
    Channel channel = member.channel();
    boolean isPresent =
        channel.state() == Channel.State.MEMBER && channel.sid().equals(opened.sid());
    return isPresent
        ? Bytes.of(channel.export("simulation", new byte[0], 32))
        : Bytes.of(opened.groupCode().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private void delivered(
      SimulatedMember member, Bytes sid, Bytes id, Member sender, Bytes content) {
    Page page = page(member, sid);
    if (page.isClosed) {
      violated(member + " is told something of an epoch that is closed: " + id);
    }
    if (page.published.contains(sender.identity())) {
      violated(member + " is told something by whose keys are public: " + id);
    }
    if (page.delivered.put(id, new Delivered(sender.identity(), content)) != null) {
      violated(member + " is told twice: " + id);
    }
  }

  /** Whether two sessions come from one, or one from the other. */
  public boolean areRelated(Bytes sid, Bytes other) {
    Set<Bytes> common = new HashSet<>(lineage.getOrDefault(sid, Set.of()));
    common.retainAll(lineage.getOrDefault(other, Set.of()));
    return !common.isEmpty();
  }

  /** What can be judged only when all is over. */
  public void close() {
    pages.forEach((member, ofMember) -> ofMember.forEach((sid, page) -> check(member, page)));
    Map<Bytes, List<SimulatedMember>> closers = new HashMap<>();
    pages.forEach(
        (member, ofMember) ->
            ofMember.forEach(
                (sid, page) -> {
                  if (page.isClosedInFull && !liars.contains(member)) {
                    closers.computeIfAbsent(sid, s -> new ArrayList<>()).add(member);
                  }
                }));
    closers.forEach(this::compare);
  }

  private void check(SimulatedMember member, Page page) {
    if (liars.contains(member)) {
      return;
    }
    page.delivered.forEach(
        (id, delivered) -> {
          SimulatedMember sender = people.get(delivered.sender());
          Said really = said.get(id);
          if (sender == null) {
            violated(member + " is told something by nobody: " + id);
          } else if (!liars.contains(sender)
              && (really == null
                  || really.by() != sender
                  || !really.content().equals(delivered.content()))) {
            violated(member + " is told what " + sender + " has never said: " + id);
          } else if (really != null
              && really.to().isPresent()
              && people.get(really.to().get()) != member) {
            violated(member + " is told what was for somebody else: " + id);
          }
        });
  }

  private void compare(Bytes sid, List<SimulatedMember> members) {
    boolean isDisputed = members.stream().anyMatch(m -> pages.get(m).get(sid).isDisputed);
    Set<Set<Bytes>> transcripts =
        members.stream()
            .map(
                m -> {
                  Page page = pages.get(m).get(sid);
                  return page.delivered.keySet().stream()
                      .filter(id -> !page.whispered.contains(id))
                      .collect(Collectors.toSet());
                })
            .collect(Collectors.toSet());
    if (transcripts.size() > 1 && !isDisputed) {
      violated("different transcripts of one session, closed in full and undisputed: " + sid);
    }
  }
}
