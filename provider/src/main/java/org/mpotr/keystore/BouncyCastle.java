package org.mpotr.keystore;

import java.io.IOException;
import java.security.CodeSource;
import java.util.Collections;
import org.bouncycastle.asn1.ASN1Integer;

/** Whether the library that encodes stores is there, and can do what is asked of it. */
final class BouncyCastle {

  private static final String NEEDED =
      "a key store of mpOTR needs BouncyCastle 1.87 or later (bcprov)";

  private BouncyCastle() {}

  private static final class Found {
    static final String PROBLEM = problem();
  }

  /**
   * Returns when it is.
   *
   * @throws IllegalStateException with the reason when it is absent or too old
   */
  static void require() {
    if (!Found.PROBLEM.isEmpty()) {
      throw new IllegalStateException(NEEDED + ", " + Found.PROBLEM);
    }
  }

  private static String problem() {
    try {
      // The class is of all versions, this constructor of late ones.
      return new ASN1Integer(1).intValueExact() == 1 ? "" : "and this one does not work";
    } catch (NoClassDefFoundError e) {
      return "and none is there";
    } catch (LinkageError e) {
      return "but " + jar() + " is older" + (count() > 1 ? " and comes before another one" : "");
    }
  }

  /** The name of the file that is used. */
  private static String jar() {
    CodeSource source = ASN1Integer.class.getProtectionDomain().getCodeSource();
    String path = source == null ? "" : source.getLocation().getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? "the one that is there" : name;
  }

  private static int count() {
    String name = ASN1Integer.class.getName().replace('.', '/') + ".class";
    try {
      return Collections.list(ClassLoader.getSystemResources(name)).size();
    } catch (IOException e) {
      // Only one more thing that could have been said.
      return 1;
    }
  }
}
