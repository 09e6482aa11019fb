package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mpotr.SeededRandom;
import org.mpotr.TestGroup;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.WireException;

/** One member's epoch without a channel around it, in the hands of a test. */
final class LivingEpoch implements Epoch.Listener {

  private final GroupKey key;
  private final Context context;
  private final Epoch epoch;
  private final List<String> heard = new ArrayList<>();
  private Consumer<Transcript.Delivery> follower = delivery -> {};

  private LivingEpoch(GroupKey key, KeyPair identity) throws InvalidKeyException {
    this.key = key;
    ChannelSpec spec =
        ChannelSpec.of(
                identity.getPrivate(),
                identity.getPublic(),
                key.roster().get(key.ownIndex()).nickname().toString(),
                key.parameters())
            .withPolicy(member -> true);
    this.context =
        new Context(spec.withRandom(new SeededRandom("living " + key.ownIndex())), new Time(0, 0));
    this.epoch = new Epoch(key, context.now(), context, context::emit, this);
  }

  /** The epoch of each member of a group that has just attested it. */
  static List<LivingEpoch> of(TestGroup group) throws Exception {
    Outcome outcome = group.run();
    List<LivingEpoch> members = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      members.add(new LivingEpoch(outcome.key(i), group.member(i).identity()));
    }
    return members;
  }

  GroupKey key() {
    return key;
  }

  Context context() {
    return context;
  }

  Epoch epoch() {
    return epoch;
  }

  /** The texts of others, and one's own, as they were delivered. */
  List<String> heard() {
    return heard;
  }

  /** Somebody else takes what is delivered. */
  void followedBy(Consumer<Transcript.Delivery> newFollower) {
    follower = newFollower;
  }

  /** Says a text; the frame. */
  byte[] say(String text) throws Exception {
    return say(FrameKind.TEXT, text.getBytes(UTF_8));
  }

  /** Says something; the frame. */
  byte[] say(FrameKind kind, byte[] content) throws Exception {
    epoch.say(kind, content);
    List<byte[]> sent = context.takeMessages();
    return sent.get(sent.size() - 1);
  }

  /** Goes on in time by both clocks. */
  void pass(long milliseconds) {
    context.advance(new Time(context.now() + milliseconds, context.now() + milliseconds));
    epoch.tick();
  }

  /** A frame or keys. */
  void receive(byte[] message) {
    if (Groups.is(MessageType.FRAME, message)) {
      epoch.receive(message);
    } else if (Groups.is(MessageType.KEYS, message)) {
      epoch.published(keys(message));
    }
  }

  static Keys keys(byte[] message) {
    try {
      return (Keys) Message.decode(message);
    } catch (WireException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void delivered(Epoch from, Transcript.Delivery delivery) {
    if (delivery.spec().kind().equals(FrameKind.TEXT)) {
      heard.add(new String(delivery.content(), UTF_8));
    }
    follower.accept(delivery);
  }

  @Override
  public void farewell(Epoch from, int member, FrameKind kind, Farewell farewell) {
    // A channel would answer; tests say farewell themselves.
  }

  @Override
  public void closed(Epoch from) {
    // Tests ask whether it is.
  }

  /** Says farewell for all. */
  void leave() {
    epoch.sayFarewell(FrameKind.CLOSE, Bytes.EMPTY);
  }
}
