package org.mpotr.it;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.mpotr.P256Provider;

/** ES256 tokens that one provider signs and another one verifies, and how long that takes. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    Provider mpotr = P256Provider.instance();
    Provider bc = new BouncyCastleProvider();
    Provider sunEc = Security.getProvider("SunEC");
    KeyPair key = KeyPairGenerator.getInstance("EC", mpotr).generateKeyPair();
    exchange(key, mpotr, bc);
    exchange(key, bc, mpotr);
    long ours = Long.MAX_VALUE;
    long theirs = Long.MAX_VALUE;
    for (int i = 0; i < 15; i++) { // by turns, and the best of each
      ours = Math.min(ours, exchange(key, mpotr, mpotr));
      theirs = Math.min(theirs, exchange(key, sunEc, sunEc));
    }
    String shown =
        "ok: 100 ES256 tokens between mpOTR-P256 and BC; SunEC takes %.1f times as long%n";
    System.out.printf(shown, (double) theirs / ours);
  }

  /** Signs and verifies 50 tokens, and as many forged ones; nanoseconds for all. */
  static long exchange(KeyPair key, Provider signing, Provider verifying) throws Exception {
    var signer = new ECDSASigner((ECPrivateKey) key.getPrivate());
    var verifier = new ECDSAVerifier((ECPublicKey) key.getPublic());
    signer.getJCAContext().setProvider(signing);
    verifier.getJCAContext().setProvider(verifying);
    long start = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      var token = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("tea " + i));
      token.sign(signer);
      if (!JWSObject.parse(token.serialize()).verify(verifier)) {
        throw new AssertionError(verifying + " refuses a token of " + signing);
      }
      var forged =
          new JWSObject(token.getHeader().toBase64URL(), new Payload("rum"), token.getSignature());
      if (forged.verify(verifier)) {
        throw new AssertionError(verifying + " takes a forged token");
      }
    }
    return System.nanoTime() - start;
  }
}
