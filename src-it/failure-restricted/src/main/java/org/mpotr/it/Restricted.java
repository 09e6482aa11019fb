package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.ProviderException;
import org.mpotr.MpotrProvider;

/** A policy without what mpOTR must be allowed: to read its settings. */
public final class Restricted {

  @SuppressWarnings("removal")
  public static void main(String[] arguments) throws Exception {
    try {
      System.setSecurityManager(new SecurityManager());
    } catch (UnsupportedOperationException e) {
      System.out.println("not here: no security manager since JDK 24");
      return;
    }
    Provider mpotr = new MpotrProvider();
    try {
      KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair();
      throw new AssertionError("nothing was forbidden");
    } catch (ProviderException e) {
      if (!e.getMessage()
          .endsWith("\"java.util.PropertyPermission\" \"org.mpotr.p256\" \"read\")")) {
        throw e;
      }
      System.out.println("ok: " + e.getMessage());
    }
  }
}
