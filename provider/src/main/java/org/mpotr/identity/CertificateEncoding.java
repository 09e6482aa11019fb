package org.mpotr.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
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
 * Makes what {@link IdentityCertificates} hands out. Apart from it, since a class that names
 * BouncyCastle's cannot even be loaded without them, and so could not say that they are absent.
 */
final class CertificateEncoding {

  private static final int SERIAL_BITS = 128;
  private static final String ALGORITHM = "SHA512withECDSA";

  private CertificateEncoding() {}

  /** The DER encoding of a self-signed certificate whose contents have been checked. */
  static byte[] selfSigned(
      PublicKey publicKey,
      PrivateKey privateKey,
      String name,
      Instant notBefore,
      Instant notAfter,
      SecureRandom random)
      throws GeneralSecurityException {
    X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS - 1, random).setBit(SERIAL_BITS - 1),
            time(notBefore),
            time(notAfter),
            subject,
            SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()));
    try {
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement));
      return builder.build(new Signer(privateKey, random)).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a certificate made here has no encoding", e);
    } catch (RuntimeOperatorException e) {
      throw new GeneralSecurityException("the identity key's provider does not let it sign", e);
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
