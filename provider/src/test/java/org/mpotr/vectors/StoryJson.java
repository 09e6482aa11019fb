package org.mpotr.vectors;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.mpotr.reference.Curve;
import org.mpotr.reference.Epoch;
import org.mpotr.reference.Identity;
import org.mpotr.reference.Inputs;
import org.mpotr.reference.Labelled;
import org.mpotr.reference.Pair;
import org.mpotr.reference.Parameters;
import org.mpotr.reference.Run;

/** Stories as JSON, in the form that the README next to the files explains. */
final class StoryJson {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String EXPORT_LABEL = "vector";

  private StoryJson() {}

  static String text(JsonElement json) {
    return GSON.toJson(json) + "\n";
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static JsonObject of(Story story) {
    JsonObject json = new JsonObject();
    json.addProperty("description", story.description());
    JsonArray epochs = new JsonArray();
    story.chapters().forEach(chapter -> epochs.add(epoch(chapter, story.brief())));
    json.add("epochs", epochs);
    return json;
  }

  private static JsonObject epoch(Story.Chapter chapter, boolean brief) {
    Run run = chapter.run();
    Epoch epoch = run.seats().get(0).epoch();
    JsonObject json = new JsonObject();
    json.add("parameters", parameters(run.parameters()));
    json.addProperty("psk", hex(run.psk()));
    JsonArray members = new JsonArray();
    for (int i = 0; i < run.seats().size(); i++) {
      members.add(member(run, i, brief));
    }
    json.add("members", members);
    if (!brief) {
      json.add("pairs", pairs(run));
    }
    json.addProperty("sid", hex(epoch.sid()));
    json.addProperty("t2", hex(epoch.t2()));
    json.addProperty("t3", hex(epoch.t3()));
    json.addProperty("params_hash", hex(epoch.paramsHash()));
    json.addProperty("roster_hash", hex(epoch.rosterHash()));
    json.addProperty("gk", hex(epoch.gk()));
    json.addProperty("epoch_secret", hex(epoch.secret()));
    json.addProperty("attest_key", hex(epoch.attestKey()));
    json.addProperty("group_code", hex(epoch.groupCode()));
    json.addProperty("group_code_digits", Labelled.digits(epoch.groupCode(), 4));
    json.add("exporter", exporter(epoch));
    JsonArray frames = new JsonArray();
    chapter.said().forEach(said -> frames.add(frame(said)));
    json.add("frames", frames);
    return json;
  }

  private static JsonObject parameters(Parameters parameters) {
    JsonObject json = new JsonObject();
    json.addProperty("purpose", parameters.purpose());
    json.addProperty("channel", parameters.channel());
    json.addProperty("epoch", parameters.epoch());
    json.addProperty("previous_sid", hex(parameters.previousSid()));
    json.addProperty("authentication", parameters.authentication());
    json.addProperty("join_policy", parameters.joinPolicy());
    json.addProperty("psk_kind", parameters.pskKind());
    json.addProperty("psk_salt", hex(parameters.pskSalt()));
    json.addProperty("psk_cost", parameters.pskCost());
    json.addProperty("psk_block_size", parameters.pskBlockSize());
    json.addProperty("psk_parallelism", parameters.pskParallelism());
    json.addProperty("setup_timeout", parameters.setupTimeout());
    json.addProperty("lifetime", parameters.lifetime());
    json.addProperty("refresh_time", parameters.refreshTime());
    json.addProperty("refresh_frames", parameters.refreshFrames());
    json.addProperty("resumptions", parameters.resumptions());
    json.addProperty("max_members", parameters.maxMembers());
    json.addProperty("frame_limit", parameters.frameLimit());
    json.addProperty("file_limit", parameters.fileLimit());
    json.addProperty("padding", parameters.padding());
    json.addProperty("encoded", hex(parameters.encoded()));
    return json;
  }

  private static JsonObject member(Run run, int index, boolean brief) {
    Run.Seat seat = run.seats().get(index);
    Inputs inputs = seat.inputs();
    Epoch epoch = seat.epoch();
    JsonObject json = new JsonObject();
    json.addProperty("index", index);
    json.addProperty("nickname", inputs.nickname());
    seat.participant().before().ifPresent(place -> json.addProperty("previous_index", place));
    JsonArray continuing = new JsonArray();
    run.known(index).forEach(continuing::add);
    json.add("continuing", continuing);
    json.addProperty("a", hex(Curve.number(inputs.identity().scalar())));
    json.addProperty("identity", hex(inputs.identity().spki()));
    byte[] fingerprint = Identity.fingerprint(inputs.identity().spki());
    json.addProperty("fingerprint", hex(fingerprint));
    json.addProperty("fingerprint_digits", Labelled.digits(fingerprint, 8));
    addRandomness(json, inputs, run.parameters().authentication() == Parameters.SIGNATURE);
    json.addProperty("m", hex(epoch.roster().at(index).m()));
    for (int round = 0; round < Run.ROUNDS.size(); round++) {
      byte[] message = seat.sent().get(round);
      String name = Run.ROUNDS.get(round);
      json.addProperty(brief ? name + "_sha512" : name, hex(brief ? sha512(message) : message));
    }
    json.addProperty("frame_key", hex(epoch.frameKey(index)));
    json.addProperty("frame_mac", hex(epoch.frameMac(index)));
    return json;
  }

  private static void addRandomness(JsonObject json, Inputs inputs, boolean signed) {
    json.addProperty("random", hex(inputs.drawn(signed)));
    json.addProperty("n", hex(inputs.n()));
    json.addProperty("x", hex(Curve.number(inputs.x())));
    json.addProperty("e", hex(Curve.number(inputs.e())));
    json.addProperty("r", hex(inputs.r()));
    json.addProperty("intro_key", hex(inputs.introKey()));
    Map<String, byte[]> hedges =
        Map.of(
            "introduction", inputs.introductionHedge(),
            "share", inputs.shareHedge(),
            "attest", inputs.attestHedge());
    if (signed) {
      json.addProperty("identity_hedge", hex(inputs.identityHedge()));
    }
    for (String round : Run.ROUNDS.subList(1, Run.ROUNDS.size())) {
      json.addProperty(round + "_hedge", hex(hedges.get(round)));
    }
  }

  private static JsonArray pairs(Run run) {
    JsonArray pairs = new JsonArray();
    for (int lo = 0; lo < run.seats().size(); lo++) {
      for (int hi = lo + 1; hi < run.seats().size(); hi++) {
        Epoch epoch = run.seats().get(lo).epoch();
        Pair pair = epoch.pairs().get(hi);
        JsonObject json = new JsonObject();
        json.addProperty("lo", lo);
        json.addProperty("hi", hi);
        json.addProperty("ee", hex(pair.ee()));
        json.addProperty("k_ee", hex(pair.kEe()));
        json.addProperty("flag_of_lo", run.seats().get(lo).flag(hi));
        json.addProperty("flag_of_hi", run.seats().get(hi).flag(lo));
        json.addProperty("mode", pair.mode());
        json.addProperty("auth", hex(pair.auth()));
        json.addProperty("k", hex(pair.k()));
        json.addProperty("resumption_secret", hex(pair.resumption(epoch.t3())));
        json.addProperty("private_frame_key", hex(pair.privateFrameKey(epoch.t3())));
        pairs.add(json);
      }
    }
    return pairs;
  }

  private static JsonArray exporter(Epoch epoch) {
    JsonArray exporter = new JsonArray();
    byte[] context = "context".getBytes(StandardCharsets.US_ASCII);
    for (int length : new int[] {1, 32, 100}) {
      JsonObject json = new JsonObject();
      json.addProperty("label", EXPORT_LABEL);
      json.addProperty("context", hex(context));
      json.addProperty("length", length);
      json.addProperty("output", hex(epoch.exporter(EXPORT_LABEL, context, length)));
      exporter.add(json);
    }
    return exporter;
  }

  private static JsonObject frame(Story.Said said) {
    JsonObject json = new JsonObject();
    json.addProperty("sender", said.sender());
    json.addProperty("kind", said.content().kind());
    json.addProperty("seq", said.content().seq());
    JsonArray parents = new JsonArray();
    said.content().parents().forEach(parent -> parents.add(hex(parent)));
    json.add("parents", parents);
    json.addProperty("content", hex(said.content().content()));
    json.addProperty("iv", hex(said.made().iv()));
    json.addProperty("hedge", hex(said.hedge()));
    json.addProperty("inner", hex(said.made().inner()));
    json.addProperty("digest", hex(said.made().digest()));
    json.addProperty("signature", hex(said.made().signature()));
    json.addProperty("tag", hex(said.made().tag()));
    json.addProperty("frame", hex(said.made().frame()));
    return json;
  }

  static byte[] sha512(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
