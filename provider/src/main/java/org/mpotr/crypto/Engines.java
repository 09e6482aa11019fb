package org.mpotr.crypto;

import java.security.ProviderException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.mpotr.crypto.p256.OwnP256;

/**
 * The choice of the arithmetic behind {@link P256}: the system property {@code org.mpotr.p256}
 * names an engine of this library or an installed security provider. It is read once, when P-256 is
 * first needed; a name that is neither is refused then and at every later use, and nothing else
 * takes its place.
 */
final class Engines {

  static final String PROPERTY = "org.mpotr.p256";

  /** How many bytes the large tables of busy signers' keys may take, for the own engine. */
  static final String TABLE_BYTES = "org.mpotr.p256.tableBytes";

  /**
   * This library's own engines by name, the default first; lambdas, so that only the chosen one is
   * loaded.
   */
  private static final Map<String, Supplier<P256>> OF_LIBRARY = new LinkedHashMap<>();

  static {
    OF_LIBRARY.put("own", () -> new OwnP256(tableBytes()));
    OF_LIBRARY.put(
        "bc",
        () -> {
          BouncyCastle.BCPROV.require();
          return new BouncyCastleP256();
        });
  }

  private Engines() {}

  /** What the one reading of the property gave: an engine, or why there is none. */
  private static final class Choice {

    static final P256 ENGINE;
    static final ProviderException REFUSAL;

    static {
      P256 engine = null;
      ProviderException refusal = null;
      try {
        String name = System.getProperty(PROPERTY);
        engine = name == null ? preferred() : named(name);
      } catch (ProviderException e) {
        refusal = e;
      } catch (SecurityException e) {
        refusal = new ProviderException("mpOTR may not read its settings: " + e.getMessage(), e);
      }
      ENGINE = engine;
      REFUSAL = refusal;
    }
  }

  private static long tableBytes() {
    String given = System.getProperty(TABLE_BYTES, Long.toString(OwnP256.DEFAULT_TABLE_BYTES));
    try {
      long bytes = Long.parseLong(given);
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      throw new ProviderException(TABLE_BYTES + " is a number of bytes, 0 or more", e);
    }
    throw new ProviderException(TABLE_BYTES + " is a number of bytes, 0 or more");
  }

  /**
   * The engine in use.
   *
   * @throws ProviderException when the property names none
   */
  static P256 selected() {
    if (Choice.ENGINE == null) {
      throw new ProviderException(Choice.REFUSAL.getMessage(), Choice.REFUSAL);
    }
    return Choice.ENGINE;
  }

  /** The engine that is used when nobody chose another: the first of this library's own. */
  static P256 preferred() {
    return OF_LIBRARY.values().iterator().next().get();
  }

  /** The names of this library's own engines, the default first. */
  static Set<String> ofLibrary() {
    return OF_LIBRARY.keySet();
  }

  /**
   * The engine of a name.
   *
   * @throws ProviderException when there is none, in a sentence that says what can be chosen
   */
  static P256 named(String name) {
    Supplier<P256> own = OF_LIBRARY.get(name);
    return own == null ? JcaP256.of(name) : own.get();
  }
}
