package org.mpotr.it;

import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import org.mpotr.MpotrProvider;

/** An old BouncyCastle in place of the one that the provider asks for. */
public final class Old {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair(); // needs no BouncyCastle

    KeyStore store = KeyStore.getInstance("mpOTR", mpotr);
    store.load(null, "correct horse".toCharArray());
    try {
      store.store(new ByteArrayOutputStream(), "correct horse".toCharArray());
      throw new AssertionError("stored without it");
    } catch (ProviderException e) {
      if (!e.getMessage().endsWith("finds bcprov-jdk15on-1.70.jar")) {
        throw e;
      }
      System.out.println("ok: " + e.getMessage());
    }
  }
}
