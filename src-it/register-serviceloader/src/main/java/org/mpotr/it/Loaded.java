package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;

/** The provider found by its name alone; nothing here is of mpOTR. */
public final class Loaded {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = defaults();

    Provider mpotr =
        ServiceLoader.load(Provider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.getName().equals("mpOTR"))
            .findFirst()
            .orElseThrow();
    Security.addProvider(mpotr);

    if (KeyAgreement.getInstance("mpOTR").getProvider() != mpotr || !defaults().equals(before)) {
      throw new AssertionError("not found, or defaults have changed");
    }
    System.out.println("ok: found by name; " + before.size() + " defaults of the JDK as before");
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
