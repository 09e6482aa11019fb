package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;

/** Before all other providers or behind them: they keep what is theirs. */
public final class Positions {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = defaults();
    int last = Security.getProviders().length + 1;
    for (int position : new int[] {1, last}) {

      Security.insertProviderAt(new MpotrProvider(), position);

      Provider found = KeyAgreement.getInstance("mpOTR").getProvider();
      if (Security.getProviders()[position - 1] != found || !defaults().equals(before)) {
        throw new AssertionError("at " + position + ": not found, or defaults have changed");
      }
      Security.removeProvider(MpotrProvider.NAME);
    }
    System.out.println(
        "ok: at 1 and at " + last + "; " + before.size() + " defaults of the JDK as before");
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
