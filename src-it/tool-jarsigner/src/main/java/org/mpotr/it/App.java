package org.mpotr.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A jar signed by an identity: jarsigner looks at no file's kind, so the type is named. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Files.deleteIfExists(folder.resolve("me.mpotr"));
    String store = " -storetype mpOTR -keystore me.mpotr -storepass:env PASSWORD";
    run(
        folder,
        "keytool",
        "-addprovider mpOTR -genkeypair -alias me -dname CN=alice -keyalg EC -groupname secp256r1"
            + " -sigalg SHA512withECDSA -keypass:env PASSWORD"
            + store);
    Files.write(folder.resolve("text"), List.of("tea at five?"));
    run(folder, "jar", "cf signed.jar text");
    run(folder, "jarsigner", "-addprovider mpOTR -keypass:env PASSWORD" + store + " signed.jar me");
    String verified = run(folder, "jarsigner", "-verify -verbose -certs signed.jar");
    if (!verified.contains("jar verified.") || !verified.contains("CN=alice")) {
      throw new AssertionError(verified);
    }
    System.out.println("ok: signed by CN=alice, and verified");
  }

  private static String run(Path folder, String tool, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of(arguments.split(" ")));
    if (arguments.contains("mpOTR")) {
      command.addAll(1, List.of("-J-cp", "-J" + System.getProperty("java.class.path")));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PASSWORD", "correct horse");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(said);
    }
    return said;
  }
}
