package org.mpotr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.Fingerprint;
import org.mpotr.identity.Nickname;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelDriver;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Event;
import org.mpotr.session.Time;
import org.mpotr.session.closing.Forger;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.closing.Script;
import org.mpotr.session.closing.TranscriptVerifier;
import org.mpotr.session.closing.Verdict;
import org.mpotr.session.files.ChannelFiles;
import org.mpotr.session.files.FileEvent;
import org.mpotr.session.files.FileException;
import org.mpotr.session.files.FileLimits;
import org.mpotr.session.files.FileName;
import org.mpotr.session.files.IncomingFile;
import org.mpotr.session.files.OutgoingFile;

/** The examples of sessions, files and the forger in README and package documentation. */
class SessionExamplesTest {

  private static final long PATIENCE_SECONDS = 120;
  private static final EpochParameters QUICK =
      EpochParameters.of("#tea")
          .withLimits(new Limits(8, 3_600, 600, 1_000, 5, 256, 1 << 16, 1L << 32));

  @TempDir Path folder;

  /** Everybody hears everything. */
  private static final class Room {
    private final List<Consumer<byte[]>> listeners = new CopyOnWriteArrayList<>();

    void publish(byte[] message) {
      listeners.forEach(listener -> listener.accept(message));
    }

    void subscribe(Consumer<byte[]> listener) {
      listeners.add(listener);
    }
  }

  /** What an application may look like. */
  private final class Application {
    final BlockingQueue<String> screen = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> log = new LinkedBlockingQueue<>();
    final CountDownLatch received = new CountDownLatch(1);
    final KeyPair identity;
    final Channel channel;
    final ChannelDriver driver;
    final ChannelFiles files;
    final FileChannel disk;

    Application(String nickname, Room room, ScheduledExecutorService executor) throws Exception {
      KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider());
      EpochParameters parameters = QUICK;
      disk =
          FileChannel.open(
              folder.resolve("for " + nickname),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      // tag::session[]
      identity = identities.generateKeyPair();
      channel =
          Channel.open(
              ChannelSpec.of(identity.getPrivate(), identity.getPublic(), nickname, parameters),
              Time.now());
      files = new ChannelFiles(channel, Fingerprint.of(identity.getPublic()), FileLimits.DEFAULT);
      driver = new ChannelDriver(channel, executor, room::publish, this::hear, log::add);
      room.subscribe(driver::receive); // what others publish
      driver.run(Channel::join).join();
      // end::session[]
    }

    // tag::listener[]
    void hear(Event event) {
      if (event instanceof Event.EpochOpened opened) {
        show(opened.roster().size() + " are here; the group code is " + opened.groupCode());
      } else if (event instanceof Event.MessageDelivered said
          && said.kind().equals(FrameKind.TEXT)) {
        show(said.sender().nickname() + ": " + new String(said.content().toArray(), UTF_8));
      } else if (event instanceof Event.StatusChanged changed
          && changed.status().isConfirmedByAll()) {
        show("everybody has it");
      } else if (event instanceof Event.ChannelClosed) {
        show("closed");
      }
      hearFiles(event);
    }

    // end::listener[]

    // tag::files[]
    void hearFiles(Event event) {
      try {
        Optional<FileEvent> news = files.hear(event);
        if (news.isPresent() && news.get() instanceof FileEvent.Offered offered) {
          files.accept(IncomingFile.open(offered.offer(), disk, offered.at()));
        } else if (news.isPresent() && news.get() instanceof FileEvent.Completed) {
          received.countDown();
        }
      } catch (FileException e) {
        show("a file frame was refused: " + e.code());
      }
    }

    void offer(FileChannel source) throws Exception {
      OutgoingFile file = // reads all of it, here and not in the thread of the channel
          OutgoingFile.of(
              new FileName("tea.txt"),
              "text/plain",
              source,
              driver.call(Channel::parameters).get(),
              new SecureRandom(),
              driver.call(Channel::elapsed).get());
      driver.call(channel -> files.offer(file)).get();
    }

    void serveFiles() { // some ten times a second
      driver
          .run(
              channel -> {
                files.tick();
                files.send(16);
              })
          .join();
    }

    // end::files[]

    private void show(String text) {
      screen.add(text);
    }

    private void awaitText(String text) throws InterruptedException {
      String shown = "";
      while (!shown.equals(text)) {
        shown = screen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(shown != null, "never shown: " + text);
      }
    }
  }

  @Test
  void twoApplicationsTalkAndShareAFile() throws Exception {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    Room room = new Room();
    Application alice = new Application("alice", room, executor);
    Application bob = new Application("bob", room, executor);
    try {
      String code = alice.screen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertTrue(code != null && code.startsWith("2 are here"), code);
      bob.awaitText(code);
      ChannelDriver driver = alice.driver;
      // tag::sending[]
      driver.call(channel -> channel.send("tea at five?".getBytes(UTF_8))).get();
      // end::sending[]
      bob.awaitText("alice: tea at five?");
      alice.awaitText("everybody has it");

      Path source = Files.write(folder.resolve("source"), new byte[1_000_000]);
      try (FileChannel content = FileChannel.open(source)) {
        alice.offer(content);
        for (int i = 0; i < 1_200 && bob.received.getCount() > 0; i++) {
          alice.serveFiles();
          bob.serveFiles();
          assertTrue(bob.received.await(100, TimeUnit.MILLISECONDS) || i < 1_199);
        }
      }
      assertEquals(-1, Files.mismatch(source, folder.resolve("for bob")));

      // tag::closing[]
      driver.run(Channel::leave).get(); // or close, for everybody; Event.ChannelClosed follows
      // end::closing[]
      alice.awaitText("closed");
      assertTrue(alice.log.isEmpty() && bob.log.isEmpty());
    } finally {
      for (Application application : List.of(alice, bob)) {
        // tag::end[]
        application.driver.close(); // erases all keys; others need not know
        // end::end[]
        application.files.close();
        application.disk.close();
      }
      executor.shutdown();
      assertTrue(executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void anybodyCanMakeUpAConversation() throws GeneralSecurityException {
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider());
    var alicesKey = identities.generateKeyPair().getPublic();
    var bobsKey = identities.generateKeyPair().getPublic();
    // tag::forger[]
    Nickname alice = new Nickname("alice");
    Nickname bob = new Nickname("bob");
    Forger forger = new Forger(new SecureRandom());
    Recording invented = // from public keys alone: neither of the two was ever there
        forger.simulate(
            Script.of(
                EpochParameters.of("#tea"),
                List.of(new Script.Role(alice, alicesKey), new Script.Role(bob, bobsKey)),
                List.of(Script.Line.text(alice, "tea?"), Script.Line.text(bob, "yes"))));

    TranscriptVerifier judge = new TranscriptVerifier(List.of(alicesKey, bobsKey));
    Verdict.Accepted verdict = (Verdict.Accepted) judge.judge(invented);

    List<Script.Line> lines = new ArrayList<>(verdict.lines());
    lines.set(1, Script.Line.text(bob, "never!")); // and so with a recording of what took place
    Recording retold = forger.retell(invented, lines);
    // end::forger[]
    assertEquals(lines, ((Verdict.Accepted) judge.judge(retold)).lines());
  }
}
