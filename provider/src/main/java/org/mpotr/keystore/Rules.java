package org.mpotr.keystore;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.EcKeys;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.identity.IdentityKeys;

/** What may be in a store: keys on P-256 and nothing else. */
final class Rules {

  static final int MAX_CHAIN = 16;
  static final int MAX_CERTIFICATE_BYTES = 1 << 16;

  private Rules() {}

  /** Demands a certificate of at most 64 KiB whose key is a point on P-256. */
  static PublicPoint requireP256(X509Certificate certificate) throws KeyStoreException {
    try {
      if (certificate.getEncoded().length > MAX_CERTIFICATE_BYTES) {
        throw new KeyStoreException("a certificate has at most 65,536 bytes");
      }
      return IdentityKeys.publicPoint(certificate.getPublicKey());
    } catch (InvalidKeyException e) {
      throw new KeyStoreException(
          "a store of mpOTR takes only certificates of EC keys on P-256 (secp256r1)", e);
    } catch (CertificateEncodingException e) {
      throw new KeyStoreException("the certificate has no encoding", e);
    }
  }

  /** Demands 1 to 16 certificates of keys on P-256; the first one's is the result. */
  static PublicPoint requireChain(List<X509Certificate> chain) throws KeyStoreException {
    if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
      throw new KeyStoreException("an identity has 1 to 16 certificates");
    }
    for (X509Certificate certificate : chain.subList(1, chain.size())) {
      requireP256(certificate);
    }
    return requireP256(chain.get(0));
  }

  /**
   * The PKCS #8 encoding of an identity key, to be cleared by the caller.
   *
   * @throws KeyStoreException when the key cannot be read, is not on P-256, or is not that of the
   *     first certificate
   */
  static byte[] encoded(PrivateKey key, PublicPoint expected) throws KeyStoreException {
    byte[] pkcs8 = key.getEncoded();
    if (pkcs8 == null) {
      throw new KeyStoreException(
          "the private key does not leave its provider, and so cannot be kept in a file");
    }
    try {
      ECPrivateKey standard = (ECPrivateKey) decoded(pkcs8);
      try (SecretScalar scalar = EcKeys.scalar(standard)) {
        if (!P256.engine().publicPoint(scalar).equals(expected)) {
          throw new KeyStoreException("the private key is not that of the certificate");
        }
      }
      return standard.getEncoded();
    } catch (KeyStoreException e) {
      throw e;
    } catch (ClassCastException | GeneralSecurityException e) {
      throw new KeyStoreException(
          "a store of mpOTR takes only EC private keys on P-256 (secp256r1)", e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** The standard private key of an encoding. */
  static PrivateKey decoded(byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** Demands a password of one character or more. */
  static void requirePassword(char[] password) throws KeyStoreException {
    if (password == null || password.length == 0) {
      throw new KeyStoreException("a secret is kept under a password of one character or more");
    }
  }
}
