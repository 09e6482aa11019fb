package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.Security;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.it.defaults.Defaults;

/** The provider on the class path, registered by the application before it is first used. */
public final class Registered {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = Defaults.now();

    Security.addProvider(new MpotrProvider());

    String identities = KeyPairGenerator.getInstance("mpOTR").getProvider().getName();
    String agreement = KeyAgreement.getInstance("mpOTR").getProvider().getName();
    if (!identities.equals(MpotrProvider.NAME) || !agreement.equals(MpotrProvider.NAME)) {
      throw new AssertionError("found at " + identities + " and " + agreement);
    }
    if (!Defaults.now().equals(before)) {
      throw new AssertionError("defaults have changed");
    }
    System.out.println("ok: registered; " + before.size() + " defaults of the JDK as before");
  }
}
