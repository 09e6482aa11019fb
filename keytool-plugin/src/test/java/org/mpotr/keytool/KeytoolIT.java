package org.mpotr.keytool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;

/**
 * Runs the commands of the page as they stand there, and uses the identity that comes out of them.
 */
class KeytoolIT {

  private static final String PASSWORD = "correct horse";
  private static final Pattern COMMAND = Pattern.compile("```sh\n(keytool [^\n]+)\n```");

  @TempDir Path folder;

  @Test
  void everyCommandOfThePageWorks() throws Exception {
    List<String> commands = commands();
    assertEquals(3, commands.size());
    for (String command : commands) {
      run(command);
    }
    assertTrue(
        Files.readString(folder.resolve("me.pem"), StandardCharsets.US_ASCII)
            .contains("BEGIN CERTIFICATE"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("identity.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    PrivateKey identity = (PrivateKey) store.getKey("me", PASSWORD.toCharArray());
    KeyAgreement member = KeyAgreement.getInstance("mpOTR", new MpotrProvider());
    member.init(identity, SessionParameterSpec.of("#tea", "alice"));
    Key hello = member.doPhase(store.getCertificate("me").getPublicKey(), false);
    assertNotNull(hello.getEncoded());
  }

  private static List<String> commands() throws Exception {
    Path page = Path.of(System.getProperty("mpotr.page"));
    Matcher matcher = COMMAND.matcher(Files.readString(page, StandardCharsets.UTF_8));
    List<String> commands = new ArrayList<>();
    while (matcher.find()) {
      commands.add(matcher.group(1));
    }
    return commands;
  }

  private void run(String command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    // The page speaks of dist as seen from the folder that the build writes to.
    Path dist = Path.of(System.getProperty("mpotr.dist"));
    words.replaceAll(w -> w.startsWith("dist/") ? dist.resolve(w.substring(5)).toString() : w);
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(Map.of("MPOTR_PASSWORD", PASSWORD));
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), command);
    assertEquals(0, process.exitValue(), () -> command + "\n" + readOutput(output));
  }

  private static String readOutput(Path output) {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      return "no output: " + e.getMessage();
    }
  }
}
