package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;

/** The provider on the class path, registered by the application before it is first used. */
public final class Registered {

  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = defaults();

    Security.addProvider(new MpotrProvider());

    String identities = KeyPairGenerator.getInstance("mpOTR").getProvider().getName();
    String agreement = KeyAgreement.getInstance("mpOTR").getProvider().getName();
    if (!identities.equals(MpotrProvider.NAME) || !agreement.equals(MpotrProvider.NAME)) {
      throw new AssertionError("found at " + identities + " and " + agreement);
    }
    if (!defaults().equals(before)) {
      throw new AssertionError("defaults have changed");
    }
    System.out.println("ok: registered; " + before.size() + " defaults of the JDK as before");
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
