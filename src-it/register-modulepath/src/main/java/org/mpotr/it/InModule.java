package org.mpotr.it;

import java.security.Security;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.it.defaults.Defaults;

/** All on the module path; the provider is registered as on the class path. */
public final class InModule {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = Defaults.now();

    Security.addProvider(MpotrProvider.instance());

    Module module = KeyAgreement.getInstance("mpOTR").getProvider().getClass().getModule();
    if (!InModule.class.getModule().canRead(module) || !Defaults.now().equals(before)) {
      throw new AssertionError("in " + module + ", or defaults have changed");
    }
    System.out.println(
        "ok: in module " + module.getName() + "; " + before.size() + " defaults as before");
  }
}
