package org.mpotr.vectors;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One test of a vector file, with its group and the algorithm of the file. Fields are looked for in
 * the test first and then in the group.
 */
record Vector(String algorithm, JsonObject group, JsonObject test) {

  /** The algorithm's name without case, hyphens and the like. */
  String plainAlgorithm() {
    return plain(algorithm);
  }

  static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }

  boolean has(String... names) {
    for (String name : names) {
      if (!test.has(name)) {
        return false;
      }
    }
    return true;
  }

  /** The type of the group, or nothing in a flat file. */
  String type() {
    return string(group.get("type"));
  }

  Expectation expectation() {
    return Expectation.of(text("result"));
  }

  /** A text; nothing where the field is absent. */
  String text(String name) {
    return string(test.has(name) ? test.get(name) : group.get(name));
  }

  /** Bytes in hexadecimal; none where the field is absent. */
  byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  /** A non-negative number in hexadecimal. */
  BigInteger number(String name) {
    return new BigInteger("0" + text(name), 16);
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  JsonObject object(String name) {
    JsonElement element = test.has(name) ? test.get(name) : group.get(name);
    return element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
  }

  /** A field of an inner object as text; nothing where either is absent. */
  static String string(JsonElement element) {
    return element instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
  }

  /** How people find the test again. */
  String name(int index) {
    String id = text("tcId");
    String comment = text("comment");
    return (id.isEmpty() ? "test " + index : "tcId " + id)
        + (comment.isEmpty() ? "" : ", " + comment);
  }
}
