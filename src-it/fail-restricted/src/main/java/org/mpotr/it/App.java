package org.mpotr.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.MpotrProvider;

/** Under a security manager two permissions are enough, and without them it is said what lacks. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    if (Runtime.version().feature() >= 24) {
      System.out.println("not here: no security manager since JDK 24");
      return;
    }
    String refused = run("-Djava.security.manager");
    if (!refused.contains("access denied") || !refused.contains("putProviderProperty.mpOTR")) {
      throw new AssertionError(refused);
    }
    String permitted = run("-Djava.security.manager", "-Djava.security.policy=" + arguments[0]);
    if (!permitted.contains("a key pair of EC")) {
      throw new AssertionError(permitted);
    }
    System.out.println("ok: access denied (putProviderProperty.mpOTR); permitted, it works");
  }

  private static String run(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Limited.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What is run under the security manager. */
  static final class Limited {
    public static void main(String[] arguments) throws Exception {
      var keys = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
      System.out.println("a key pair of " + keys.getPublic().getAlgorithm());
    }
  }
}
