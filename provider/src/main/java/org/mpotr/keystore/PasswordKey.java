package org.mpotr.keystore;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.crypto.generators.SCrypt;

/** How a password becomes a key: scrypt (RFC 7914), as BCFKS names it and feeds it. */
final class PasswordKey {

  private static final ASN1ObjectIdentifier SCRYPT =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");
  private static final int SALT_BYTES = 64;
  private static final int PARALLELISM = 1;

  private PasswordKey() {}

  /** Parameters with a fresh salt. */
  static KeyDerivationFunc derivation(StoreCost cost, int keyBytes) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new KeyDerivationFunc(
        SCRYPT,
        new DERSequence(
            new ASN1Encodable[] {
              new DEROctetString(salt),
              new ASN1Integer(cost.iterations()),
              new ASN1Integer(StoreCost.BLOCK_SIZE),
              new ASN1Integer(PARALLELISM),
              new ASN1Integer(keyBytes)
            }));
  }

  /**
   * The cost that parameters ask for.
   *
   * @throws StoreException when it is beyond the bounds, or the parameters are not ours
   */
  static StoreCost cost(KeyDerivationFunc derivation, int keyBytes) throws StoreException {
    try {
      ASN1Sequence parameters = ASN1Sequence.getInstance(derivation.getParameters());
      BigInteger iterations = integer(parameters, 1);
      boolean known =
          derivation.getAlgorithm().equals(SCRYPT)
              && parameters.size() == 5
              && salt(parameters).length == SALT_BYTES
              && iterations.signum() > 0
              && iterations.bitCount() == 1
              && integer(parameters, 2).equals(BigInteger.valueOf(StoreCost.BLOCK_SIZE))
              && integer(parameters, 3).equals(BigInteger.valueOf(PARALLELISM))
              && integer(parameters, 4).equals(BigInteger.valueOf(keyBytes));
      if (!known) {
        throw StoreException.corrupt("the store makes keys in another way than by scrypt");
      }
      int exponent = iterations.getLowestSetBit();
      if (exponent > StoreCost.MAX.exponent()) {
        throw new StoreException(
            StoreException.Reason.TOO_COSTLY, "the store asks for too much memory to be opened");
      }
      return new StoreCost(exponent);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, "the store does not say how keys are made", e);
    }
  }

  /**
   * The key of a password for one purpose, to be cleared by the caller.
   *
   * @throws StoreException when the parameters are beyond the bounds
   */
  static byte[] derive(KeyDerivationFunc derivation, int keyBytes, String purpose, char[] password)
      throws StoreException {
    StoreCost cost = cost(derivation, keyBytes);
    byte[] secret = secret(password, purpose);
    try {
      return SCrypt.generate(
          secret,
          salt(ASN1Sequence.getInstance(derivation.getParameters())),
          cost.iterations(),
          StoreCost.BLOCK_SIZE,
          PARALLELISM,
          keyBytes);
    } catch (OutOfMemoryError e) {
      throw new StoreException(
          StoreException.Reason.TOO_COSTLY, "the store needs more memory than there is", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Password and purpose, each in UTF-16 with two zero bytes behind it. */
  private static byte[] secret(char[] password, String purpose) {
    byte[] label = purpose.getBytes(StandardCharsets.UTF_16BE);
    byte[] secret = new byte[2 * password.length + 2 + label.length + 2];
    for (int i = 0; i < password.length; i++) {
      secret[2 * i] = (byte) (password[i] >>> 8);
      secret[2 * i + 1] = (byte) password[i];
    }
    System.arraycopy(label, 0, secret, 2 * password.length + 2, label.length);
    return secret;
  }

  private static byte[] salt(ASN1Sequence parameters) {
    return ASN1OctetString.getInstance(parameters.getObjectAt(0)).getOctets();
  }

  private static BigInteger integer(ASN1Sequence parameters, int index) {
    return ASN1Integer.getInstance(parameters.getObjectAt(index)).getValue();
  }
}
