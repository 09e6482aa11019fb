package org.mpotr.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;

/** An identity made by keytool, and used. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Files.deleteIfExists(folder.resolve("me.mpotr"));
    String[] make =
        ("-addprovider mpOTR -genkeypair -alias me -dname CN=alice -keyalg EC -groupname secp256r1"
                + " -sigalg SHA512withECDSA -storetype mpOTR -keystore me.mpotr"
                + " -storepass:env PASSWORD -keypass:env PASSWORD")
            .split(" ");
    run(folder, "keytool", make);
    String[] list =
        "-addprovider mpOTR -list -keystore me.mpotr -storepass:env PASSWORD".split(" ");
    String listed = run(folder, "keytool", list);
    if (!listed.contains("me, ") || !listed.contains("PrivateKeyEntry")) {
      throw new AssertionError(listed);
    }
    char[] password = "correct horse".toCharArray();
    MpotrProvider mpotr = new MpotrProvider();
    KeyStore store = KeyStore.getInstance("mpOTR", mpotr);
    store.load(Files.newInputStream(folder.resolve("me.mpotr")), password);
    KeyAgreement member = KeyAgreement.getInstance("mpOTR", mpotr);
    member.init(store.getKey("me", password), SessionParameterSpec.of("#tea", "alice"));
    member.doPhase(store.getCertificate("me").getPublicKey(), false);
    System.out.println("ok: made and listed by keytool, used by KeyAgreement");
  }

  private static String run(Path folder, String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(List.of("-J-cp", "-J" + System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
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
