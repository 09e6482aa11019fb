package org.mpotr.benchmarks.workload;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;

/** SHA512withECDSA over short messages through {@code Signature}: initSign, update, sign. */
public final class EcdsaSigning implements Workload {

  private final Signature signing;
  private final PrivateKey key;
  private final byte[] publicKey;
  private final Pool<byte[]> messages = Pool.ofBytes(256, P256Material.MESSAGE_BYTES);

  public EcdsaSigning(String providerName) throws Exception {
    Provider provider = Providers.of(providerName, "Signature", P256Material.SIGNATURE);
    KeyPair pair = P256Material.keyPairs(1).get(0);
    signing = Signature.getInstance(P256Material.SIGNATURE, provider);
    key = P256Material.privateKey(provider, pair.getPrivate().getEncoded());
    publicKey = pair.getPublic().getEncoded();
  }

  @Override
  public byte[] run() throws Exception {
    return sign(messages.next());
  }

  private byte[] sign(byte[] message) throws Exception {
    signing.initSign(key);
    signing.update(message);
    return signing.sign();
  }

  @Override
  public void check() throws Exception {
    for (int i = 0; i < 4; i++) {
      byte[] message = messages.next();
      WrongResultException.require(
          P256Material.isAccepted(publicKey, message, sign(message)), "a signature is wrong");
    }
  }
}
