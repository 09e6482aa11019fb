package org.mpotr.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.mpotr.reference.Refused;

/** Refusals as JSON, in the form that the README next to the files explains. */
final class RefusalsJson {

  private RefusalsJson() {}

  static JsonObject of(List<Story> stories) {
    Story base = RefusalCases.named(stories, "three-members");
    JsonObject json = new JsonObject();
    json.addProperty("description", "what must be refused, and why");
    JsonArray messages = new JsonArray();
    for (MessageRefusals.Expected expected : MessageRefusals.all(base)) {
      JsonObject one = new JsonObject();
      one.addProperty("name", expected.name());
      one.addProperty("check", expected.check());
      one.addProperty("message", StoryJson.hex(expected.message()));
      messages.add(one);
    }
    json.add("messages", messages);
    JsonArray setups = new JsonArray();
    RefusalCases.all(stories).forEach(expected -> setups.add(setup(expected)));
    json.add("setups", setups);
    JsonArray frames = new JsonArray();
    for (FrameRefusals.Expected expected : FrameRefusals.all(base)) {
      JsonObject one = new JsonObject();
      one.addProperty("name", expected.name());
      one.addProperty("base", base.name());
      one.addProperty("check", expected.check());
      one.addProperty("frame", StoryJson.hex(expected.frame()));
      frames.add(one);
    }
    json.add("frames", frames);
    return json;
  }

  /** One set-up, after the reference has refused it as the text wants. */
  private static JsonObject setup(RefusalCases.Expected expected) {
    Refusal refusal = expected.refusal();
    Refusal.Outcome outcome = refusal.play();
    String wanted = expected.round() + ": " + expected.check() + " of " + expected.member();
    String got = outcome.round() + ": " + outcome.check() + " of " + outcome.nickname();
    if (!wanted.equals(got)) {
      throw new AssertionError(refusal.name() + ": expected " + wanted + ", got " + got);
    }
    JsonObject json = new JsonObject();
    json.addProperty("name", refusal.name());
    json.addProperty("base", refusal.base().name());
    json.addProperty("epoch", refusal.epoch());
    json.addProperty("receiver", refusal.receiverPlace());
    json.addProperty("round", outcome.round());
    json.addProperty("check", outcome.check());
    if (outcome.member() != Refused.NOBODY) {
      json.addProperty("member", outcome.member());
    }
    JsonObject replaced = new JsonObject();
    refusal
        .replaced()
        .forEach(
            (round, messages) -> {
              JsonObject places = new JsonObject();
              messages.forEach(
                  (place, message) ->
                      places.addProperty(Integer.toString(place), StoryJson.hex(message)));
              replaced.add(round, places);
            });
    json.add("replaced", replaced);
    return json;
  }
}
