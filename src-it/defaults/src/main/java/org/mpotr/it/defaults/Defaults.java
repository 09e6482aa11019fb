package org.mpotr.it.defaults;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The providers that an application gets when it names none. */
public final class Defaults {

  private Defaults() {}

  /** Which provider is the first to answer, for everything that others than mpOTR have. */
  public static Map<String, String> now() {
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
