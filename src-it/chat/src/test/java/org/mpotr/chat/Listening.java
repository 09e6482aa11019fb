package org.mpotr.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.mpotr.MpotrProvider;
import org.mpotr.chat.room.Room;
import org.mpotr.chat.room.RoomListener;
import org.mpotr.chat.transport.Transport;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;
import org.mpotr.wire.Bytes;

/** A member that counts what it hears, and remembers little enough for many of it in one JVM. */
final class Listening implements RoomListener, AutoCloseable {

  final Room room;
  private final Map<String, Integer> heard = new HashMap<>();
  private final Set<Bytes> confirmed = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private int here;
  private int epochs;
  private int deliveries;

  Listening(String nickname, EpochParameters parameters, Transport transport) throws Exception {
    KeyPair identity = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    ChannelSpec spec =
        ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, parameters);
    room = Room.open(spec, identity.getPublic(), transport, this);
    room.run(Channel::join).join();
  }

  @Override
  public synchronized void happened(Event event) {
    if (event instanceof Event.EpochOpened opened) {
      here = opened.roster().size();
      epochs++;
    } else if (event instanceof Event.MessageDelivered said && said.kind().equals(FrameKind.TEXT)) {
      String text = said.sender().nickname() + ": " + new String(said.content().toArray(), UTF_8);
      heard.merge(text, 1, Integer::sum);
      deliveries++;
      if (said.status().isConfirmedByAll()) {
        confirmed.add(said.id());
      }
    } else if (event instanceof Event.StatusChanged changed
        && changed.status().isConfirmedByAll()) {
      confirmed.add(changed.id());
    }
    notifyAll();
  }

  @Override
  public void file(FileNews news) {
    problem("nobody sends a file: " + news);
  }

  @Override
  public void connection(boolean isUp, String reason) {}

  @Override
  public synchronized void problem(String what) {
    problems.add(what);
    notifyAll();
  }

  private synchronized void await(long seconds, BooleanSupplier condition, String what)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean() || !problems.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || !problems.isEmpty()) {
        throw new AssertionError(
            "waited for "
                + what
                + ": "
                + here
                + " here, "
                + deliveries
                + " heard, "
                + confirmed.size()
                + " confirmed, "
                + epochs
                + " epochs; "
                + problems);
      }
      wait(left);
    }
  }

  void awaitHere(int count, long seconds) throws InterruptedException {
    await(seconds, () -> here == count, count + " members");
  }

  void awaitHeard(int count, long seconds) throws InterruptedException {
    await(seconds, () -> deliveries >= count, count + " messages");
  }

  void awaitConfirmed(int count, long seconds) throws InterruptedException {
    await(seconds, () -> confirmed.size() >= count, count + " confirmed messages");
  }

  /** What it heard, by how often. */
  synchronized Map<String, Integer> heard() {
    return Map.copyOf(heard);
  }

  synchronized int epochs() {
    return epochs;
  }

  @Override
  public void close() {
    room.close();
  }
}
