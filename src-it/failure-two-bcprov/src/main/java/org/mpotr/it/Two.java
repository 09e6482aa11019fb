package org.mpotr.it;

import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import org.mpotr.MpotrProvider;

/** Two of them, and the JVM takes the one that comes first. */
public final class Two {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair(); // needs no BouncyCastle

    KeyStore store = KeyStore.getInstance("mpOTR", mpotr);
    store.load(null, "correct horse".toCharArray());
    try {
      store.store(new ByteArrayOutputStream(), "correct horse".toCharArray());
      throw new AssertionError("stored without it");
    } catch (ProviderException e) {
      if (!e.getMessage().endsWith("finds " + arguments[0])) {
        throw e;
      }
      System.out.println("ok: " + e.getMessage());
    }
  }
}
