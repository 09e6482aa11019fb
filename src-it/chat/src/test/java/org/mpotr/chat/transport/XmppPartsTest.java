package org.mpotr.chat.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Long texts in parts, without a server. */
class XmppPartsTest {

  private static final int PIECE = 100_000;

  private final XmppAssembly assembly = new XmppAssembly();

  private static String id(int number) {
    return HexFormat.of().toHexDigits((long) number);
  }

  private static XmppPart part(int text, int number, int count, String piece) {
    return new XmppPart(id(text), number, count, piece);
  }

  @Test
  void putsPartsTogetherInAnyOrder() throws Exception {
    XmppOutbox outbox = new XmppOutbox(10, 1 << 20);
    String text = "abcdefghij".repeat(15_000);
    outbox.add(text);
    List<String> bodies = new ArrayList<>();
    Optional<XmppOutbox.Stanza> next = outbox.next(0);
    while (next.isPresent()) {
      bodies.add(next.get().body());
      outbox.reflected(next.get().id(), "anna");
      next = outbox.next(0);
    }
    assertTrue(bodies.size() > 1);
    Collections.reverse(bodies);
    Optional<String> whole = Optional.empty();
    for (String body : bodies) {
      assertEquals(Optional.empty(), whole);
      whole = assembly.add("anna", XmppPart.parse(body).orElseThrow());
    }
    assertEquals(Optional.of(text), whole);
  }

  @Test
  void sendsAgainWhatDidNotComeBack() throws Exception {
    XmppOutbox outbox = new XmppOutbox(10, 1000);
    outbox.add("first");
    outbox.add("second");
    XmppOutbox.Stanza first = outbox.next(0).orElseThrow();
    XmppOutbox.Stanza second = outbox.next(0).orElseThrow();
    assertFalse(outbox.next(0).isPresent());
    outbox.reflected(first.id(), "anna");
    outbox.restart();
    assertEquals(second, outbox.next(0).orElseThrow());
    outbox.reflected(second.id(), "anna");
    outbox.restart();
    assertFalse(outbox.next(0).isPresent());
  }

  @Test
  void dropsTheOldestWhenFull() throws Exception {
    XmppOutbox outbox = new XmppOutbox(2, 1000);
    List.of("first", "second", "third").forEach(outbox::add);
    assertEquals("second", outbox.next(0).orElseThrow().body());
    assertEquals("third", outbox.next(0).orElseThrow().body());
    assertFalse(outbox.next(0).isPresent());
  }

  @Test
  void hasNoMoreUnderWayThanAWindow() throws Exception {
    XmppOutbox outbox = new XmppOutbox(1000, 1 << 20);
    for (int i = 0; i < 100; i++) {
      outbox.add("message " + i);
    }
    List<XmppOutbox.Stanza> sent = new ArrayList<>();
    Optional<XmppOutbox.Stanza> next = outbox.next(0);
    while (next.isPresent()) {
      sent.add(next.get());
      next = outbox.next(0);
    }
    assertTrue(sent.size() < 100);
    outbox.reflected(sent.get(0).id(), "anna");
    assertTrue(outbox.next(0).isPresent());
    assertFalse(outbox.next(0).isPresent());
  }

  @Test
  void keepsAShareForEverySource() {
    assembly.add("anna", part(0, 0, 2, "an"));
    for (int i = 1; i < 2000; i++) {
      assembly.add("mallory", part(i, 0, 2, "x".repeat(PIECE)));
      assembly.add("mallory", part(i, 1, 3, "y"));
    }
    assertEquals(Optional.empty(), assembly.add("mallory", part(1, 1, 2, "y")));
    assertEquals(Optional.empty(), assembly.add("mallory", part(0, 1, 2, "y")));
    assertEquals(Optional.of("anna"), assembly.add("anna", part(0, 1, 2, "na")));
  }

  @Test
  void takesNoPartThatContradicts() {
    assembly.add("anna", part(0, 0, 2, "an"));
    assembly.add("anna", part(0, 0, 2, "xx"));
    assembly.add("anna", part(0, 2, 3, "xx"));
    assembly.add("anna", part(0, 1, 2, "x".repeat(XmppAssembly.MAX_TEXT)));
    assertEquals(Optional.of("anna"), assembly.add("anna", part(0, 1, 2, "na")));
  }
}
