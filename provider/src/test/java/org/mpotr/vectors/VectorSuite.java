package org.mpotr.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs all vectors below a directory. What a file is shows in its content; its name is only
 * printed.
 */
final class VectorSuite {

  private static final List<VectorKind> KINDS =
      List.of(
          new EcdhVectors(),
          new EcdsaVectors(),
          new NumberedEcdsaVectors(),
          new CurveVectors(),
          new PointVectors(),
          new SymmetricVectors.Hash(),
          new SymmetricVectors.Mac(),
          new SymmetricVectors.Derivation(),
          new SymmetricVectors.Cipher());

  /** The object identifier of PKCS #7 data, which the outer layer of every PKCS #12 file names. */
  private static final String PKCS7_DATA = "06092a864886f70d0107";

  private final Path root;
  private final Tally tally;
  private final List<VectorKind> kinds;
  private int otherFiles;

  /** Vectors below a directory, which may be a link to one. */
  VectorSuite(Path root, Tally tally) throws IOException {
    this(root, tally, KINDS);
  }

  /** Vectors of some kinds only, put to whatever these ask; signed data in PEM as ever. */
  VectorSuite(Path root, Tally tally, List<VectorKind> kinds) throws IOException {
    this.root = root.toRealPath();
    this.tally = tally;
    this.kinds = kinds;
  }

  void run() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(root)) {
      files = found.filter(Files::isRegularFile).filter(this::isVisible).sorted().toList();
    }
    for (Path file : files) {
      int runBefore = tally.run();
      int wrongBefore = tally.wrong().size();
      int skippedBefore = tally.skipped();
      runFile(file, Files.readAllBytes(file));
      int run = tally.run() - runBefore;
      int skipped = tally.skipped() - skippedBefore;
      if (run + skipped > 0) {
        int wrong = tally.wrong().size() - wrongBefore;
        tally.say(name(file) + ": " + run + " run, " + wrong + " wrong, " + skipped + " skipped");
      }
    }
    tally.say("other files, without vectors: " + otherFiles);
  }

  private boolean isVisible(Path file) {
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private void runFile(Path file, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("{")) {
      runJson(file, text);
    } else if (text.contains("-----BEGIN ")) {
      runPem(file, text);
    } else if (isPkcs12(content)) {
      tally.skip("PKCS #12 files, since no key store is read here");
    } else {
      otherFiles++;
    }
  }

  private void runJson(Path file, String text) {
    JsonObject content;
    try {
      content = JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      tally.skip("not JSON, though it starts so");
      return;
    }
    String algorithm = Vector.string(content.get("algorithm"));
    boolean vectors = false;
    int index = 0;
    for (JsonElement group : array(content, "testGroups")) {
      for (JsonElement test : array(group, "tests")) {
        vectors = true;
        runVector(file, ++index, vector(algorithm, group.getAsJsonObject(), test));
      }
    }
    for (JsonElement test : array(content, "tests")) {
      vectors = true;
      runVector(file, ++index, vector(algorithm, new JsonObject(), test));
    }
    if (!vectors) {
      otherFiles++;
    }
  }

  private void runVector(Path file, int index, Vector vector) {
    Optional<VectorKind> kind = kinds.stream().filter(each -> each.takes(vector)).findFirst();
    if (kind.isEmpty()) {
      tally.skip(unused(vector));
      return;
    }
    String where = name(file) + ", " + vector.name(index);
    judge(
        where,
        () -> kind.get().notForUs(vector),
        vector::expectation,
        () -> kind.get().ask(vector));
  }

  private void runPem(Path file, String text) {
    Optional<SignedData> signed = SignedData.in(text);
    if (signed.isEmpty()) {
      tally.skip("PEM without a signature to verify");
      return;
    }
    judge(name(file), signed.get()::notForUs, signed.get()::expectation, signed.get()::ask);
  }

  /** A question to the library that may end in an exception which counts as a wrong answer. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws Exception;
  }

  private void judge(
      String where,
      Question<Optional<String>> notForUs,
      Question<Expectation> expectation,
      Question<Answer> question) {
    try {
      Optional<String> reason = notForUs.ask();
      if (reason.isPresent()) {
        tally.skip(reason.get());
        return;
      }
      Expectation expected = expectation.ask();
      Answer answer = question.ask();
      tally.count(expected, answer);
      if (!expected.allows(answer)) {
        tally.wrong(where, "expected " + expected + ", got " + answer);
      }
    } catch (Exception e) {
      // Whatever is thrown here is documented nowhere: a wrong answer like any other, and the run
      // goes on.
      tally.count(Expectation.VALID, Answer.DIFFERENT);
      tally.wrong(where, "threw " + e);
    }
  }

  private static String unused(Vector vector) {
    String algorithm = vector.algorithm();
    String name = algorithm.isEmpty() ? "an algorithm without a name" : algorithm;
    String type = vector.type();
    if (name.startsWith("ML-KEM")) {
      return name + " belongs to suite 0x0002, which is not built yet";
    }
    return isOurs(vector)
        ? name
            + " in the form "
            + (type.isEmpty() ? vector.test().keySet() : type)
            + " is unknown here"
        : name + " is not used by mpOTR";
  }

  /** Whether the algorithm is one of mpOTR's, so that not running its vectors needs other words. */
  private static boolean isOurs(Vector vector) {
    return List.of("ECDH", "ECDSA", "HMACSHA512", "HKDFSHA512", "SHA512", "AESCTR")
        .contains(vector.plainAlgorithm());
  }

  private static Vector vector(String algorithm, JsonObject group, JsonElement test) {
    JsonObject fields = test.isJsonObject() ? test.getAsJsonObject() : new JsonObject();
    return new Vector(algorithm, group, fields);
  }

  private static JsonArray array(JsonElement parent, String name) {
    JsonElement found = parent.isJsonObject() ? parent.getAsJsonObject().get(name) : null;
    return found != null && found.isJsonArray() ? found.getAsJsonArray() : new JsonArray();
  }

  /** A DER sequence that holds version 3 and PKCS #7 data near its start. */
  private static boolean isPkcs12(byte[] content) {
    if (content.length < 40 || content[0] != 0x30) {
      return false;
    }
    String start = HexFormat.of().formatHex(content, 0, 40);
    return start.contains("020103") && start.contains(PKCS7_DATA);
  }

  private String name(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
