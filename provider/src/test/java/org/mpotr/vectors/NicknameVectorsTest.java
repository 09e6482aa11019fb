package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mpotr.identity.Nickname;
import org.mpotr.reference.Refused;

/** Nicknames that look alike, that do not, and that are none; see {@link ProtocolVectorsTest}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NicknameVectorsTest {

  private static final VectorFile FILE = new VectorFile("nicknames");
  private static final HexFormat HEX = HexFormat.of();

  /** Each row looks alike; no two rows do. */
  private static final List<List<String>> ALIKE =
      List.of(
          List.of("alice", "Alice", "ALICE", "a11ce", "al\u0456ce", "a l i c e", "\u0430lice"),
          List.of("carol", "\u03f2arol", "CAROL", "\u03f9arol", "c\u00e2r0l", "ca\u0433ol"),
          List.of("bob", "B0b", "\u0412\u043eb", "\uff42\uff4f\uff42", "b\u00f8b", "BO\u042c"),
          List.of("\u0433o\u0433a", "\u0413o\u0413a", "rora"),
          List.of("modern", "modem", "MODERN"),
          List.of("\u03a9mega", "\u03c9mega", "wmega", "vvmega"),
          List.of("\u039f\u03b4\u03cc\u03c2", "\u039f\u0394\u039f\u03a3"),
          List.of("Stra\u00dfe"),
          List.of("\u0130stanbul", "istanbul", "\u0131stanbul", "lstanbul"));

  private static final List<String> REFUSED =
      List.of(
          "",
          " alice",
          "alice ",
          "\u00a0alice",
          "al\tice",
          "al\u200dice",
          "al\u202eice",
          "\ue000",
          "al\u2028ice",
          "a\u0308lice",
          "\ud7ff\u0378",
          "a".repeat(65),
          "\u00e9".repeat(33));

  @Test
  @Order(1)
  void referenceMakesTheVectors() throws IOException, Refused {
    JsonObject json = new JsonObject();
    json.addProperty("description", "skeletons of nicknames, and UTF-8 that is no nickname");
    JsonArray skeletons = new JsonArray();
    Set<String> rows = new HashSet<>();
    for (List<String> row : ALIKE) {
      Set<String> same = new HashSet<>();
      for (String nickname : row) {
        byte[] utf8 = nickname.getBytes(StandardCharsets.UTF_8);
        String skeleton =
            org.mpotr.reference.Nickname.skeleton(org.mpotr.reference.Nickname.read(utf8));
        same.add(skeleton);
        JsonObject one = new JsonObject();
        one.addProperty("nickname", HEX.formatHex(utf8));
        one.addProperty("skeleton", HEX.formatHex(skeleton.getBytes(StandardCharsets.UTF_8)));
        skeletons.add(one);
      }
      assertEquals(1, same.size(), () -> row + " look alike: " + same);
      rows.addAll(same);
    }
    assertEquals(ALIKE.size(), rows.size(), () -> "no two rows look alike: " + rows);
    json.add("skeletons", skeletons);
    JsonArray refused = new JsonArray();
    for (String text : REFUSED) {
      refused.add(HEX.formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }
    refused.add("ff");
    refused.add("c080");
    refused.add("eda080");
    for (JsonElement one : refused) {
      byte[] utf8 = HEX.parseHex(one.getAsString());
      assertThrows(Refused.class, () -> org.mpotr.reference.Nickname.read(utf8), one.toString());
    }
    json.add("refused", refused);
    FILE.check(json);
  }

  @Test
  void libraryGivesTheSameAnswers() throws IOException {
    JsonObject json = FILE.read();
    for (JsonElement element : json.getAsJsonArray("skeletons")) {
      JsonObject one = element.getAsJsonObject();
      Nickname nickname = Nickname.of(LibraryMember.bytes(one, "nickname"));
      assertEquals(
          new String(LibraryMember.bytes(one, "skeleton"), StandardCharsets.UTF_8),
          nickname.skeleton());
    }
    for (JsonElement element : json.getAsJsonArray("refused")) {
      byte[] utf8 = HEX.parseHex(element.getAsString());
      assertThrows(IllegalArgumentException.class, () -> Nickname.of(utf8), element.getAsString());
    }
  }
}
