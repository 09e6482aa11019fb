package org.mpotr.keytool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.epoch.AuthenticationMode;

/** Identities in a token, made by the commands of the page as they stand there. */
class TokenIT {

  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final Pattern CONFIGURATION =
      Pattern.compile("```text token\\.cfg\n(.+?)```", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("```sh token\n([^\n]+)\n```");
  private static final String PIN = "2718";

  @TempDir Path folder;
  private String page;

  static Stream<JdkHome> jdks() {
    return JdkHome.all();
  }

  @BeforeEach
  void aTokenToPlugIn() throws Exception {
    assumeTrue(
        Files.exists(LIBRARY) && Files.isExecutable(Path.of("/usr/bin/softhsm2-util")),
        "tokens are not tested: install the package softhsm2");
    page = Files.readString(Path.of(System.getProperty("mpotr.page")), UTF_8);
    Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = " + folder.resolve("tokens") + "\nlog.level = ERROR\n",
        UTF_8);
    Matcher configuration = CONFIGURATION.matcher(page);
    assertTrue(configuration.find(), "the page has a token.cfg");
    Files.writeString(folder.resolve("token.cfg"), configuration.group(1), UTF_8);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void identitiesOfThePageServeInBothModes(JdkHome jdk) throws Exception {
    shell(
        jdk,
        "keytool -genkeypair -alias me -dname CN=alice -keyalg EC -groupname secp256r1"
            + " -sigalg SHA512withECDSA -storetype PKCS12 -keystore identity.p12"
            + " -storepass:env MPOTR_PASSWORD");
    String shown = "";
    for (String command : commands()) {
      shown = shell(jdk, command) + shown;
    }
    assertTrue(shown.contains("me, PrivateKeyEntry"), shown);
    assertTrue(Files.readString(folder.resolve("me-token.pem"), UTF_8).contains("CERTIFICATE"));
    for (AuthenticationMode mode : AuthenticationMode.values()) {
      for (JdkHome user : jdks().toList()) {
        assertSetsUp(user, "me", mode);
      }
      assertSetsUp(jdk, "moved", mode);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aKeyThatMayNotDeriveOnlySigns(JdkHome jdk) throws Exception {
    configureWithout("  CKA_DERIVE = true\n");
    makeIdentity(jdk);
    assertSetsUp(jdk, "me", AuthenticationMode.SIGNATURE);
    assertRefuses(jdk, "me", AuthenticationMode.TRIPLE_DH, "mode signature may serve");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void sharedSecretsMustComeOut(JdkHome jdk) throws Exception {
    makeIdentity(jdk);
    configureWithout("  CKA_EXTRACTABLE = true\n");
    assertRefuses(jdk, "me", AuthenticationMode.TRIPLE_DH, "mode signature may serve");
    assertSetsUp(jdk, "me", AuthenticationMode.SIGNATURE);
  }

  private List<String> commands() {
    List<String> commands = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(page);
    while (matcher.find()) {
      commands.add(matcher.group(1));
    }
    assertEquals(5, commands.size());
    return commands;
  }

  /** The first two commands of the page: a new token, and a key in it. */
  private void makeIdentity(JdkHome jdk) throws Exception {
    for (String command : commands().subList(0, 2)) {
      shell(jdk, command);
    }
  }

  private void configureWithout(String line) throws Exception {
    Path file = folder.resolve("token.cfg");
    String all = Files.readString(file, UTF_8);
    String rest = all.replace(line, "");
    assertNotEquals(all, rest);
    Files.writeString(file, rest, UTF_8);
  }

  private void assertSetsUp(JdkHome jdk, String alias, AuthenticationMode mode) throws Exception {
    Ended ended = group(jdk, alias, mode);
    assertEquals(0, ended.code(), ended.output());
    assertTrue(ended.output().contains(mode + ": a group of 3, both frames read"), ended.output());
  }

  private void assertRefuses(JdkHome jdk, String alias, AuthenticationMode mode, String why)
      throws Exception {
    Ended ended = group(jdk, alias, mode);
    assertNotEquals(0, ended.code(), ended.output());
    assertTrue(ended.output().contains("InvalidKeyException"), ended.output());
    assertTrue(ended.output().contains(why), ended.output());
  }

  private Ended group(JdkHome jdk, String alias, AuthenticationMode mode) throws Exception {
    return run(jdk, jdk.java(TokenGroup.class, "token.cfg", PIN, alias, mode.name()));
  }

  private String shell(JdkHome jdk, String command) throws Exception {
    Ended ended = run(jdk, List.of("sh", "-c", command));
    assertEquals(0, ended.code(), () -> command + "\n" + ended.output());
    return ended.output();
  }

  private record Ended(int code, String output) {}

  private Ended run(JdkHome jdk, List<String> line) throws Exception {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SOFTHSM2_CONF",
                folder.resolve("softhsm2.conf").toString(),
                "MPOTR_PIN",
                PIN,
                "MPOTR_SO_PIN",
                "31415926",
                "MPOTR_PASSWORD",
                "correct horse",
                "PATH",
                jdk.program("").toString() + ":" + System.getenv("PATH")));
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> String.join(" ", line));
    return new Ended(process.exitValue(), Files.readString(output, UTF_8));
  }
}
