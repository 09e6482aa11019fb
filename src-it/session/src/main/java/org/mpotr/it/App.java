package org.mpotr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.mpotr.MpotrProvider;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelDriver;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;
import org.mpotr.session.Time;

/** Three members meet, one says something that all confirm, and the channel is closed. */
public final class App {
  static final List<ChannelDriver> ROOM = new CopyOnWriteArrayList<>();
  static final CountDownLatch MET = new CountDownLatch(3);
  static final CountDownLatch HEARD = new CountDownLatch(1);
  static final CountDownLatch CLOSED = new CountDownLatch(3);

  public static void main(String[] arguments) throws Exception {
    var thread = Executors.newSingleThreadScheduledExecutor();
    Limits quick = new Limits(8, 3_600, 600, 1_000, 5, 256, 1 << 16, 1L << 32); // set-up in 8 s
    EpochParameters tea = EpochParameters.of("#tea").withLimits(quick);
    for (String name : List.of("alice", "bob", "carol")) {
      var pair = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
      ChannelSpec spec = ChannelSpec.of(pair.getPrivate(), pair.getPublic(), name, tea);
      Channel channel = Channel.open(spec, Time.now());
      ROOM.add(new ChannelDriver(channel, thread, App::publish, App::hear, System.err::println));
    }
    ROOM.forEach(member -> member.run(Channel::join).join());
    boolean met = MET.await(30, SECONDS);
    ROOM.get(0).call(channel -> channel.send("tea at five?".getBytes(UTF_8))).join();
    boolean heard = HEARD.await(30, SECONDS);
    ROOM.get(0).run(Channel::close).join();
    if (!met || !heard || !CLOSED.await(30, SECONDS)) {
      throw new AssertionError("met " + met + ", heard " + heard + ", or not closed");
    }
    ROOM.forEach(ChannelDriver::close);
    thread.shutdown();
    System.out.println("ok: 3 members met, all confirmed what one said, all closed");
  }

  static void publish(byte[] message) {
    ROOM.forEach(member -> member.receive(message));
  }

  static void hear(Event event) {
    if (event instanceof Event.EpochOpened opened && opened.roster().size() == 3) MET.countDown();
    if (event instanceof Event.StatusChanged s && s.status().isConfirmedByAll()) HEARD.countDown();
    if (event instanceof Event.ChannelClosed) CLOSED.countDown();
  }
}
