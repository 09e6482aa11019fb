package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;
import org.mpotr.wire.KeysSeen;

/** What comes after an epoch (PROTOCOL.md, section 8, item 4). */
class EndingTest {

  private EpochGroup.One one;
  private EpochGroup.One other;
  private EpochGroup.One third;

  @BeforeEach
  void meet() throws Exception {
    EpochGroup group = new EpochGroup(3, EpochParameters.of("room"));
    one = group.get(0);
    other = group.get(1);
    third = group.get(2);
  }

  @Test
  void aReceiptForKeysIsNotSaidForEachCopy() throws Exception {
    Keys keys = one.publication();
    for (int i = 0; i < 50; i++) {
      other.epoch.published(keys);
    }
    assertEquals(1, other.takeMessages(KeysSeen.class).size());
    assertEquals(1, other.events(Event.KeysPublished.class).size());
    other.context.advance(new Time(2_000, 2_000));
    other.epoch.published(keys);
    other.epoch.published(keys);
    assertEquals(1, other.takeMessages(KeysSeen.class).size());
  }

  @Test
  void keysWithAnotherKeyOfTagsAreNobodys() throws Exception {
    Keys keys = one.publication();
    Bytes mac = third.publication().frameMac();
    Keys forged = new Keys(keys.sid(), keys.member(), keys.signatureScalar(), mac);
    other.epoch.published(forged);
    assertTrue(other.takeMessages(KeysSeen.class).isEmpty());
    // The same when the keys to compare with are erased.
    other.epoch.erase(true);
    other.epoch.published(forged);
    assertTrue(other.takeMessages(KeysSeen.class).isEmpty());
    other.epoch.published(keys);
    assertEquals(1, other.takeMessages(KeysSeen.class).size());
    other.epoch.published(forged);
    assertEquals(
        1,
        other.events(Event.KeysPublished.class).stream()
            .filter(event -> event.member().index() == 0)
            .count());
  }
}
