package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.ProviderException;
import java.security.Security;
import org.mpotr.MpotrProvider;

/** The list of providers is another, and nobody in it makes EC keys. */
public final class Listed {

  public static void main(String[] arguments) throws Exception {
    if (Security.getProvider("SunEC") != null || Security.getProviders().length != 3) {
      throw new AssertionError("the list is not the one of the file");
    }
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", new MpotrProvider());
    try {
      identities.generateKeyPair();
      throw new AssertionError("made by nobody");
    } catch (ProviderException e) {
      if (!e.getMessage()
          .endsWith("EC keys on P-256, which no installed security provider makes")) {
        throw e;
      }
      System.out.println("ok: " + e.getMessage());
    }
  }
}
