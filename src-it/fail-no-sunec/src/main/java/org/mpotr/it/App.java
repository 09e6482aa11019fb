package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import org.mpotr.MpotrProvider;

/** Identity keys are the platform's: where it has none on P-256, that is said. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    if (Security.getProvider("SunEC") != null) {
      throw new AssertionError("SunEC is there");
    }
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", mpotr);
    try {
      throw new AssertionError("a key pair: " + identities.generateKeyPair());
    } catch (IllegalStateException e) {
      if (!e.getMessage().startsWith("no installed provider makes EC keys on P-256: SunEC")) {
        throw e;
      }
      System.out.println("ok: " + e.getMessage());
    }
  }
}
