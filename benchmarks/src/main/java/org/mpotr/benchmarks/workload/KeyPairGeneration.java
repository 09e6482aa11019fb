package org.mpotr.benchmarks.workload;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/** A P-256 key pair through {@code KeyPairGenerator}. */
public final class KeyPairGeneration implements Workload {

  private final KeyPairGenerator generator;

  public KeyPairGeneration(String providerName) throws Exception {
    Provider provider = Providers.of(providerName, "KeyPairGenerator", P256Material.KEYS);
    generator = KeyPairGenerator.getInstance(P256Material.KEYS, provider);
    generator.initialize(P256Material.curve());
  }

  @Override
  public KeyPair run() {
    return generator.generateKeyPair();
  }

  @Override
  public void check() throws Exception {
    KeyPair pair = run();
    PrivateKey translated =
        P256Material.privateKey(P256Material.judge(), pair.getPrivate().getEncoded());
    Signature signing = Signature.getInstance(P256Material.SIGNATURE, P256Material.judge());
    byte[] message = {1, 2, 3};
    signing.initSign(translated);
    signing.update(message);
    WrongResultException.require(
        P256Material.isAccepted(pair.getPublic().getEncoded(), message, signing.sign()),
        "the halves of a key pair do not belong together");
  }
}
