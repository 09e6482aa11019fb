package org.mpotr.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * Where SHA-2, HMAC-SHA-512 and AES-CTR come from: the JDK's own providers, asked for by name,
 * because a slower provider in first position would otherwise take every frame; any installed
 * provider where those are absent.
 */
final class JdkAlgorithms {

  private static final String SHA_512 = "SHA-512";
  private static final String HMAC_SHA_512 = "HmacSHA512";
  private static final String AES_CTR = "AES/CTR/NoPadding";

  // Looked up once: by its name, each getInstance would search the list of providers anew.
  private static final Provider DIGESTS = Security.getProvider("SUN");
  private static final Provider CIPHERS = Security.getProvider("SunJCE");

  /** Never given a key, only copied, which saves the platform's search; made at the first use. */
  private static volatile Mac keyless;

  private JdkAlgorithms() {}

  static MessageDigest sha512() {
    return digest(SHA_512);
  }

  /** A hash function by its standard name. */
  static MessageDigest digest(String name) {
    return find(
        name,
        DIGESTS,
        own ->
            own == null ? MessageDigest.getInstance(name) : MessageDigest.getInstance(name, own));
  }

  static Mac hmacSha512() {
    Mac original = keyless;
    if (original == null) {
      original = newHmacSha512();
      keyless = original;
    }
    try {
      return (Mac) original.clone();
    } catch (CloneNotSupportedException e) {
      // Another provider's, which cannot be copied; a new one does as well.
      return newHmacSha512();
    }
  }

  private static Mac newHmacSha512() {
    return find(
        HMAC_SHA_512,
        CIPHERS,
        own -> own == null ? Mac.getInstance(HMAC_SHA_512) : Mac.getInstance(HMAC_SHA_512, own));
  }

  static Cipher aesCtr() {
    return find(
        AES_CTR,
        CIPHERS,
        own -> own == null ? Cipher.getInstance(AES_CTR) : Cipher.getInstance(AES_CTR, own));
  }

  /** How the platform hands out one algorithm. */
  @FunctionalInterface
  interface Source<T> {

    /** The algorithm from a provider, or for null from whichever has it. */
    T from(Provider provider) throws GeneralSecurityException;
  }

  /**
   * An algorithm from the preferred provider, if there is one and it has it, or else from any.
   *
   * @param preferred null when it is not installed
   * @throws ProviderException naming the algorithm, when no installed provider has it
   */
  static <T> T find(String algorithm, Provider preferred, Source<T> source) {
    GeneralSecurityException refusal = null;
    if (preferred != null) {
      try {
        return source.from(preferred);
      } catch (GeneralSecurityException e) {
        refusal = e;
      }
    }
    try {
      return source.from(null);
    } catch (GeneralSecurityException e) {
      if (refusal != null) {
        e.addSuppressed(refusal);
      }
      throw new ProviderException(
          "mpOTR needs " + algorithm + ", which no installed security provider offers", e);
    }
  }
}
