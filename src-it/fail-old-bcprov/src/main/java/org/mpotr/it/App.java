package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import org.mpotr.MpotrProvider;

/** An old BouncyCastle is named. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair();
    try {
      throw new AssertionError("a key store: " + KeyStore.getInstance("mpOTR", mpotr));
    } catch (KeyStoreException e) {
      String said = e.getCause().getMessage();
      if (!said.endsWith("but bcprov-jdk15on-1.70.jar is older")) {
        throw new AssertionError("it says something else", e);
      }
      System.out.println("ok: " + said);
    }
  }
}
