package org.mpotr.it;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import org.mpotr.MpotrProvider;

/** What a web application does: it registers at its start, and takes that back at its end. */
public final class Application {
  public static void live() throws GeneralSecurityException {
    MpotrProvider.install();
    KeyPairGenerator.getInstance("mpOTR").generateKeyPair();
    Security.removeProvider(MpotrProvider.NAME);
  }
}
