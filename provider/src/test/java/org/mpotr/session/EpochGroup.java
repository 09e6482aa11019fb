package org.mpotr.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.SeededRandom;
import org.mpotr.TestGroup;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameOpener;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.KeysSeen;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;

/** Members of one epoch, each alone with it: what comes to whom is the test's to say. */
final class EpochGroup {

  /** Which of a member's messages reach which other one. */
  @FunctionalInterface
  interface Filter {
    boolean passes(int from, int to, byte[] message);
  }

  /** One who is in the epoch. */
  static final class One implements Epoch.Listener {
    final Context context;
    final Epoch epoch;
    final GroupKey spare;
    final List<Event> events = new ArrayList<>();
    final List<byte[]> heard = new ArrayList<>();

    private One(GroupKey key, GroupKey spare, KeyPair identity) throws GeneralSecurityException {
      EpochParameters parameters = key.parameters();
      ChannelSpec spec =
          ChannelSpec.of(identity.getPrivate(), identity.getPublic(), "somebody", parameters);
      SecureRandom random = new SeededRandom("epoch " + key.ownIndex());
      this.spare = spare;
      this.context = new Context(spec.withRandom(random), new Time(0, 0));
      this.epoch = new Epoch(key, context.now(), context, events::add, this);
    }

    @Override
    public void delivered(Epoch where, Transcript.Delivery delivery) {
      heard.add(delivery.content());
    }

    @Override
    public void farewell(Epoch where, int member, FrameKind kind, Farewell farewell) {
      // Everybody says its own.
    }

    @Override
    public void closed(Epoch where) {
      // What the test sees by itself.
    }

    int place() {
      return spare.ownIndex();
    }

    <E extends Event> List<E> events(Class<E> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A frame that nobody's epoch knows of, with this member's keys. */
    byte[] forge(FrameParameterSpec spec, byte[] content) throws GeneralSecurityException {
      FrameSealer sealer = new FrameSealer(spare);
      return sealer.seal(spec, content, 0, content.length, context.random()).frame();
    }

    /** What this member is to publish. */
    Keys publication() {
      return spare.secrets(SecretAccess.GRANTED).publication(spare.roster().get(place()).id());
    }

    /** What a frame says of itself. */
    FrameParameterSpec read(byte[] frame) throws GeneralSecurityException {
      return new FrameOpener(spare).open(frame).spec();
    }

    /** The messages of one type that this member has sent since it was asked last. */
    <M extends Message> List<M> takeMessages(Class<M> type) throws WireException {
      List<M> messages = new ArrayList<>();
      for (byte[] message : context.takeMessages()) {
        Message decoded = Message.decode(message);
        if (type.isInstance(decoded)) {
          messages.add(type.cast(decoded));
        }
      }
      return messages;
    }
  }

  private final List<One> all = new ArrayList<>();
  private Filter filter = (from, to, message) -> true;
  private long now;

  /** So many members, in the order of the roster. */
  EpochGroup(int size, EpochParameters parameters) throws GeneralSecurityException {
    TestGroup.Outcome keys = TestGroup.of("epoch", parameters, size).run();
    TestGroup.Outcome spares = TestGroup.of("epoch", parameters, size).run();
    for (int i = 0; i < size; i++) {
      all.add(new One(keys.key(i), spares.key(i), TestGroup.identity("epoch", i)));
    }
    all.sort((one, other) -> Integer.compare(one.place(), other.place()));
  }

  One get(int place) {
    return all.get(place);
  }

  void filter(Filter newFilter) {
    filter = newFilter;
  }

  /** What members have said reaches the others, until nobody says anything more. */
  void exchange() {
    boolean isQuiet = false;
    while (!isQuiet) {
      isQuiet = true;
      for (One from : all) {
        for (byte[] message : from.context.takeMessages()) {
          isQuiet = false;
          for (One to : all) {
            if (to != from && filter.passes(from.place(), to.place(), message)) {
              hear(to, message);
            }
          }
        }
      }
    }
  }

  private static void hear(One to, byte[] message) {
    try {
      Message decoded = Message.decode(message);
      if (decoded instanceof Keys keys) {
        to.epoch.published(keys);
      } else if (decoded instanceof KeysSeen seen) {
        to.epoch.seen(seen);
      } else {
        to.epoch.receive(message);
      }
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Goes on for so many milliseconds, in steps of so many. */
  void run(long milliseconds, long step) {
    for (long end = now + milliseconds; now < end; ) {
      now += step;
      for (One one : all) {
        one.context.advance(new Time(now, now));
        one.epoch.tick();
      }
      exchange();
    }
  }

  /** The id of a frame that a member said. */
  static Bytes say(One one, String text) throws GeneralSecurityException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return one.epoch.say(FrameKind.TEXT, content);
  }
}
