package org.mpotr.it;

import java.security.KeyPairGenerator;
import java.security.Security;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;

/** Registers its own provider when it starts, and takes it away when it stops. */
public final class Application implements AutoCloseable {
  public Application() throws Exception {
    var mpotr = new MpotrProvider();
    Security.addProvider(mpotr);
    KeyPairGenerator.getInstance("mpOTR").generateKeyPair();
    KeyAgreement.getInstance("mpOTR", mpotr); // every self-test has run
  }

  @Override
  public void close() {
    Security.removeProvider(MpotrProvider.NAME);
  }
}
