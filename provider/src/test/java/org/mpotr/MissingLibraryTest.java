package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mpotr.keystore.IdentityStore;
import org.mpotr.keystore.StoreCost;

/** Where a library is absent, what needs it says so in a sentence, and the rest works. */
class MissingLibraryTest {

  private static final String SENTENCE =
      "a key store of mpOTR needs BouncyCastle 1.87 or later (bcprov), and none is there";

  /** Uses what needs nothing, and tries what needs the library. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] arguments) throws Exception {
      Provider provider = new MpotrProvider();
      KeyPairGenerator.getInstance("mpOTR", provider).generateKeyPair();
      try {
        System.out.println(KeyStore.getInstance("mpOTR", provider));
      } catch (KeyStoreException e) {
        System.out.println(e.getCause().getMessage());
      }
      try {
        System.out.println(IdentityStore.empty(StoreCost.MIN));
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void bouncyCastle() throws Exception {
    String all = System.getProperty("java.class.path");
    String rest =
        Stream.of(all.split(File.pathSeparator))
            .filter(entry -> !entry.contains("bcprov"))
            .collect(Collectors.joining(File.pathSeparator));
    assertTrue(rest.length() < all.length(), "it was on the class path: " + all);
    assertEquals(
        "KeyStore mpOTR is not possible here: " + SENTENCE + System.lineSeparator() + SENTENCE,
        ChildJvm.run(rest, Probe.class));
  }
}
