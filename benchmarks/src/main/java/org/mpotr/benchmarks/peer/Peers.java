package org.mpotr.benchmarks.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.benchmarks.workload.UnavailableException;

/** The peers by name. Each is loaded only when it is asked for, and may be not here. */
public final class Peers {

  /** The library itself. */
  public static final String MPOTR = "mpOTR";

  /** Megolm and Olm in Rust, as Matrix clients use them. */
  public static final String VODOZEMAC = "vodozemac";

  /** Sender keys and PQXDH in Rust, as Signal uses them. */
  public static final String LIBSIGNAL = "libsignal";

  /** MLS (RFC 9420) in Java with P-256. */
  public static final String MLS_P256 = "BC MLS P-256";

  /** MLS (RFC 9420) in Java with X25519 and Ed25519. */
  public static final String MLS_X25519 = "BC MLS X25519";

  private static final Map<String, String> CLASSES = new LinkedHashMap<>();

  static {
    CLASSES.put(MPOTR, "MpotrMessaging");
    CLASSES.put(VODOZEMAC, "VodozemacMessaging");
    CLASSES.put(LIBSIGNAL, "LibsignalMessaging");
    CLASSES.put(MLS_P256, "BcMlsMessaging$OnP256");
    CLASSES.put(MLS_X25519, "BcMlsMessaging$OnX25519");
  }

  private Peers() {}

  /** All names, mpOTR first. */
  public static List<String> names() {
    return new ArrayList<>(CLASSES.keySet());
  }

  /**
   * A peer by its name.
   *
   * @throws UnavailableException when it cannot be loaded here
   */
  public static GroupMessaging load(String name) throws UnavailableException {
    String className = CLASSES.get(name);
    if (className == null) {
      throw new UnavailableException("no peer is known as " + name);
    }
    try {
      return (GroupMessaging)
          Class.forName(Peers.class.getPackageName() + "." + className)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new UnavailableException(name + " does not load", e);
    }
  }
}
