package org.mpotr.benchmarks.workload;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * P-256 keys and signatures that all providers get alike, in encodings. Whichever provider is fast
 * and here makes them; the JDK's checks them.
 */
final class P256Material {

  static final String SIGNATURE = "SHA512withECDSA";
  static final String AGREEMENT = "ECDH";
  static final String KEYS = "EC";
  static final int MESSAGE_BYTES = 128;

  private static final String CURVE = "secp256r1";
  private static final List<String> MAKERS =
      List.of(Providers.ACCP, Providers.CONSCRYPT, Providers.JDK);
  private static final List<KeyPair> KEY_PAIRS = new ArrayList<>();

  private P256Material() {}

  /** A message, its signature in DER and the signer's key as SubjectPublicKeyInfo. */
  record Signed(byte[] signerKey, byte[] message, byte[] signature) {}

  static ECGenParameterSpec curve() {
    return new ECGenParameterSpec(CURVE);
  }

  private static Provider maker() throws UnavailableException {
    UnavailableException last = null;
    for (String name : MAKERS) {
      try {
        Provider provider = Providers.of(name, "Signature", SIGNATURE);
        Providers.of(name, "KeyPairGenerator", KEYS);
        return provider;
      } catch (UnavailableException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Key pairs that are the same objects at every call. */
  static synchronized List<KeyPair> keyPairs(int count) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(KEYS, maker());
    generator.initialize(curve());
    while (KEY_PAIRS.size() < count) {
      KEY_PAIRS.add(generator.generateKeyPair());
    }
    return List.copyOf(KEY_PAIRS.subList(0, count));
  }

  /** Signed messages, of so many signers in turn. */
  static List<Signed> signed(int signers, int messages) throws Exception {
    List<KeyPair> keyPairs = keyPairs(signers);
    Signature signing = Signature.getInstance(SIGNATURE, maker());
    Pool<byte[]> texts = Pool.ofBytes(messages, MESSAGE_BYTES);
    List<Signed> result = new ArrayList<>(messages);
    for (int i = 0; i < messages; i++) {
      KeyPair signer = keyPairs.get(i % signers);
      byte[] message = texts.next();
      signing.initSign(signer.getPrivate());
      signing.update(message);
      result.add(new Signed(signer.getPublic().getEncoded(), message, signing.sign()));
    }
    return result;
  }

  static PublicKey publicKey(Provider provider, byte[] encoded) throws GeneralSecurityException {
    return keyFactory(provider).generatePublic(new X509EncodedKeySpec(encoded));
  }

  static PrivateKey privateKey(Provider provider, byte[] encoded) throws GeneralSecurityException {
    return keyFactory(provider).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** The provider's own, or the platform's where it has none and takes the keys of others. */
  private static KeyFactory keyFactory(Provider provider) throws GeneralSecurityException {
    return provider.getService("KeyFactory", KEYS) == null
        ? KeyFactory.getInstance(KEYS)
        : KeyFactory.getInstance(KEYS, provider);
  }

  /** The provider whose word is taken for right. */
  static Provider judge() throws UnavailableException {
    return Providers.of(Providers.JDK, "Signature", SIGNATURE);
  }

  /** Whether the judge accepts a signature. */
  static boolean isAccepted(byte[] signerKey, byte[] message, byte[] signature) throws Exception {
    Signature verifying = Signature.getInstance(SIGNATURE, judge());
    verifying.initVerify(publicKey(judge(), signerKey));
    verifying.update(message);
    return verifying.verify(signature);
  }
}
