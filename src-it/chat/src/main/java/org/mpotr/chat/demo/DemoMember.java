package org.mpotr.chat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mpotr.MpotrProvider;
import org.mpotr.chat.room.Room;
import org.mpotr.chat.room.RoomListener;
import org.mpotr.chat.transport.Transport;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;

/** One of those who talk in the demonstration. */
final class DemoMember implements RoomListener, AutoCloseable {

  private static final long PATIENCE_MILLIS = 60_000;

  private final String nickname;
  private final Story story;
  private final KeyPair identity;
  private final List<Event> events = new ArrayList<>();
  private final List<FileNews> files = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private Room room;

  DemoMember(String nickname, Story story) throws GeneralSecurityException {
    this.nickname = nickname;
    this.story = story;
    this.identity = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
  }

  String nickname() {
    return nickname;
  }

  KeyPair identity() {
    return identity;
  }

  Room room() {
    return room;
  }

  void join(EpochParameters parameters, Transport transport) throws Exception {
    ChannelSpec spec =
        ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, parameters)
            .withRecordings();
    room = Room.open(spec, identity.getPublic(), transport, this);
    room.run(Channel::join).get();
  }

  @Override
  public synchronized void happened(Event event) {
    events.add(event);
    if (event instanceof Event.MessageDelivered said && said.kind().equals(FrameKind.TEXT)) {
      String line = said.sender().nickname() + ": " + new String(said.content().toArray(), UTF_8);
      heard.add(line);
      story.fact(nickname, line);
    } else if (event instanceof Event.MayRead mayRead && mayRead.epoch() > 0) {
      story.fact(nickname, "may come to read what is said: " + names(mayRead.roster().members()));
    } else if (event instanceof Event.EpochOpened opened) {
      story.fact(
          nickname,
          "holds the key of "
              + opened.roster().size()
              + " members, group code "
              + opened.groupCode());
    } else if (event instanceof Event.Verified verified) {
      story.fact(nickname, "is sure who " + verified.member().nickname() + " is");
    } else if (event instanceof Event.SmpAsked asked) {
      story.fact(nickname, "is asked by " + asked.member().nickname() + ": " + asked.question());
    } else if (event instanceof Event.MemberLeaving leaving) {
      story.fact(nickname, "hears that " + leaving.member().nickname() + " leaves");
    } else if (event instanceof Event.EpochClosed closed && closed.inFull()) {
      story.fact(nickname, "has erased the keys of an epoch that all have ended");
    }
    notifyAll();
  }

  private static String names(List<Member> members) {
    return String.join(", ", members.stream().map(m -> m.nickname().toString()).toList());
  }

  @Override
  public synchronized void file(FileNews news) {
    files.add(news);
    if (news instanceof FileNews.Offered offered) {
      story.fact(nickname, "is offered " + offered.name() + ", " + offered.bytes() + " bytes");
    } else if (news instanceof FileNews.Completed completed) {
      Path name = completed.path().getFileName();
      story.fact(nickname, "has all of " + name + ", and it is what was offered");
    }
    notifyAll();
  }

  @Override
  public void connection(boolean isUp, String reason) {
    if (!isUp) {
      story.fact(nickname, "NOT connected: " + reason);
    }
  }

  @Override
  public void problem(String what) {
    story.fact(nickname, "has a PROBLEM: " + what);
  }

  /** The lines that were heard, one's own among them. */
  synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  /** Waits for an event of which this is true. */
  synchronized <E extends Event> E await(Class<E> kind, Predicate<E> which)
      throws InterruptedException, DemoFailedException {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (true) {
      for (Event event : events) {
        if (kind.isInstance(event) && which.test(kind.cast(event))) {
          return kind.cast(event);
        }
      }
      wait(left(until, kind.getSimpleName()));
    }
  }

  /** Waits until so many lines were heard. */
  synchronized void awaitLines(int count) throws InterruptedException, DemoFailedException {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (heard.size() < count) {
      wait(left(until, "line " + count));
    }
  }

  /** Waits for news of a file. */
  synchronized <N extends FileNews> N awaitFile(Class<N> kind)
      throws InterruptedException, DemoFailedException {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (files.stream().noneMatch(kind::isInstance)) {
      wait(left(until, "a file " + kind.getSimpleName()));
    }
    return files.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
  }

  private long left(long until, String what) throws DemoFailedException {
    long left = (until - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new DemoFailedException(nickname + " waited in vain for " + what);
    }
    return left;
  }

  /** The member of an epoch with a nickname. */
  Member member(Event.EpochOpened epoch, String other) {
    return epoch.roster().members().stream()
        .filter(member -> member.nickname().toString().equals(other))
        .findAny()
        .orElseThrow();
  }

  @Override
  public void close() {
    if (room != null) {
      room.close();
    }
  }
}
