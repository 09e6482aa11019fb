package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import org.mpotr.MpotrProvider;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** What a bundle does: it passes the provider, since no other bundle is to see it. */
public final class Activator implements BundleActivator {
  @Override
  public void start(BundleContext context) throws Exception {
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair();
    KeyStore.getInstance("mpOTR", mpotr).load(null, null);
    System.out.println("ok: used in a bundle, with " + context.getBundles().length + " bundles");
  }

  @Override
  public void stop(BundleContext context) {}
}
