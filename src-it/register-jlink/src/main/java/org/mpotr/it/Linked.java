package org.mpotr.it;

import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mpotr.MpotrProvider;

/** Runs in the image, whose keytool makes an identity; the application reads it. */
public final class Linked {

  public static void main(String[] arguments) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String line =
        " -genkeypair -alias me -dname CN=alice -keyalg EC -groupname secp256r1"
            + " -sigalg SHA512withECDSA -addprovider mpOTR -storetype mpOTR"
            + " -storepass correct-horse -keypass correct-horse -keystore ";
    String[] command = (keytool + line + arguments[0]).split(" ");
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();

    Map<String, String> before = defaults();
    Security.addProvider(MpotrProvider.instance());

    KeyStore store = KeyStore.getInstance(new File(arguments[0]), "correct-horse".toCharArray());
    if (code != 0 || !store.isKeyEntry("me") || !defaults().equals(before)) {
      throw new AssertionError(store.getType() + ", keytool ended with " + code);
    }
    System.out.println("ok: keytool's identity read; " + before.size() + " defaults as before");
  }

  /** Which provider is the first to answer, for everything that others than mpOTR have. */
  private static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    for (Provider provider : Security.getProviders()) {
      for (Provider.Service service : provider.getServices()) {
        String type = service.getType();
        String name = service.getAlgorithm();
        if (!provider.getName().equals("mpOTR")) {
          Stream<Provider> all = Stream.of(Security.getProviders());
          Provider first = all.filter(p -> p.getService(type, name) != null).findFirst().get();
          defaults.put(type + " " + name, first.getName());
        }
      }
    }
    return defaults;
  }
}
