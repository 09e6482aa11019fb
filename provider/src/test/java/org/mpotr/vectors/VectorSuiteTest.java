package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;

/** That a run over vectors tells right from wrong, whatever the files are called. */
class VectorSuiteTest {

  private static final String POINT =
      "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
          + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
  private static final String X = POINT.substring(2, 66);
  private static final String Y = POINT.substring(66);
  private static final String D =
      "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
  private static final String R =
      "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00";
  private static final String S =
      "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe";
  private static final String SAMPLE = "73616d706c65";
  private static final String KEY =
      "'publicKey': {'curve': 'secp256r1', 'uncompressed': '" + POINT + "'}";
  private static final String PEER =
      "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
          + "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac";
  private static final String PEER_D =
      "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534";
  private static final String SHARED =
      "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b";
  private static final String TAG =
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
          + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
  private static final String SAID = "7768617420646f2079612077616e7420666f72206e6f7468696e673f";

  @TempDir Path directory;

  /** An algorithm, the fields of a group, those of a test, and the one that holds the answer. */
  static Stream<Arguments> kinds() {
    return Stream.of(
        kind(
            "SHA-512",
            "",
            "'In': '616263', 'Out': 'ddaf35a193617abacc417349ae20413112e6fa4e89a9"
                + "7ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d"
                + "4423643ce80e2a9ac94fa54ca49f'",
            "Out"),
        kind(
            "HmacSHA512",
            "",
            "'Key': '4a656665', 'In': '" + SAID + "', 'Out': '" + TAG + "'",
            "Out"),
        kind(
            "HMACSHA512",
            "'type': 'MacTest', 'tagSize': 128",
            "'key': '4a656665', 'msg': '" + SAID + "', 'tag': '" + TAG.substring(0, 32) + "'",
            "tag"),
        kind(
            "HKDF-SHA512",
            "",
            "'Secret': '"
                + "0b".repeat(22)
                + "', 'Output': '"
                + "f5fa02b18298a72a8c23898a8703472c6eb179dc204c03425c97'",
            "Output"),
        kind(
            "HKDF-SHA-512",
            "'type': 'HkdfTest'",
            "'ikm': '"
                + "0b".repeat(22)
                + "', 'salt': '', 'info': '', 'size': 10, 'okm': 'f5fa02b18298a72a8c23'",
            "okm"),
        kind(
            "AES/CTR/NoPadding",
            "",
            "'key': '2b7e151628aed2a6abf7158809cf4f3c',"
                + " 'iv': 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', 'pt': '6bc1bee2', 'ct': '874d6191'",
            "ct"),
        kind("n*G on P-256", "", "'n': '" + D + "', 'x': '" + X + "', 'y': '" + Y + "'", "y"),
        kind("EC public key validation", "", "'x': '" + X + "', 'y': '" + Y + "'", "y"),
        kind(
            "ECDH",
            "",
            "'d': '"
                + D
                + "', 'x': '"
                + X
                + "', 'y': '"
                + Y
                + "', 'peerX': '"
                + X
                + "', 'peerY': '"
                + Y
                + "', 'z': '"
                + square()
                + "'",
            "z"),
        kind(
            "ECDH",
            "'type': 'EcdhEcpointTest', 'curve': 'secp256r1', 'encoding': 'ecpoint'",
            "'public': '" + PEER + "', 'private': '00" + PEER_D + "', 'shared': '" + SHARED + "'",
            "shared"),
        kind(
            "ECDSA",
            "'type': 'EcdsaP1363Verify', 'sha': 'SHA-512', " + KEY,
            "'msg': '" + SAMPLE + "', 'sig': '" + R + S + "'",
            "sig"),
        kind(
            "ECDSA",
            "'type': 'EcdsaVerify', 'sha': 'SHA-512', " + KEY,
            "'msg': '" + SAMPLE + "', 'sig': '3045022100" + R + "0220" + S + "'",
            "sig"),
        kind(
            "deterministic ECDSA P-256",
            "",
            "'hash': 'SHA-512', 'msg': '"
                + SAMPLE
                + "', 'd': '"
                + D
                + "', 'r': '"
                + R
                + "', 's': '"
                + S
                + "'",
            "s"),
        kind(
            "SHA512withECDSA",
            "",
            "'msg': '"
                + SAMPLE
                + "', 'qx': '"
                + X
                + "', 'qy': '"
                + Y
                + "', 'r': '"
                + R
                + "', 's': '"
                + S
                + "'",
            "r"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("kinds")
  void aRightAnswerIsRightAndAChangedOneIsWrong(
      String algorithm, String group, String test, String answer) throws IOException {
    JsonObject fields = object(test);
    assertEquals("vectors: 1 run, 0 wrong, 0 skipped", lastLine(algorithm, group, fields));
    fields.addProperty("result", "valid");
    assertEquals("vectors: 1 run, 0 wrong, 0 skipped", lastLine(algorithm, group, fields));
    fields.addProperty("result", "acceptable");
    assertEquals("vectors: 1 run, 0 wrong, 0 skipped", lastLine(algorithm, group, fields));
    fields.addProperty("result", "invalid");
    assertEquals("vectors: 1 run, 1 wrong, 0 skipped", lastLine(algorithm, group, fields));
    fields.addProperty("result", "valid");
    fields.addProperty(answer, changed(fields.get(answer).getAsString()));
    assertEquals("vectors: 1 run, 1 wrong, 0 skipped", lastLine(algorithm, group, fields));
  }

  @Test
  void whatIsNotOursIsSkippedByReason() throws IOException {
    String group = "'type': 'EcdhEcpointTest', 'curve': 'secp384r1'";
    JsonObject test = object("'public': '', 'private': '', 'shared': '', 'result': 'valid'");
    assertEquals(
        Map.of("mpOTR has no ECDH on secp384r1", 1), run("ECDH", group, test).skippedByReason());
    assertEquals(
        Map.of("AES-GCM is not used by mpOTR", 1), run("AES-GCM", "", test).skippedByReason());
    assertEquals(
        Map.of("ECDH in the form XdhComp is unknown here", 1),
        run("ECDH", "'type': 'XdhComp'", object("'a': ''")).skippedByReason());
  }

  @Test
  void anUndocumentedExceptionIsWrongAndTheRunGoesOn() throws IOException {
    JsonObject file = file("SHA-512", "", object("'In': 'not hexadecimal', 'Out': ''"));
    file.getAsJsonArray("tests").add(object("'In': '', 'Out': '00', 'comment': 'the second'"));
    Tally tally = run(file.toString());
    assertEquals(2, tally.run());
    assertEquals(2, tally.wrong().size());
    assertTrue(tally.wrong().get(1).contains("test 2, the second"), tally.wrong().get(1));
  }

  @Test
  void signedDataIsJudgedByItsDescription() throws IOException {
    String blocks =
        pem("PUBLIC KEY", "3059301306072a8648ce3d020106082a8648ce3d030107034200" + POINT)
            + pem("ALGORITHM", "300a06082a8648ce3d040304")
            + pem("DATA", SAMPLE)
            + pem("SIGNATURE", "0348003045022100" + R + "0220" + S);
    assertEquals(0, run("A signature.\n" + blocks).wrong().size());
    assertEquals(1, run("The same, but something was changed.\n" + blocks).wrong().size());
    String broken = blocks.replace(pem("DATA", SAMPLE), pem("DATA", "00"));
    assertEquals(1, run("A signature.\n" + broken).wrong().size());
    assertEquals(0, run("The same, but the data were changed.\n" + broken).wrong().size());
  }

  @Test
  void signedDataOfOtherAlgorithmsIsSkipped() throws IOException {
    String blocks =
        pem("PUBLIC KEY", "3000")
            + pem("ALGORITHM", "3000")
            + pem("DATA", "")
            + pem("SIGNATURE", "03");
    assertEquals(1, run("A signature.\n" + blocks).skipped());
    assertEquals(1, run("The same, but something was changed.\n" + blocks).skipped());
  }

  @Test
  void otherFilesAndHiddenOnesAreNoVectors() throws IOException {
    Files.createDirectory(directory.resolve(".git"));
    Files.writeString(directory.resolve(".git/config.json"), "{\"tests\": [{}]}");
    Files.writeString(directory.resolve("empty.json"), "");
    Files.writeString(directory.resolve("schema.json"), "{\"type\": \"object\"}");
    Files.write(directory.resolve("key.bin"), new byte[100]);
    Tally tally = run("# a read-me");
    assertEquals(0, tally.run() + tally.skipped());
  }

  private static String square() {
    // x of d·(d·G), by the agreement of the other way round: d² mod n times the generator.
    BigInteger d = new BigInteger(D, 16);
    BigInteger product = d.multiply(d).mod(Numbers.ORDER);
    try (SecretScalar scalar = Numbers.scalar(product)) {
      byte[] x = Numbers.unsigned(P256.engine().publicPoint(scalar).x());
      return HexFormat.of().formatHex(x);
    }
  }

  private static Arguments kind(String algorithm, String group, String test, String answer) {
    return Arguments.of(algorithm, group, test, answer);
  }

  private static String changed(String digits) {
    int last = digits.length() - 1;
    return digits.substring(0, last) + (digits.charAt(last) == '0' ? '1' : '0');
  }

  private static String pem(String label, String digits) {
    byte[] content = HexFormat.of().parseHex(digits);
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static JsonObject object(String fields) {
    return JsonParser.parseString("{" + fields.replace('\'', '"') + "}").getAsJsonObject();
  }

  private static JsonObject file(String algorithm, String group, JsonObject test) {
    JsonObject file = object("'algorithm': '" + algorithm + "'");
    JsonArray tests = new JsonArray();
    tests.add(test);
    if (group.isEmpty()) {
      file.add("tests", tests);
    } else {
      JsonObject groupObject = object(group);
      groupObject.add("tests", tests);
      JsonArray groups = new JsonArray();
      groups.add(groupObject);
      file.add("testGroups", groups);
    }
    return file;
  }

  private String lastLine(String algorithm, String group, JsonObject test) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(file(algorithm, group, test).toString(), out);
    String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\\R", -1);
    return lines[lines.length - 1];
  }

  private Tally run(String algorithm, String group, JsonObject test) throws IOException {
    return run(file(algorithm, group, test).toString());
  }

  private Tally run(String content) throws IOException {
    return run(content, new ByteArrayOutputStream());
  }

  private Tally run(String content, ByteArrayOutputStream out) throws IOException {
    Files.writeString(directory.resolve("any-name"), content);
    Tally tally = new Tally(new PrintStream(out, true, StandardCharsets.UTF_8));
    new VectorSuite(directory, tally).run();
    tally.summarize();
    return tally;
  }
}
