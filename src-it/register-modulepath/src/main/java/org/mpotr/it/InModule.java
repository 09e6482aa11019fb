package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;

/** All on the module path; the provider is registered as on the class path. */
public final class InModule {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = defaults();

    Security.addProvider(MpotrProvider.instance());

    Module module = KeyAgreement.getInstance("mpOTR").getProvider().getClass().getModule();
    if (!InModule.class.getModule().canRead(module) || !defaults().equals(before)) {
      throw new AssertionError("in " + module + ", or defaults have changed");
    }
    System.out.println(
        "ok: in module " + module.getName() + "; " + before.size() + " defaults as before");
  }

  /** Which provider is the first to answer, for everything that others than mpOTR have. */
  private static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    for (Provider provider : Security.getProviders()) {
      for (Provider.Service service : provider.getServices()) {
        String type = service.getType();
        String name = service.getAlgorithm();
        if (!provider.getName().equals(MpotrProvider.NAME)) {
          Stream<Provider> all = Stream.of(Security.getProviders());
          Provider first = all.filter(p -> p.getService(type, name) != null).findFirst().get();
          defaults.put(type + " " + name, first.getName());
        }
      }
    }
    return defaults;
  }
}
