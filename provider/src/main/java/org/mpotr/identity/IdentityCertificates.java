package org.mpotr.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.mpotr.crypto.BouncyCastle;

/**
 * Self-signed certificates for identity keys (PROTOCOL.md, section 3.1). Key stores want one beside
 * a private key; the protocol reads nothing of it but the public key, and nobody trusts a name in
 * it.
 */
public final class IdentityCertificates {

  /** The longest common name, in characters (RFC 5280, ub-common-name). */
  public static final int MAX_NAME = 64;

  private IdentityCertificates() {}

  /**
   * A self-signed certificate: X.509 version 3, signed by ECDSA with SHA-512, with a random serial
   * number of 128 bits, for digital signatures and key agreement. The private key may be of any
   * provider, and is used through it.
   *
   * @param identity an EC key pair on P-256
   * @param name the common name of subject and issuer, 1 to 64 characters
   * @param notBefore the first second of its validity; fractions are cut off
   * @param notAfter the last second of its validity; fractions are cut off
   * @param random where the serial number comes from
   * @throws IllegalArgumentException when the name or the times are out of range
   * @throws InvalidKeyException when the keys are not an identity, or not a pair
   * @throws GeneralSecurityException when the private key's provider does not let it sign
   * @throws java.security.ProviderException when BouncyCastle is absent or too old
   */
  public static X509Certificate selfSigned(
      KeyPair identity, String name, Instant notBefore, Instant notAfter, SecureRandom random)
      throws GeneralSecurityException {
    if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
      throw new IllegalArgumentException("the name in a certificate has 1 to 64 characters");
    }
    if (notAfter.isBefore(notBefore)) {
      throw new IllegalArgumentException("a certificate ends after it begins");
    }
    PublicKey publicKey = IdentityKeys.publicKey(IdentityKeys.publicPoint(identity.getPublic()));
    BouncyCastle.BCPROV.require();
    BouncyCastle.BCPKIX.require();
    byte[] encoded =
        CertificateEncoding.selfSigned(
            publicKey, identity.getPrivate(), name, notBefore, notAfter, random);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
    requireValid(certificate, publicKey);
    return certificate;
  }

  private static void requireValid(X509Certificate certificate, PublicKey publicKey)
      throws GeneralSecurityException {
    try {
      certificate.verify(publicKey);
    } catch (SignatureException e) {
      throw new InvalidKeyException("the public key is not that of the private key", e);
    }
  }
}
