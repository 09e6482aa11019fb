package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.it.defaults.Defaults;

/** Before all other providers or behind them: they keep what is theirs. */
public final class Positions {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = Defaults.now();
    int last = Security.getProviders().length + 1;
    for (int position : new int[] {1, last}) {

      Security.insertProviderAt(new MpotrProvider(), position);

      Provider found = KeyAgreement.getInstance("mpOTR").getProvider();
      if (Security.getProviders()[position - 1] != found || !Defaults.now().equals(before)) {
        throw new AssertionError("at " + position + ": not found, or defaults have changed");
      }
      Security.removeProvider(MpotrProvider.NAME);
    }
    System.out.println(
        "ok: at 1 and at " + last + "; " + before.size() + " defaults of the JDK as before");
  }
}
