package org.mpotr.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.identity.Fingerprint;
import org.mpotr.identity.IdentityCertificates;
import org.mpotr.identity.Nickname;
import org.mpotr.keystore.StoreCost;
import org.mpotr.session.closing.Forger;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.closing.Script;

/** The command as a person and a program meet it. */
class CommandTest {

  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;

  private final Map<String, String> environment =
      new HashMap<>(Map.of("P", PASSWORD, "WRONG", "wrong", "B", "of the backup"));
  private final Deque<String> typed = new ArrayDeque<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private InputStream in = InputStream.nullInputStream();

  @BeforeEach
  void lowestCost() {
    System.setProperty(StoreCost.PROPERTY, "14");
  }

  @AfterEach
  void normalCost() {
    System.clearProperty(StoreCost.PROPERTY);
  }

  /** Types what the test has laid out. */
  private final class Typist implements Surroundings.Prompt {
    @Override
    public char[] password(String label) {
      String next = typed.poll();
      return next == null ? null : next.toCharArray();
    }

    @Override
    public String line(String label) {
      return typed.poll();
    }
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Surroundings here =
        new Surroundings(
            in,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            environment::get,
            folder,
            Optional.of(new Typist()),
            StandardCharsets.UTF_8,
            false);
    int exitCode = Mpotr.run(here, arguments);
    assertFalse(err.toString().contains("\tat "), () -> "a stack trace: " + err);
    assertFalse((out + "" + err).contains(PASSWORD), "a password was printed");
    return exitCode;
  }

  private void does(String... arguments) {
    assertEquals(0, run(arguments), () -> Arrays.toString(arguments) + "\n" + out + err);
  }

  private void fails(int exitCode, String reason, String... arguments) {
    assertEquals(exitCode, run(arguments), () -> Arrays.toString(arguments) + "\n" + out + err);
    assertTrue((out + "" + err).contains(reason), () -> reason + " is not in " + out + err);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private JsonObject json(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    does(all);
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }

  private String makeBob() {
    String[] bob = {"--store", path("bob.mpotr"), "--password-env", "P"};
    does("identity", "create", "bob", bob[0], bob[1], bob[2], bob[3]);
    does("identity", "export", "--out", path("bob.pem"), bob[0], bob[1], bob[2], bob[3]);
    return json("fingerprint", bob[0], bob[1], bob[2], bob[3]).get("fingerprint").getAsString();
  }

  private void makeAlice() {
    does("identity", "create", "alice", "--password-env", "P");
  }

  /** The five commands that the help of the command itself teaches, and nothing else. */
  @Test
  void fiveCommandsThatTheHelpTeaches() {
    String bobs = makeBob();
    does("--help");
    List<String> steps =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("  mpotr "))
            .map(line -> line.strip().split(" {2,}", -1)[0])
            .toList();
    assertEquals(5, steps.size(), out::toString);
    typed.addAll(List.of(PASSWORD, PASSWORD)); // new, and once more
    typed.addAll(List.of(PASSWORD, PASSWORD, PASSWORD)); // one each
    typed.addAll(List.of(bobs, PASSWORD));
    for (String step : steps) {
      String[] arguments = step.substring("mpotr ".length()).split(" ", -1);
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = arguments[i].endsWith(".pem") ? path(arguments[i]) : arguments[i];
      }
      does(arguments);
    }
    assertEquals("bob is verified.", out.toString().strip());
    assertTrue(typed.isEmpty());
    assertTrue(Files.exists(folder.resolve(".mpotr/identities.mpotr")));
  }

  @Test
  void identitiesComeAndGo() throws Exception {
    makeAlice();
    String first = json("identity", "show", "--password-env", "P").get("fingerprint").getAsString();
    does("identity", "rename", "alice", "work", "--password-env", "P");
    environment.put("F", "of the file");
    does(
        "identity",
        "export",
        "work",
        "--private",
        "--out",
        path("work.p12"),
        "--file-password-env",
        "F",
        "--password-env",
        "P");
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("work.p12"))));
    fails(
        3,
        "password",
        "identity",
        "import",
        "copy",
        path("work.p12"),
        "--file-password-env",
        "WRONG",
        "--password-env",
        "P");
    does(
        "identity",
        "import",
        "copy",
        path("work.p12"),
        "--file-password-env",
        "F",
        "--password-env",
        "P");
    assertEquals(
        first,
        json("identity", "show", "copy", "--password-env", "P").get("fingerprint").getAsString());
    does("identity", "rotate", "work", "--password-env", "P");
    assertFalse(
        first.equals(
            json("identity", "show", "work", "--password-env", "P")
                .get("fingerprint")
                .getAsString()));
    typed.add("no");
    fails(2, "Nothing was changed", "identity", "delete", "copy", "--password-env", "P");
    does("identity", "delete", "copy", "--yes", "--password-env", "P");
    assertEquals(
        2, json("identity", "list", "--password-env", "P").getAsJsonArray("identities").size());
    fails(2, "already", "identity", "create", "work", "--password-env", "P");
  }

  @Test
  void contactsAreVerifiedByDigitsOrByAPicture() throws Exception {
    String bobs = makeBob();
    makeAlice();
    in = Files.newInputStream(folder.resolve("bob.pem"));
    does("contact", "add", "bob", "-", "--password-env", "P");
    String wrong = (bobs.charAt(0) == '1' ? "2" : "1") + bobs.substring(1);
    fails(
        1,
        "NOT the fingerprint",
        "contact",
        "verify",
        "bob",
        "--fingerprint",
        wrong,
        "--password-env",
        "P");
    fails(
        2,
        "no fingerprint",
        "contact",
        "verify",
        "bob",
        "--fingerprint",
        "12345",
        "--password-env",
        "P");
    assertFalse(contact().get("verified").getAsBoolean());
    does(
        "fingerprint",
        "--png",
        path("bob.png"),
        "--store",
        path("bob.mpotr"),
        "--password-env",
        "P");
    does("contact", "verify", "bob", "--picture", path("bob.png"), "--password-env", "P");
    assertTrue(contact().get("verified").getAsBoolean());
    assertTrue(contact().get("state").getAsString().startsWith("verified fingerprint "));
    does("fingerprint", "bob", "--picture", path("bob.png"), "--password-env", "P");
    fails(
        1,
        "NOT the same",
        "fingerprint",
        "alice",
        "--picture",
        path("bob.png"),
        "--password-env",
        "P");
    does("contact", "remove", "bob", "--yes", "--password-env", "P");
    fails(
        2, "no contact", "contact", "verify", "bob", "--fingerprint", bobs, "--password-env", "P");
  }

  private JsonObject contact() {
    return json("contact", "list", "--password-env", "P")
        .getAsJsonArray("contacts")
        .get(0)
        .getAsJsonObject();
  }

  @Test
  void qrCodesAreReadAsTheyWereWritten() throws Exception {
    KeyPair key = identity();
    String code = ComparedFingerprint.code(Fingerprint.of(key.getPublic()));
    Path picture = Files.write(folder.resolve("code.png"), Qr.png(code));
    assertEquals(code, Qr.read(picture));
    List<String> lines = Qr.lines(code);
    assertTrue(lines.stream().allMatch(line -> line.length() == lines.get(0).length()));
    makeAlice();
    Files.write(picture, "no picture".getBytes(StandardCharsets.UTF_8));
    fails(6, "no picture", "fingerprint", "--picture", picture.toString(), "--password-env", "P");
    fails(6, "There is no file", "fingerprint", "--picture", path("none"), "--password-env", "P");
  }

  private static KeyPair identity() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  @Test
  void hostileCertificatesAreRefusedOrShownWithCare() throws Exception {
    makeAlice();
    Instant now = Instant.now();
    byte[] hostile =
        IdentityCertificates.selfSigned(
                identity(),
                "bob\u202e\u001b[2J",
                now,
                now.plus(Duration.ofDays(1)),
                new SecureRandom())
            .getEncoded();
    Path file = Files.write(folder.resolve("hostile.der"), hostile);
    does("contact", "add", "mallory", file.toString(), "--password-env", "P");
    does("contact", "list", "--password-env", "P");
    assertTrue((out + "" + err).indexOf('\u001b') < 0 && (out + "" + err).indexOf('\u202e') < 0);
    assertTrue(contact().get("subject").getAsString().contains("bob"));
    Files.write(file, Arrays.copyOf(hostile, hostile.length - 1));
    fails(6, "certificate", "contact", "add", "other", file.toString(), "--password-env", "P");
    Files.write(file, new byte[1 << 18]);
    fails(6, "too long", "contact", "add", "other", file.toString(), "--password-env", "P");
    fails(2, "", "contact", "add", "a\u0007b", path("hostile.der"), "--no-such-option");
  }

  @Test
  void aBackupIsTheWholeStore() throws Exception {
    makeBob();
    makeAlice();
    does("contact", "add", "bob", path("bob.pem"), "--password-env", "P");
    String backup = path("backup.mpotr");
    does("backup", backup, "--backup-password-env", "B", "--password-env", "P");
    fails(5, "", "backup", backup, "--backup-password-env", "B", "--password-env", "P");
    fails(2, "already", "restore", backup, "--backup-password-env", "B", "--password-env", "P");
    String[] other = {"--store", path("restored.mpotr"), "--password-env", "P"};
    fails(
        3,
        "password",
        "restore",
        backup,
        "--backup-password-env",
        "WRONG",
        other[0],
        other[1],
        other[2],
        other[3]);
    does("restore", backup, "--backup-password-env", "B", other[0], other[1], other[2], other[3]);
    assertEquals(
        json("identity", "show", "--password-env", "P").get("fingerprint"),
        json("identity", "show", other[0], other[1], other[2], other[3]).get("fingerprint"));
  }

  @Test
  void exitCodesTellWhatIsWrong() throws Exception {
    fails(4, "There is no store", "identity", "list", "--password-env", "P");
    makeAlice();
    fails(3, "password", "identity", "list", "--password-env", "WRONG");
    fails(3, "no variable", "identity", "list", "--password-env", "NONE");
    fails(2, "A command is missing", "identity");
    fails(2, "", "identity", "list", "--password", "tea");
    Path store = folder.resolve(".mpotr/identities.mpotr");
    byte[] whole = Files.readAllBytes(store);
    Files.write(store, Arrays.copyOf(whole, whole.length - 1));
    fails(4, "missing", "identity", "list", "--password-env", "P");
    Files.write(store, whole);
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    does("identity", "list", "--password-file", password.toString());
    assertTrue(err.toString().contains("chmod 600"), err::toString);
    assertArrayEquals(whole, Files.readAllBytes(store));
  }

  @Test
  void theDoctorFindsWhatIsWeak() throws Exception {
    makeAlice();
    Path store = folder.resolve(".mpotr/identities.mpotr");
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createFile(folder.resolve(".mpotr/.identities.mpotr.0123456789abcdef.tmp"));
    fails(1, "chmod 600", "doctor", "--password-env", "P");
    assertTrue(out.toString().contains("a save was broken off"), out::toString);
    assertTrue(out.toString().contains("2^14 of scrypt"), out::toString);
    assertTrue(out.toString().contains("self-test of ECDSA P-256 (own): passed"), out::toString);
    System.setProperty(StoreCost.PROPERTY, "16");
    String[] strong = {"--store", path("strong.mpotr"), "--password-env", "P"};
    does("identity", "create", "alice", strong[0], strong[1], strong[2], strong[3]);
    does("doctor", strong[0], strong[1], strong[2], strong[3]);
  }

  @Test
  void keytoolHasItsOptionsFilledIn() {
    makeAlice();
    String store = folder.resolve(".mpotr/identities.mpotr").toString();
    does("keytool", "--store", store, "-list", "-storepass", PASSWORD);
    assertTrue(out.toString().contains("alice, "), out::toString);
    fails(1, "password", "keytool", "--store", store, "-list", "-storepass", "wrongwrong");
  }

  @Test
  void aRecordingIsForged() throws Exception {
    KeyPair alice = identity();
    KeyPair bob = identity();
    Instant now = Instant.now();
    for (Map.Entry<String, KeyPair> each : Map.of("alice", alice, "bob", bob).entrySet()) {
      Files.write(
          folder.resolve(each.getKey() + ".der"),
          IdentityCertificates.selfSigned(
                  each.getValue(),
                  each.getKey(),
                  now,
                  now.plus(Duration.ofDays(1)),
                  new SecureRandom())
              .getEncoded());
    }
    Nickname first = new Nickname("alice");
    Nickname second = new Nickname("bob");
    Recording recording =
        new Forger(new SecureRandom())
            .simulate(
                Script.of(
                    EpochParameters.of("#tea"),
                    List.of(
                        new Script.Role(first, alice.getPublic()),
                        new Script.Role(second, bob.getPublic())),
                    List.of(Script.Line.text(first, "tea?"), Script.Line.text(second, "yes"))));
    Files.write(folder.resolve("talk"), recording.encoded());
    String[] people = {path("alice.der"), path("bob.der")};
    does("forge", path("talk"), people[0], people[1]);
    assertTrue(out.toString().contains("2 bob: yes"), out::toString);
    does(
        "forge", path("talk"), people[0], people[1], "--line", "2=never!", "--out", path("forged"));
    assertTrue(out.toString().contains("2 bob: never!"), out::toString);
    does("forge", path("forged"), people[0], people[1]);
    assertTrue(out.toString().contains("2 bob: never!"), out::toString);
    fails(1, "refuses", "forge", path("talk"), people[0]);
    fails(2, "no line 9", "forge", path("talk"), people[0], people[1], "--line", "9=x");
    fails(6, "no recording", "forge", people[0], people[1]);
  }

  @Test
  void isATool() {
    ToolProvider tool = ToolProvider.findFirst("mpotr").orElseThrow();
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    assertEquals(0, tool.run(writer, writer, "--help"));
    assertTrue(printed.toString().contains("mpotr contact verify bob"), printed::toString);
    does("completion");
    assertTrue(out.toString().contains("identity contact fingerprint"), out::toString);
    in = new ByteArrayInputStream(new byte[0]);
  }
}
