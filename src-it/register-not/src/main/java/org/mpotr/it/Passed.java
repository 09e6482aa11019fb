package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;

/** The provider as an object of the application, of which the rest of the JVM hears nothing. */
public final class Passed {

  public static void main(String[] arguments) throws Exception {
    List<Provider> before = Arrays.asList(Security.getProviders());

    Provider mpotr = new MpotrProvider();
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", mpotr);
    KeyAgreement agreement = KeyAgreement.getInstance("mpOTR", mpotr);

    identities.generateKeyPair();
    if (agreement.getProvider() != mpotr
        || !Arrays.asList(Security.getProviders()).equals(before)) {
      throw new AssertionError("not ours, or the JVM's providers have changed");
    }
    try {
      KeyAgreement.getInstance("mpOTR");
      throw new AssertionError("found though it is not registered");
    } catch (NoSuchAlgorithmException e) {
      System.out.println("ok: used, and the JVM's " + before.size() + " providers are as before");
    }
  }
}
