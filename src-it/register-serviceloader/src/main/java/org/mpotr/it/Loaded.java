package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.ServiceLoader;
import javax.crypto.KeyAgreement;
import org.mpotr.it.defaults.Defaults;

/** The provider found by its name alone; nothing here is of mpOTR. */
public final class Loaded {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = Defaults.now();

    Provider mpotr =
        ServiceLoader.load(Provider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.getName().equals("mpOTR"))
            .findFirst()
            .orElseThrow();
    Security.addProvider(mpotr);

    if (KeyAgreement.getInstance("mpOTR").getProvider() != mpotr
        || !Defaults.now().equals(before)) {
      throw new AssertionError("not found, or defaults have changed");
    }
    System.out.println("ok: found by name; " + before.size() + " defaults of the JDK as before");
  }
}
