package org.mpotr.chat.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mpotr.MpotrProvider;
import org.mpotr.chat.relay.Sighting;
import org.mpotr.identity.Fingerprint;
import org.mpotr.wire.Armour;
import org.mpotr.wire.WireException;

/** The search is worth something only if it finds what is there. */
class RelaySearchTest {

  private static final String LINE = "a line of text";

  @Test
  void findsTextUnderTheArmourAndInTheHead() throws Exception {
    assertTrue(search("", "before " + LINE + " after").finds(Needle.ofLine(LINE)));
    assertTrue(search("GET /channels/" + LINE, "").finds(Needle.ofLine(LINE)));
    assertFalse(search("", "another text").finds(Needle.ofLine(LINE)));
  }

  @Test
  void findsShortNamesWhereTheEncodingWouldPutThem() throws Exception {
    Needle bob = Needle.ofName("bob");
    assertTrue(search("", "\u0003bob").finds(bob));
    assertTrue(search("", "bob\0\0").finds(bob));
    assertTrue(search("X-Name: bob", "").finds(bob));
    assertFalse(search("", "xbobx").finds(bob));
  }

  @Test
  void findsIdentitiesAndFingerprints() throws Exception {
    KeyPair identity = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    String encoded = new String(identity.getPublic().getEncoded(), StandardCharsets.ISO_8859_1);
    RelaySearch key = search("", encoded);
    RelaySearch digits = search(Fingerprint.of(identity.getPublic()).toString(), "");

    assertTrue(Needle.ofIdentity(identity.getPublic()).stream().allMatch(key::finds));
    assertTrue(Needle.ofFingerprint(identity.getPublic()).stream().anyMatch(digits::finds));
    assertTrue(Needle.ofFingerprint(identity.getPublic()).stream().noneMatch(key::finds));
  }

  @Test
  void saysWhatIsTooShort() throws Exception {
    RelaySearch search = search("", "ok");
    assertFalse(search.finds(Needle.ofLine("ok")));
    assertEquals(1, search.tooShort());
  }

  @Test
  void takesNothingWithoutArmour() {
    assertThrows(WireException.class, () -> new RelaySearch(List.of(new Sighting("", LINE))));
  }

  private static RelaySearch search(String head, String content) throws WireException {
    String body =
        content.isEmpty() ? "" : Armour.encode(content.getBytes(StandardCharsets.ISO_8859_1));
    return new RelaySearch(List.of(new Sighting(head, body)));
  }
}
