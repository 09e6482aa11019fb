package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Virtual machines that lack or forbid something: each refusal is one sentence, twice the same. */
class SurroundingsTest {

  /** Makes an identity, two times, and says how that went. */
  static final class Identities {

    private Identities() {}

    public static void main(String[] arguments) throws Exception {
      Provider mpotr = new MpotrProvider();
      for (int i = 0; i < 2; i++) {
        try {
          KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair();
          System.out.println("made");
        } catch (ProviderException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  /** The same with a list of providers that has no elliptic curves. */
  static final class WithoutSunEc {

    private WithoutSunEc() {}

    public static void main(String[] arguments) throws Exception {
      Security.removeProvider("SunEC");
      Identities.main(arguments);
    }
  }

  @TempDir Path folder;

  @Test
  void withoutEcKeysThereAreNoIdentities() throws Exception {
    assertSaysTwice(
        "mpOTR needs EC keys on P-256, which no installed security provider makes",
        ChildJvm.run(WithoutSunEc.class));
  }

  @Test
  void whoMayNotReadTheSettingsIsToldWhichPermissionIsMissing() throws Exception {
    assertSaysTwice(
        "mpOTR may not read its settings: access denied"
            + " (\"java.util.PropertyPermission\" \"org.mpotr.p256\" \"read\")",
        runRestricted(""));
  }

  @Test
  void whoMayReadThemMakesIdentities() throws Exception {
    assertSaysTwice(
        "made",
        runRestricted("permission java.util.PropertyPermission \"org.mpotr.*\", \"read\";"));
  }

  private String runRestricted(String permission) throws Exception {
    assumeTrue(Runtime.version().feature() < 24, "there is no security manager since JDK 24");
    Path policy = folder.resolve("test.policy");
    Files.writeString(
        policy,
        "grant { permission java.security.SecurityPermission \"putProviderProperty.mpOTR\"; "
            + permission
            + " };",
        StandardCharsets.UTF_8);
    return ChildJvm.run(
        Identities.class, "-Djava.security.manager", "-Djava.security.policy==" + policy);
  }

  private static void assertSaysTwice(String expected, String said) {
    String[] lines =
        said.lines().filter(line -> !line.startsWith("WARNING: ")).toArray(String[]::new);
    assertEquals(2, lines.length, said);
    assertEquals(expected, lines[0]);
    assertTrue(lines[0].equals(lines[1]), said);
  }
}
