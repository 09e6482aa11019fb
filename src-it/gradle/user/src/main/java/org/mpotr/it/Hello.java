package org.mpotr.it;

import java.security.KeyPairGenerator;
import org.mpotr.MpotrProvider;

/** What a Gradle build depends on and runs. */
public final class Hello {

  public static void main(String[] arguments) throws Exception {
    KeyPairGenerator.getInstance("mpOTR", new MpotrProvider()).generateKeyPair();
    System.out.println("hello from Gradle");
  }
}
