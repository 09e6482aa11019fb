package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mpotr.TestFrames;
import org.mpotr.TestGroup;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.session.closing.Closing;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.WireWriter;

/**
 * The attacks of PROTOCOL.md, section 14, at the end of an epoch: forging while a close is under
 * way, and frames withheld until after it has expired.
 */
class EndingAttacksTest {

  private static final EpochParameters ROOM = EpochParameters.of("room");
  private static final long LIFETIME = 1_000L * ROOM.limits().lifetime();
  private static final long GRACE = 1_000L * ROOM.limits().setupTimeout() + 60_000;

  private List<LivingEpoch> all;
  private LivingEpoch author;
  private LivingEpoch victim;
  private GroupKey insider;

  @BeforeEach
  void threeMembers() throws Exception {
    all = LivingEpoch.of(TestGroup.of("ending", ROOM, 3));
    author = all.get(0);
    victim = all.get(1);
    insider = all.get(2).key();
  }

  /** Brings everything to everybody else. */
  private void exchange() {
    for (LivingEpoch from : all) {
      from.context()
          .takeMessages()
          .forEach(m -> all.stream().filter(to -> to != from).forEach(to -> to.receive(m)));
    }
    all.forEach(each -> each.pass(1_000));
  }

  private static byte[] inner(long seq, List<Bytes> parents, String text) {
    WireWriter ids = new WireWriter();
    parents.forEach(ids::opaque);
    return new WireWriter()
        .uint8(FrameKind.TEXT.code())
        .uint64(seq)
        .vector(ids.finish())
        .vector(text.getBytes(UTF_8))
        .finish();
  }

  private static Keys published(LivingEpoch by) {
    return LivingEpoch.keys(
        by.context().takeMessages().stream()
            .filter(message -> Groups.is(MessageType.KEYS, message))
            .findAny()
            .orElseThrow());
  }

  /** A member whose clock is ahead publishes its keys while others still take frames. */
  @Test
  void publishedKeysForgeNothingForWhoHasThem() {
    author.pass(LIFETIME);
    author.pass(GRACE);
    Keys keys = published(author);
    byte[] forged = TestFrames.forge(insider, keys, inner(0, List.of(), "forged"));
    victim.epoch().published(keys);
    victim.receive(forged);
    assertEquals(List.of(), victim.heard());
    // It is all in order with the frame, and the epoch goes on for who has not heard of the keys.
    assertEquals(Closing.Phase.OPEN, victim.epoch().phase());
    all.get(2).receive(forged);
    assertEquals(List.of("forged"), all.get(2).heard());
  }

  /** Nor do they end a member's part that are not its own. */
  @Test
  void nobodyElsesKeysSilenceAMember() throws Exception {
    Bytes own = insider.roster().get(insider.ownIndex()).id();
    Keys others = insider.secrets(SecretAccess.GRANTED).publication(own);
    Bytes id = author.key().roster().get(author.key().ownIndex()).id();
    victim
        .epoch()
        .published(new Keys(others.sid(), id, others.signatureScalar(), others.frameMac()));
    victim.receive(author.say("still here"));
    assertEquals(List.of("still here"), victim.heard());
  }

  /** Keys that are said again and again are not each time answered by everybody. */
  @Test
  void replayedKeysSetOffNoStorm() {
    author.pass(LIFETIME);
    author.pass(GRACE);
    Keys keys = published(author);
    for (int i = 0; i < 100; i++) {
      victim.epoch().published(keys);
    }
    assertEquals(1, receipts());
    // Its author may have missed the receipt, and asks again.
    victim.pass(2_000);
    victim.epoch().published(keys);
    assertEquals(1, receipts());
  }

  private long receipts() {
    return victim.context().takeMessages().stream()
        .filter(message -> Groups.is(MessageType.KEYS_SEEN, message))
        .count();
  }

  /** Receivers stop at the end of the lifetime, publishers wait until nobody can be listening. */
  @Test
  void keysArePublishedWhenNobodyCanBeListening() {
    author.pass(LIFETIME - 1);
    assertFalse(author.epoch().isErased());
    author.pass(1);
    assertTrue(author.epoch().isErased());
    author.pass(GRACE - 1);
    assertFalse(saysKeys(author));
    author.pass(1);
    assertTrue(saysKeys(author));
  }

  private static boolean saysKeys(LivingEpoch member) {
    return member.context().takeMessages().stream()
        .anyMatch(message -> Groups.is(MessageType.KEYS, message));
  }

  /** Withheld frames after expiry. */
  @Test
  void aWithheldFrameIsNotHeardAfterTheLifetime() throws Exception {
    byte[] first = author.say("in time");
    byte[] withheld = author.say("withheld");
    victim.pass(LIFETIME - 1);
    victim.receive(first);
    victim.pass(1);
    victim.receive(withheld);
    assertEquals(List.of("in time"), victim.heard());
    assertTrue(victim.key().isDestroyed());
  }

  /** Whoever has said its farewell says nothing more, whatever its client lets it do. */
  @Test
  void nothingFollowsAFarewell() throws Exception {
    author.leave();
    author.context().takeMessages().forEach(victim::receive);
    victim.receive(beyond(author, "one more thing"));
    assertEquals(List.of(), victim.heard());
  }

  /** A frame that continues a member's line, made without its epoch. */
  private static byte[] beyond(LivingEpoch member, String text) throws Exception {
    int place = member.key().ownIndex();
    FrameParameterSpec spec =
        FrameParameterSpec.of(
            FrameKind.TEXT,
            member.epoch().transcript().nextSeq(place),
            member.epoch().transcript().parents(place));
    byte[] content = text.getBytes(UTF_8);
    return new FrameSealer(member.key())
        .seal(spec, content, 0, content.length, new SecureRandom())
        .frame();
  }

  /** All have ended but one, whom a relay keeps from knowing it: it takes no content any more. */
  @Test
  void nothingIsSaidToWhoHasEnded() throws Exception {
    all.forEach(LivingEpoch::leave);
    List<byte[]> late = List.of();
    while (victim.epoch().phase() != Closing.Phase.ENDED) {
      late = List.of(beyond(author, "into"), beyond(all.get(2), "the silence"));
      exchange();
    }
    assertFalse(victim.epoch().isErased());
    late.forEach(victim::receive);
    assertEquals(List.of(), victim.heard());
  }

  /** Withheld frames after a close. */
  @Test
  void whenAllHaveEndedTheKeysAreGone() throws Exception {
    byte[] withheld = beyond(author, "withheld");
    all.forEach(LivingEpoch::leave);
    for (int round = 0; round < 20; round++) {
      exchange();
    }
    for (LivingEpoch member : all) {
      assertTrue(member.epoch().isErased());
      assertTrue(member.key().isDestroyed());
    }
    victim.receive(withheld);
    assertEquals(List.of(), victim.heard());
  }
}
