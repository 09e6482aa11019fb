package org.mpotr.keystore;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What protects a store and each secret in it: AES-256-CCM under a key that scrypt makes of a
 * password (RFC 8018, PBES2). Each protection has a salt, and so a key, of its own.
 *
 * @param algorithm the parameters, within the bounds of {@link StoreCost}
 * @param content what is protected, with its tag
 */
record Protection(AlgorithmIdentifier algorithm, byte[] content) {

  private static final int KEY_BYTES = 32;
  private static final int TAG_BYTES = 16;

  // Leaves four bytes to count the content; with longer ones it ends at 16 MiB.
  private static final int NONCE_BYTES = 11;

  /** Protects a secret, which stays the caller's. */
  static Protection of(byte[] secret, String purpose, char[] password, StoreCost cost) {
    KeyDerivationFunc derivation = PasswordKey.derivation(cost, KEY_BYTES);
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    ASN1Integer tagBytes = new ASN1Integer(TAG_BYTES);
    DERSequence parameters =
        new DERSequence(new ASN1Encodable[] {new DEROctetString(nonce), tagBytes});
    EncryptionScheme scheme = new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CCM, parameters);
    try {
      byte[] key = PasswordKey.derive(derivation, KEY_BYTES, purpose, password);
      byte[] content = aesCcm(true, key, nonce, secret);
      return new Protection(
          new AlgorithmIdentifier(
              PKCSObjectIdentifiers.id_PBES2, new PBES2Parameters(derivation, scheme)),
          content);
    } catch (StoreException | InvalidCipherTextException e) {
      throw new IllegalStateException("what is protected here has no bounds to break", e);
    }
  }

  /**
   * What is protected, to be cleared by the caller.
   *
   * @throws StoreException for wrong parameters, too high a cost, or a wrong password
   */
  byte[] open(String purpose, char[] password) throws StoreException {
    requireReadable();
    PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
    byte[] nonce =
        ASN1OctetString.getInstance(
                ASN1Sequence.getInstance(parameters.getEncryptionScheme().getParameters())
                    .getObjectAt(0))
            .getOctets();
    byte[] key =
        PasswordKey.derive(parameters.getKeyDerivationFunc(), KEY_BYTES, purpose, password);
    try {
      return aesCcm(false, key, nonce, content);
    } catch (InvalidCipherTextException e) {
      throw StoreException.wrongPassword();
    }
  }

  /**
   * Demands the one algorithm, before anything is computed.
   *
   * @throws StoreException for others, and for too high a cost
   */
  void requireReadable() throws StoreException {
    try {
      PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
      EncryptionScheme scheme = parameters.getEncryptionScheme();
      ASN1Sequence ccm = ASN1Sequence.getInstance(scheme.getParameters());
      PasswordKey.cost(parameters.getKeyDerivationFunc(), KEY_BYTES);
      boolean known =
          algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
              && scheme.getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_CCM)
              && ccm.size() == 2
              && ASN1OctetString.getInstance(ccm.getObjectAt(0)).getOctetsLength() == NONCE_BYTES
              && ASN1Integer.getInstance(ccm.getObjectAt(1)).hasValue(BigInteger.valueOf(TAG_BYTES))
              && content.length >= TAG_BYTES;
      if (!known) {
        throw StoreException.corrupt("the store is protected in another way than by AES-256-CCM");
      }
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT, "the store does not say how it is protected", e);
    }
  }

  /** Encrypts or decrypts; the key is cleared. */
  private static byte[] aesCcm(boolean encrypt, byte[] key, byte[] nonce, byte[] input)
      throws InvalidCipherTextException {
    try {
      CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
      cipher.init(encrypt, new AEADParameters(new KeyParameter(key), TAG_BYTES * Byte.SIZE, nonce));
      byte[] output = new byte[cipher.getOutputSize(input.length)];
      cipher.processBytes(input, 0, input.length, output, 0);
      cipher.doFinal(output, 0);
      return output;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
