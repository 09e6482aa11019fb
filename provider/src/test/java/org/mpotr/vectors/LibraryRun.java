package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.reference.Run;
import org.mpotr.wire.Bytes;

/** Plays recorded epochs with the library and holds every byte that it gives against the record. */
final class LibraryRun {

  private static final HexFormat HEX = HexFormat.of();

  private LibraryRun() {}

  /** All epochs of a story; gives the keys of the last one, in roster order. */
  static List<GroupKey> play(JsonObject story, int epochs) throws GeneralSecurityException {
    List<GroupKey> keys = List.of();
    for (JsonElement epoch : story.getAsJsonArray("epochs").asList().subList(0, epochs)) {
      keys = play(epoch.getAsJsonObject(), keys);
      checkKeys(epoch.getAsJsonObject(), keys);
      for (JsonElement frame : epoch.getAsJsonObject().getAsJsonArray("frames")) {
        checkFrame(frame.getAsJsonObject(), keys);
      }
    }
    return keys;
  }

  private static List<GroupKey> play(JsonObject epoch, List<GroupKey> before)
      throws GeneralSecurityException {
    List<LibraryMember> members = new ArrayList<>();
    List<byte[]> said = new ArrayList<>();
    for (JsonElement json : epoch.getAsJsonArray("members")) {
      JsonObject record = json.getAsJsonObject();
      LibraryMember member = new LibraryMember(epoch, members.size(), before(record, before));
      members.add(member);
      said.add(member.hello());
    }
    for (String round : Run.ROUNDS) {
      for (int i = 0; i < members.size(); i++) {
        JsonObject record = epoch.getAsJsonArray("members").get(i).getAsJsonObject();
        assertMessage(record, round, said.get(i));
      }
      List<byte[]> heard = List.copyOf(said);
      said.clear();
      for (LibraryMember member : members) {
        said.add(member.answer(heard));
      }
    }
    List<GroupKey> keys = new ArrayList<>();
    for (LibraryMember member : members) {
      assertEquals(0, member.undrawn(), "random bytes that the text names and nobody drew");
      keys.add(member.groupKey());
    }
    return keys;
  }

  static GroupKey before(JsonObject member, List<GroupKey> keys) {
    return member.has("previous_index") ? keys.get(member.get("previous_index").getAsInt()) : null;
  }

  private static void assertMessage(JsonObject record, String round, byte[] message) {
    String what = round + " of " + record.get("nickname").getAsString();
    if (record.has(round)) {
      assertEquals(record.get(round).getAsString(), HEX.formatHex(message), what);
    } else {
      String hash = HEX.formatHex(StoryJson.sha512(message));
      assertEquals(record.get(round + "_sha512").getAsString(), hash, what);
    }
  }

  private static void checkKeys(JsonObject epoch, Collection<GroupKey> keys) {
    for (GroupKey key : keys) {
      assertEquals(epoch.get("sid").getAsString(), key.sid().toHex());
      assertEquals(epoch.get("group_code_digits").getAsString(), key.groupCode());
      for (JsonElement json : epoch.getAsJsonArray("exporter")) {
        JsonObject exported = json.getAsJsonObject();
        byte[] output =
            key.export(
                exported.get("label").getAsString(),
                LibraryMember.bytes(exported, "context"),
                exported.get("length").getAsInt());
        assertArrayEquals(LibraryMember.bytes(exported, "output"), output);
      }
      for (Member member : key.roster()) {
        JsonObject record = epoch.getAsJsonArray("members").get(member.index()).getAsJsonObject();
        assertEquals(record.get("m").getAsString(), member.id().toHex());
        assertEquals(record.get("nickname").getAsString(), member.nickname().text());
        assertEquals(
            record.get("identity").getAsString(), HEX.formatHex(member.identityKey().getEncoded()));
        assertEquals(
            record.get("fingerprint_digits").getAsString(), member.fingerprint().toString());
      }
    }
  }

  private static void checkFrame(JsonObject record, List<GroupKey> keys)
      throws GeneralSecurityException {
    int sender = record.get("sender").getAsInt();
    byte[] content = LibraryMember.bytes(record, "content");
    byte[] hedge = LibraryMember.bytes(record, "hedge");
    byte[] frame = LibraryMember.bytes(record, "frame");
    List<Bytes> parents =
        record.getAsJsonArray("parents").asList().stream()
            .map(parent -> Bytes.of(HEX.parseHex(parent.getAsString())))
            .toList();
    FrameKind kind = new FrameKind(record.get("kind").getAsInt());
    long seq = record.get("seq").getAsLong();

    ReplayedRandom random =
        new ReplayedRandom(HEX.parseHex(record.get("iv").getAsString() + HEX.formatHex(hedge)));
    Cipher sealing = Cipher.getInstance("mpOTR", LibraryMember.MPOTR);
    sealing.init(
        Cipher.ENCRYPT_MODE, keys.get(sender), FrameParameterSpec.of(kind, seq, parents), random);
    assertEquals(HEX.formatHex(frame), HEX.formatHex(sealing.doFinal(content)));
    assertEquals(0, random.left());

    for (GroupKey key : keys) {
      Cipher opening = Cipher.getInstance("mpOTR", LibraryMember.MPOTR);
      opening.init(Cipher.DECRYPT_MODE, key);
      assertArrayEquals(content, opening.doFinal(frame));
      FrameParameterSpec spec = opening.getParameters().getParameterSpec(FrameParameterSpec.class);
      assertEquals(sender, spec.sender().orElseThrow());
      assertEquals(kind, spec.kind());
      assertEquals(seq, spec.seq());
      assertEquals(parents, spec.parents());
      assertEquals(
          record.get("digest").getAsString().substring(0, 64), spec.id().orElseThrow().toHex());
    }
    checkDetached(record, frame, sender, keys);
  }

  private static void checkDetached(
      JsonObject record, byte[] frame, int sender, List<GroupKey> keys)
      throws GeneralSecurityException {
    byte[] signed = Arrays.copyOf(frame, frame.length - 80);
    byte[] signature = LibraryMember.bytes(record, "signature");
    ReplayedRandom random = new ReplayedRandom(LibraryMember.bytes(record, "hedge"));
    Signature signing = Signature.getInstance("mpOTR", LibraryMember.MPOTR);
    signing.initSign(keys.get(sender).signingKey(), random);
    signing.update(signed);
    assertArrayEquals(signature, signing.sign());
    for (GroupKey key : keys) {
      Signature verifying = Signature.getInstance("mpOTR", LibraryMember.MPOTR);
      verifying.initVerify(key.verificationKey(sender));
      verifying.update(signed);
      assertTrue(verifying.verify(signature));
    }
  }
}
