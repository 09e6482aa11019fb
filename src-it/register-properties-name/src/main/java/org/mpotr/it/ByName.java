package org.mpotr.it;

import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;

/** Registered by the JVM, which was told a name: it is in no line here. */
public final class ByName {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = KeyAgreement.getInstance("mpOTR").getProvider();
    int last = Security.getProviders().length;
    if (!mpotr.getName().equals("mpOTR") || Security.getProviders()[last - 1] != mpotr) {
      throw new AssertionError("found " + mpotr);
    }
    Map<String, String> with = defaults();

    Security.removeProvider("mpOTR");

    if (!defaults().equals(with)) {
      throw new AssertionError("defaults are others without it");
    }
    System.out.println(
        "ok: by name at " + last + "; " + with.size() + " defaults of the JDK as without");
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
