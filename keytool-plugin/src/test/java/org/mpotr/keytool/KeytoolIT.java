package org.mpotr.keytool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.keystore.Contact;
import org.mpotr.keystore.ContactState;
import org.mpotr.keystore.IdentityStoreFile;

/** Runs the commands of the page as they stand there, on each JDK, and looks what came of them. */
class KeytoolIT {

  private static final Map<String, String> PASSWORDS =
      Map.of(
          "MPOTR_PASSWORD", "correct horse",
          "MPOTR_NEW_PASSWORD", "battery staple",
          "MPOTR_WORK_PASSWORD", "working class");
  private static final Pattern COMMAND = Pattern.compile("```sh\n(keytool [^\n]+)\n```");
  private static final String CONF = "-J-Dmpotr.home=dist -conf dist/keytool.conf ";
  private static final String STORE = " -keystore identities.mpotr -storepass:env MPOTR_PASSWORD";
  private static final String MAKE =
      "-genkeypair -alias me -dname CN=alice -keyalg EC -groupname secp256r1"
          + " -sigalg SHA512withECDSA -keypass:env MPOTR_PASSWORD -storetype mpOTR";

  /** What came of a command: keytool tells errors on its standard output. */
  private record Outcome(int exitCode, String output) {}

  @TempDir Path folder;

  static Stream<JdkHome> jdks() {
    return JdkHome.all();
  }

  private static char[] password(String name) {
    return PASSWORDS.get(name).toCharArray();
  }

  @BeforeEach
  void linkDist() throws Exception {
    Files.createSymbolicLink(
        folder.resolve("dist"), Path.of(System.getProperty("mpotr.dist")).toAbsolutePath());
  }

  @AfterEach
  void unlinkDist() throws Exception {
    Files.delete(folder.resolve("dist"));
  }

  @Test
  void bothVersionsAreHere() {
    List<Integer> features = jdks().map(JdkHome::feature).toList();
    if (!features.containsAll(List.of(17, 25))) {
      System.out.println("keytool is tested on " + features + " only: no other JDK is here");
    }
    assertFalse(features.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyCommandOfThePageWorks(JdkHome jdk) throws Exception {
    run(
        jdk,
        "-genkeypair -alias bob -dname CN=bob -keyalg EC -groupname secp256r1"
            + " -sigalg SHA512withECDSA -storetype PKCS12 -keystore bob.p12"
            + " -storepass:env MPOTR_PASSWORD");
    run(
        jdk,
        "-exportcert -rfc -alias bob -keystore bob.p12 -storepass:env MPOTR_PASSWORD"
            + " -file bob.pem");
    List<String> commands = commands();
    assertEquals(19, commands.size());
    for (String command : commands) {
      run(jdk, command.substring("keytool ".length()));
    }
    checkStores();
    for (JdkHome other : jdks().toList()) {
      String listed =
          run(other, CONF + "-list -keystore identities.mpotr -storepass:env MPOTR_NEW_PASSWORD");
      assertTrue(listed.contains("Keystore type: mpOTR"), listed);
      assertTrue(listed.contains("3 entries"), listed);
      String p12 = run(other, "-list -keystore me.p12 -storepass:env MPOTR_PASSWORD");
      assertTrue(p12.contains("PrivateKeyEntry"), p12);
    }
  }

  private List<String> commands() throws Exception {
    Path page = Path.of(System.getProperty("mpotr.page"));
    Matcher matcher = COMMAND.matcher(Files.readString(page, UTF_8));
    List<String> commands = new ArrayList<>();
    while (matcher.find()) {
      commands.add(matcher.group(1));
    }
    return commands;
  }

  /** The page has renamed, certified, moved and deleted; this is what must be left. */
  private void checkStores() throws Exception {
    KeyStore store = KeyStore.getInstance("mpOTR", new MpotrProvider());
    try (InputStream in = Files.newInputStream(folder.resolve("identities.mpotr"))) {
      store.load(in, password("MPOTR_NEW_PASSWORD"));
    }
    Set<String> aliases = new TreeSet<>(Collections.list(store.aliases()));
    assertEquals(Set.of("me", "organisation", "work"), aliases);
    PrivateKey me = (PrivateKey) store.getKey("me", password("MPOTR_NEW_PASSWORD"));
    assertNotNull(me, "the key has followed the password of the store");
    assertEquals(2, store.getCertificateChain("me").length, "certified by the organisation");
    assertTrue(store.isCertificateEntry("organisation"));
    assertThrows(
        UnrecoverableKeyException.class,
        () -> store.getKey("work", password("MPOTR_NEW_PASSWORD")));
    assertNotNull(store.getKey("work", password("MPOTR_WORK_PASSWORD")));
    KeyAgreement member = KeyAgreement.getInstance("mpOTR", new MpotrProvider());
    member.init(me, SessionParameterSpec.of("#tea", "alice"));
    Key hello = member.doPhase(store.getCertificate("me").getPublicKey(), false);
    assertNotNull(hello.getEncoded());

    IdentityStoreFile safe = IdentityStoreFile.at(folder.resolve("safe.mpotr"));
    assertEquals(List.of("me"), safe.open(password("MPOTR_PASSWORD")).aliases());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("safe.mpotr"))));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aVerifiedContactSurvivesKeytool(JdkHome jdk) throws Exception {
    run(jdk, CONF + MAKE + STORE);
    run(jdk, CONF + "-exportcert -alias me -file me.der" + STORE);
    run(jdk, CONF + "-importcert -noprompt -alias friend -file me.der" + STORE);
    IdentityStoreFile file = IdentityStoreFile.at(folder.resolve("identities.mpotr"));
    ContactState verified =
        ContactState.verified(
            ContactState.Way.FINGERPRINT, "me", Instant.parse("2026-11-25T12:00:00Z"));
    file.update(
        password("MPOTR_PASSWORD"),
        store -> {
          Contact contact = store.contact("friend").orElseThrow();
          store.setContact("friend", new Contact(contact.certificate(), verified));
          return null;
        });
    run(jdk, CONF + "-changealias -alias me -destalias myself -keypass:env MPOTR_PASSWORD" + STORE);
    assertEquals(
        verified, file.open(password("MPOTR_PASSWORD")).contact("friend").orElseThrow().state());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void errorsAreExplainedAndNothingIsLost(JdkHome jdk) throws Exception {
    run(jdk, CONF + MAKE + STORE);
    Path file = folder.resolve("identities.mpotr");
    byte[] whole = Files.readAllBytes(file);
    fails(jdk, CONF + "-list -keystore identities.mpotr -storepass wrongwrong", "password");
    fails(
        jdk,
        CONF + MAKE.replace("secp256r1", "secp384r1").replace("alias me", "alias big") + STORE,
        "P-256");
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    fails(jdk, CONF + "-list" + STORE, "the end of the key store is missing");
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    Files.write(file, flipped);
    fails(jdk, CONF + "-list" + STORE, "damaged");
    Files.write(file, whole);
    assertTrue(run(jdk, CONF + "-list" + STORE).contains("me, "));
    fails(
        jdk,
        "-providerpath dist/mpotr-keytool-plugin.jar -providerclass org.mpotr.MpotrProvider"
            + " -list -storetype mpOTR-File -keystore NONE -storepass:env MPOTR_PASSWORD",
        "needs a path");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void otherTypesAreStillProbed(JdkHome jdk) throws Exception {
    run(
        jdk,
        CONF
            + MAKE.replace("-storetype mpOTR", "-storetype PKCS12")
            + " -keystore me.p12 -storepass:env MPOTR_PASSWORD");
    String listed = run(jdk, CONF + "-list -keystore me.p12 -storepass:env MPOTR_PASSWORD");
    assertTrue(listed.contains("Keystore type: PKCS12"), listed);
    run(
        jdk,
        CONF
            + MAKE.replace("-storetype mpOTR", "-storetype JKS")
            + " -keystore me.jks -storepass:env MPOTR_PASSWORD");
    listed = run(jdk, CONF + "-list -keystore me.jks -storepass:env MPOTR_PASSWORD");
    assertTrue(listed.contains("Keystore type: JKS"), listed);
  }

  /** The ways in that need no plugin jar: the class path and the module path. */
  @ParameterizedTest
  @MethodSource("jdks")
  void theProviderIsFoundByName(JdkHome jdk) throws Exception {
    String jars;
    try (Stream<Path> dist = Files.list(folder.resolve("dist"))) {
      jars =
          String.join(":", dist.map(Path::toString).filter(name -> name.endsWith(".jar")).toList());
    }
    String classPath = "-J-cp -J" + jars + " -addprovider mpOTR ";
    run(jdk, classPath + MAKE + STORE);
    for (String way : List.of(classPath, "-J--module-path=dist -addprovider mpOTR ")) {
      String listed = run(jdk, way + "-list" + STORE);
      assertTrue(listed.contains("Keystore type: mpOTR"), listed);
    }
    fails(
        jdk,
        "-providerpath dist/mpotr-keytool-plugin.jar -addprovider mpOTR -list" + STORE,
        "not found");
  }

  /** Everything in a store is encrypted: without the password there is nothing to list. */
  @ParameterizedTest
  @MethodSource("jdks")
  void nothingIsListedWithoutThePassword(JdkHome jdk) throws Exception {
    run(jdk, CONF + MAKE + STORE);
    fails(jdk, CONF + "-list -keystore identities.mpotr", "the password is wrong");
  }

  /** Of two that save at once each has saved, or says that somebody else was there before. */
  @ParameterizedTest
  @MethodSource("jdks")
  void twoProcessesLoseNothing(JdkHome jdk) throws Exception {
    String file =
        "-providerpath dist/mpotr-keytool-plugin.jar -providerclass org.mpotr.MpotrProvider"
            + " -providerarg safe.mpotr ";
    String make =
        file
            + MAKE.replace("-storetype mpOTR", "-storetype mpOTR-File")
            + " -keystore NONE -storepass:env MPOTR_PASSWORD";
    run(jdk, make.replace("alias me", "alias first"));
    List<Started> both = new ArrayList<>();
    for (String alias : List.of("one", "two")) {
      both.add(start(jdk, make.replace("alias me", "alias " + alias)));
    }
    Set<String> expected = new TreeSet<>(Set.of("first"));
    for (int i = 0; i < both.size(); i++) {
      Outcome outcome = both.get(i).outcome();
      if (outcome.exitCode() == 0) {
        expected.add(List.of("one", "two").get(i));
      } else {
        assertTrue(outcome.output().contains("somebody else has changed it"), outcome.output());
      }
    }
    assertTrue(expected.size() > 1, "neither has saved");
    IdentityStoreFile saved = IdentityStoreFile.at(folder.resolve("safe.mpotr"));
    assertEquals(expected, new TreeSet<>(saved.open(password("MPOTR_PASSWORD")).aliases()));
  }

  private String run(JdkHome jdk, String arguments) throws Exception {
    Outcome outcome = keytool(jdk, arguments);
    assertEquals(0, outcome.exitCode(), () -> jdk + ": keytool " + arguments + "\n" + outcome);
    return outcome.output();
  }

  private void fails(JdkHome jdk, String arguments, String reason) throws Exception {
    Outcome outcome = keytool(jdk, arguments);
    assertEquals(1, outcome.exitCode(), () -> jdk + ": keytool " + arguments + "\n" + outcome);
    assertTrue(outcome.output().contains(reason), () -> reason + " is not in " + outcome);
  }

  private Outcome keytool(JdkHome jdk, String arguments) throws Exception {
    return start(jdk, arguments).outcome();
  }

  /** A command under way. */
  private record Started(Process process, Path output) {

    Outcome outcome() throws Exception {
      assertTrue(process.waitFor(2, TimeUnit.MINUTES), "keytool does not end");
      return new Outcome(process.exitValue(), Files.readString(output, UTF_8));
    }
  }

  private Started start(JdkHome jdk, String arguments) throws Exception {
    List<String> words = new ArrayList<>();
    words.add(jdk.program("keytool").toString());
    // The lowest cost, and messages in one language wherever the test runs.
    words.add("-J-Dorg.mpotr.keystore.scryptCost=14");
    words.add("-J-Duser.language=en");
    words.addAll(List.of(arguments.split(" +", -1)));
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(PASSWORDS);
    return new Started(builder.start(), output);
  }
}
