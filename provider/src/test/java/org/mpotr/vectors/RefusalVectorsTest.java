package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.reference.Epoch;
import org.mpotr.reference.Frame;
import org.mpotr.reference.Refused;
import org.mpotr.reference.Roster;
import org.mpotr.reference.Run;
import org.mpotr.wire.WireException;

/**
 * What must be refused: the reference and the library name the same check and the same member. See
 * {@link ProtocolVectorsTest}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusalVectorsTest {

  private static final VectorFile FILE = new VectorFile("refusals");

  /** The checks that leave the attempt where it was (section 4.8). */
  private static final Set<String> HARMLESS =
      Set.of("wrong-round", "foreign", "doubled", "missing", "own-message-altered", "group-size");

  @Test
  @Order(1)
  void referenceRefuses() throws IOException {
    List<Story> stories = Stories.all();
    FILE.check(RefusalsJson.of(stories));
    Story base = RefusalCases.named(stories, "three-members");
    for (MessageRefusals.Expected expected : MessageRefusals.all(base)) {
      Refused refused =
          assertThrows(
              Refused.class, () -> Roster.checkEncoding(expected.message()), expected.name());
      assertEquals(expected.check(), refused.check(), expected.name());
    }
    Epoch epoch = base.last().run().seats().get(2).epoch();
    for (FrameRefusals.Expected expected : FrameRefusals.all(base)) {
      Refused refused =
          assertThrows(Refused.class, () -> Frame.open(epoch, expected.frame()), expected.name());
      assertEquals(expected.check(), refused.check(), expected.name());
    }
  }

  private static Stream<JsonObject> cases(String kind) throws IOException {
    return FILE.read().getAsJsonArray(kind).asList().stream().map(JsonElement::getAsJsonObject);
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  @TestFactory
  Stream<DynamicTest> libraryRefusesMessages() throws IOException {
    return cases("messages")
        .map(
            json ->
                DynamicTest.dynamicTest(
                    text(json, "name"),
                    () -> {
                      byte[] message = LibraryMember.bytes(json, "message");
                      var refused =
                          assertThrows(
                              InvalidKeySpecException.class, () -> LibraryMember.message(message));
                      WireException cause =
                          assertInstanceOf(WireException.class, refused.getCause());
                      assertEquals(text(json, "check"), cause.code().toString());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> libraryRefusesFrames() throws IOException, GeneralSecurityException {
    JsonObject base = new VectorFile("three-members").read();
    List<GroupKey> keys = LibraryRun.play(base, 1);
    return cases("frames")
        .map(
            json ->
                DynamicTest.dynamicTest(
                    text(json, "name"),
                    () -> {
                      byte[] frame = LibraryMember.bytes(json, "frame");
                      for (GroupKey key : keys) {
                        Cipher opening = Cipher.getInstance("mpOTR", LibraryMember.MPOTR);
                        opening.init(Cipher.DECRYPT_MODE, key);
                        var refused =
                            assertThrows(FrameRefusedException.class, () -> opening.doFinal(frame));
                        assertEquals(text(json, "check"), refused.code().toString());
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> libraryRefusesSetups() throws IOException {
    return cases("setups")
        .map(json -> DynamicTest.dynamicTest(text(json, "name"), () -> refuses(json)));
  }

  private static void refuses(JsonObject json) throws GeneralSecurityException, IOException {
    JsonObject story = new VectorFile(text(json, "base")).read();
    int number = json.get("epoch").getAsInt();
    int receiver = json.get("receiver").getAsInt();
    List<GroupKey> before = LibraryRun.play(story, number);
    JsonObject epoch = story.getAsJsonArray("epochs").get(number).getAsJsonObject();
    JsonObject record = epoch.getAsJsonArray("members").get(receiver).getAsJsonObject();
    LibraryMember member = new LibraryMember(epoch, receiver, LibraryRun.before(record, before));
    String said = HexFormat.of().formatHex(member.hello());
    for (String round : Run.ROUNDS) {
      List<byte[]> heard = heard(json, epoch, round);
      if (round.equals(text(json, "round"))) {
        var refused = assertThrows(SetupFailedException.class, () -> member.answer(heard));
        assertEquals(text(json, "check"), refused.check().code());
        int named = json.has("member") ? json.get("member").getAsInt() : Refused.NOBODY;
        assertEquals(named, refused.memberIndex().orElse(Refused.NOBODY));
        goesOn(member, round, epoch, text(json, "check"));
        return;
      }
      assertEquals(heardHex(json, epoch, round, receiver), said, "own message of " + round);
      said = HexFormat.of().formatHex(member.answer(heard));
    }
    throw new AssertionError("no round was refused");
  }

  /** After a harmless failure the right messages are still taken; after another one, nothing. */
  private static void goesOn(LibraryMember member, String round, JsonObject epoch, String check)
      throws GeneralSecurityException {
    List<byte[]> recorded = heard(new JsonObject(), epoch, round);
    if (HARMLESS.contains(check)) {
      member.answer(recorded);
    } else {
      assertThrows(IllegalStateException.class, () -> member.answer(recorded));
    }
  }

  private static List<byte[]> heard(JsonObject json, JsonObject epoch, String round) {
    List<byte[]> heard = new ArrayList<>();
    for (int place = 0; place < epoch.getAsJsonArray("members").size(); place++) {
      byte[] message = HexFormat.of().parseHex(heardHex(json, epoch, round, place));
      if (message.length > 0) {
        heard.add(message);
      }
    }
    return heard;
  }

  private static String heardHex(JsonObject json, JsonObject epoch, String round, int place) {
    JsonObject replaced = json.getAsJsonObject("replaced");
    String key = Integer.toString(place);
    return replaced != null && replaced.has(round) && replaced.getAsJsonObject(round).has(key)
        ? text(replaced.getAsJsonObject(round), key)
        : text(epoch.getAsJsonArray("members").get(place).getAsJsonObject(), round);
  }
}
