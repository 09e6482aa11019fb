package org.mpotr.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Reads private keys in PKCS #8 (RFC 5958, RFC 5915). Apart from {@link PrivateKeyEncoding}, so
 * that whoever only makes keys does not load BouncyCastle, whose signed jar takes a third of a
 * second.
 */
final class PrivateKeyDecoding {

  private PrivateKeyDecoding() {}

  /** The number in an encoding on the named curve P-256, in any form that ASN.1 allows. */
  static BigInteger decode(byte[] encoded) throws InvalidKeyException {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(encoded);
      boolean isP256 =
          info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
              && SECObjectIdentifiers.secp256r1.equals(
                  info.getPrivateKeyAlgorithm().getParameters());
      if (isP256) {
        return ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
      }
    } catch (IOException | RuntimeException e) {
      // Fall through to the one answer: what is wrong inside a private key is nobody's business.
      throw new InvalidKeyException("the identity key has no readable PKCS #8 encoding");
    }
    throw new InvalidKeyException("an identity key is an EC key on the named curve P-256");
  }
}
