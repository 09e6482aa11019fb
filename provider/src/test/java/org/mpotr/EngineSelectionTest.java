package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The property that chooses the engine, each value in a virtual machine of its own. */
class EngineSelectionTest {

  /** Signs and verifies with the engine that the property chose, and says which. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] arguments) throws Exception {
      Provider provider = new P256Provider();
      try {
        KeyPair pair = KeyPairGenerator.getInstance("EC", provider).generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        signature.initSign(pair.getPrivate());
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        System.out.println(
            MpotrProvider.p256Engine()
                + " "
                + signature.verify(signed)
                + " "
                + new MpotrProvider().selfTestReport());
      } catch (ProviderException first) {
        System.out.println(first.getMessage());
        System.out.println(secondRefusal());
      }
    }

    /** A refusal stands, and is never a class that could not be loaded. */
    private static String secondRefusal() {
      try {
        return "an engine after all: " + MpotrProvider.p256Engine();
      } catch (ProviderException e) {
        return e.getMessage();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "bc", "SunEC"})
  void thePropertyNamesTheEngine(String name) throws Exception {
    String said = ChildJvm.run(Probe.class, "-Dorg.mpotr.p256=" + name);
    assertTrue(said.startsWith(name + " true "), said);
    assertTrue(said.contains("ECDSA P-256 (" + name + ")=passed"), said);
    assertTrue(said.contains("ECDH P-256 (" + name + ")=passed"), said);
  }

  @Test
  void withoutThePropertyItIsTheDefault() throws Exception {
    String said = ChildJvm.run(Probe.class);
    assertTrue(said.startsWith(MpotrProvider.p256Engine() + " true "), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "mpOTR-P256"})
  void anyOtherValueIsRefusedAtEveryUseAndNothingTakesItsPlace(String name) throws Exception {
    String[] said = ChildJvm.run(Probe.class, "-Dorg.mpotr.p256=" + name).split("\\R", -1);
    assertEquals(2, said.length, () -> String.join("|", said));
    assertTrue(said[0].startsWith("The system property org.mpotr.p256 must be one of "), said[0]);
    assertTrue(said[0].endsWith(" not '" + name + "'."), said[0]);
    assertEquals(said[0], said[1]);
  }
}
