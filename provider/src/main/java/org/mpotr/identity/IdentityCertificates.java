package org.mpotr.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.RuntimeOperatorException;

/**
 * Self-signed certificates for identity keys (PROTOCOL.md, section 3.1). Key stores want one beside
 * a private key; the protocol reads nothing of it but the public key, and nobody trusts a name in
 * it.
 */
public final class IdentityCertificates {

  /** The longest common name, in characters (RFC 5280, ub-common-name). */
  public static final int MAX_NAME = 64;

  private static final int SERIAL_BITS = 128;
  private static final String ALGORITHM = "SHA512withECDSA";

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
    X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS - 1, random).setBit(SERIAL_BITS - 1),
            time(notBefore),
            time(notAfter),
            subject,
            SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()));
    X509Certificate certificate;
    try {
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement));
      byte[] encoded = builder.build(new Signer(identity.getPrivate(), random)).getEncoded();
      certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new IllegalStateException("a certificate made here has no encoding", e);
    } catch (RuntimeOperatorException e) {
      throw new GeneralSecurityException("the identity key's provider does not let it sign", e);
    }
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

  // In the root locale, since others may count years from elsewhere.
  private static Time time(Instant instant) {
    return new Time(Date.from(instant), Locale.ROOT);
  }

  /** Signs through the provider of the private key, which alone may know how to use it. */
  private static final class Signer implements ContentSigner {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Signature signature;

    Signer(PrivateKey key, SecureRandom random) throws GeneralSecurityException {
      signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key, random);
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
      return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512);
    }

    @Override
    public OutputStream getOutputStream() {
      return content;
    }

    @Override
    public byte[] getSignature() {
      try {
        signature.update(content.toByteArray());
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new RuntimeOperatorException(e.getMessage(), e);
      }
    }
  }
}
