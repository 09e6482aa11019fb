package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.mpotr.it.defaults.Defaults;

/** Registered by the JVM, which was told a name: it is in no line here. */
public final class ByName {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = KeyAgreement.getInstance("mpOTR").getProvider();
    int last = Security.getProviders().length;
    if (!mpotr.getName().equals("mpOTR") || Security.getProviders()[last - 1] != mpotr) {
      throw new AssertionError("found " + mpotr);
    }
    Map<String, String> with = Defaults.now();

    Security.removeProvider("mpOTR");

    if (!Defaults.now().equals(with)) {
      throw new AssertionError("defaults are others without it");
    }
    System.out.println(
        "ok: by name at " + last + "; " + with.size() + " defaults of the JDK as without");
  }
}
