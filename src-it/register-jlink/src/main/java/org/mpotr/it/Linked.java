package org.mpotr.it;

import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.util.Map;
import org.mpotr.MpotrProvider;
import org.mpotr.it.defaults.Defaults;

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

    Map<String, String> before = Defaults.now();
    Security.addProvider(MpotrProvider.instance());

    KeyStore store = KeyStore.getInstance(new File(arguments[0]), "correct-horse".toCharArray());
    if (code != 0 || !store.isKeyEntry("me") || !Defaults.now().equals(before)) {
      throw new AssertionError(store.getType() + ", keytool ended with " + code);
    }
    System.out.println("ok: keytool's identity read; " + before.size() + " defaults as before");
  }
}
