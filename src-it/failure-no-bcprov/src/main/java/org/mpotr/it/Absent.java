package org.mpotr.it;

import java.io.ByteArrayOutputStream;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import org.mpotr.MpotrProvider;

/** BouncyCastle left out: the protocol does without, the key store says what it needs. */
public final class Absent {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair(); // needs no BouncyCastle

    KeyStore store = KeyStore.getInstance("mpOTR", mpotr);
    store.load(null, "correct horse".toCharArray());
    try {
      store.store(new ByteArrayOutputStream(), "correct horse".toCharArray());
      throw new AssertionError("stored without it");
    } catch (ProviderException e) {
      if (!e.getMessage().endsWith("bcprov-jdk18on 1.84 or newer for this, and finds none")) {
        throw e;
      }
      System.out.println("ok: " + e.getMessage());
    }
  }
}
