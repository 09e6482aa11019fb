package org.mpotr.chat.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mpotr.chat.room.RoomListener;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.Event;
import org.mpotr.session.Status;
import org.mpotr.wire.Bytes;

/** What happens in a room, as a person sees it. Called in the thread of the room. */
final class RoomView implements RoomListener {

  /** Lines whose status may still change; of older ones nothing is told any more. */
  private static final int MAX_LINES = 10_000;

  private final Front front;
  private final Map<Bytes, Front.Line> lines = new HashMap<>();
  private final List<Bytes> order = new ArrayList<>();
  private final Map<Fingerprint, String> contacts;
  private final Set<Fingerprint> verified = new HashSet<>();
  private final Map<ErrorCode, Long> refused = new EnumMap<>(ErrorCode.class);
  private List<Member> members = List.of();
  private List<Member> arriving = List.of();
  private final List<Member> candidates = new ArrayList<>();
  private final Map<Fingerprint, Member> everybody = new HashMap<>();
  private Optional<Member> asker = Optional.empty();
  private Bytes sid = Bytes.EMPTY;
  private int own = -1;
  private int others;
  private int numbers;
  private boolean isOver;

  /**
   * Nothing has happened yet.
   *
   * @param contacts who was verified before, by what it is called in the key store
   */
  RoomView(Front front, Map<Fingerprint, String> contacts) {
    this.front = front;
    this.contacts = Map.copyOf(contacts);
    this.verified.addAll(contacts.keySet());
  }

  @Override
  public synchronized void happened(Event event) {
    if (event instanceof Event.MessageDelivered said && said.kind().equals(FrameKind.TEXT)) {
      said(said.id(), said.sender(), "", said.content(), said.status());
    } else if (event instanceof Event.PrivateMessageDelivered said) {
      said(said.id(), said.sender(), " (to you alone)", said.content(), said.status());
    } else if (event instanceof Event.StatusChanged changed) {
      statusChanged(changed);
    } else {
      change(event);
      Wording.of(event).ifPresent(front::note);
    }
  }

  private void change(Event event) {
    if (event instanceof Event.EpochOpened opened) {
      members = opened.roster().members();
      own = opened.own();
      sid = opened.sid();
      arriving = List.of();
      members.forEach(this::met);
      roster();
    } else if (event instanceof Event.CandidateMet met) {
      candidates.add(met.candidate());
    } else if (event instanceof Event.MayRead mayRead) {
      arriving = mayRead.roster().members();
      roster();
    } else if (event instanceof Event.Verified known) {
      verified.add(known.member().fingerprint());
      roster();
    } else if (event instanceof Event.SmpAsked asked) {
      asker = Optional.of(asked.member());
      front.note(
          Wording.name(asked.member())
              + " asks what you both know: "
              + VisibleText.of(asked.question())
              + " (answer with /answer, or /abort)");
    } else if (event instanceof Event.ChannelClosed) {
      isOver = true;
      members = List.of();
      roster();
      notifyAll();
    }
  }

  private void met(Member member) {
    boolean isNew = everybody.put(member.fingerprint(), member) == null;
    String alias = contacts.get(member.fingerprint());
    if (isNew && alias != null) {
      front.note(Wording.name(member) + " is your verified contact " + VisibleText.of(alias));
    }
  }

  private void said(Bytes id, Member sender, String how, Bytes content, Status status) {
    String name = Wording.name(sender) + how;
    String text = VisibleText.of(new String(content.toArray(), UTF_8));
    Front.Line line =
        new Front.Line(++numbers, name, text, Wording.of(status), status.isConfirmedByAll());
    lines.put(id, line);
    order.add(id);
    if (order.size() > MAX_LINES) {
      lines.remove(order.remove(0));
    }
    front.said(line);
  }

  private void statusChanged(Event.StatusChanged changed) {
    Front.Line line = lines.get(changed.id());
    if (line != null) {
      Status status = changed.status();
      Front.Line now =
          line.with(Wording.of(status), status.isConfirmedByAll() || status.isInConflict());
      lines.put(changed.id(), now);
      front.changed(now);
    }
  }

  private void roster() {
    List<Front.Seat> seats = new ArrayList<>();
    for (Member member : members) {
      boolean isSelf = member.index() == own;
      seats.add(
          new Front.Seat(
              Wording.name(member), isSelf, verified.contains(member.fingerprint()), true));
    }
    for (Member member : arriving) {
      if (members.stream().noneMatch(m -> m.fingerprint().equals(member.fingerprint()))) {
        seats.add(new Front.Seat(Wording.name(member), false, false, false));
      }
    }
    front.roster(seats, others);
  }

  @Override
  public synchronized void file(FileNews news) {
    if (news instanceof FileNews.Offered offered) {
      front.note(
          Wording.name(offered.by())
              + " offers file "
              + offered.number()
              + ": "
              + VisibleText.of(offered.name())
              + ", "
              + offered.bytes()
              + " bytes (/get "
              + offered.number()
              + ")");
    } else if (news instanceof FileNews.Shared shared) {
      front.note("you offer file " + shared.number() + ": " + VisibleText.of(shared.name()));
    } else if (news instanceof FileNews.Progressed progressed) {
      front.progress(
          progressed.number(),
          VisibleText.of(progressed.name()),
          progressed.present(),
          progressed.count());
    } else if (news instanceof FileNews.Completed completed) {
      front.note(
          "file "
              + completed.number()
              + " is complete and verified: "
              + VisibleText.of(completed.path().toString()));
    } else if (news instanceof FileNews.Ended ended) {
      front.note("file " + ended.number() + " will not come: " + ended.reason());
    }
  }

  @Override
  public void connection(boolean isUp, String reason) {
    String detail = reason.isEmpty() ? "" : ": " + VisibleText.of(reason);
    front.note((isUp ? "connected" : "NOT connected") + detail);
  }

  @Override
  public synchronized void present(int count) {
    if (count != others) {
      others = count;
      roster();
    }
  }

  /**
   * Says so when there is a first one of a kind, and each time that there are ten times as many.
   */
  @Override
  public synchronized void refused(Map<ErrorCode, Long> counts) {
    counts.forEach(
        (code, count) -> {
          if (Wording.isSuspicious(code) && count >= 10 * refused.getOrDefault(code, 0L)) {
            refused.put(code, count);
            front.note(Wording.ofRefused(code, count));
          }
        });
  }

  @Override
  public void problem(String what) {
    front.note("problem: " + VisibleText.of(what));
  }

  /** The member with a nickname, among those here and those met. */
  synchronized Member member(String nickname) {
    return members.stream()
        .filter(member -> member.index() != own)
        .filter(member -> member.nickname().toString().equals(nickname))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("nobody else here is called " + nickname));
  }

  /** Who wants to come in under a nickname, the last one. */
  synchronized Member candidate(String nickname) {
    for (int i = candidates.size() - 1; i >= 0; i--) {
      if (candidates.get(i).nickname().toString().equals(nickname)) {
        return candidates.get(i);
      }
    }
    throw new IllegalArgumentException("nobody called " + nickname + " wants to come in");
  }

  /** All who have been here. */
  synchronized List<Member> everybody() {
    return List.copyOf(everybody.values());
  }

  /** Who asked last for what both know. */
  synchronized Optional<Member> asker() {
    Optional<Member> last = asker;
    asker = Optional.empty();
    return last;
  }

  /** The members, oneself among them. */
  synchronized List<Member> members() {
    return members;
  }

  /** The session of the present or the last epoch. */
  synchronized Bytes sid() {
    return sid;
  }

  synchronized boolean isVerified(Member member) {
    return verified.contains(member.fingerprint());
  }

  /** Waits until the channel is over, or the time is. */
  synchronized boolean awaitEnd(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!isOver) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
