package org.mpotr.it;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider.Service;
import java.security.Signature;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.KeyAgreement;
import org.mpotr.P256Provider;

/** 64 threads, which all use one service after the other. */
public final class App {
  static final P256Provider MPOTR = P256Provider.instance();

  public static void main(String[] arguments) throws Exception {
    int count = Integer.getInteger("operations");
    KeyPair pair = KeyPairGenerator.getInstance("EC", MPOTR).generateKeyPair();
    var threads = Executors.newFixedThreadPool(64);
    var services = MPOTR.getServices();
    for (Service service : services) {
      Callable<Boolean> task = () -> run(count, service, pair);
      for (var each : threads.invokeAll(Collections.nCopies(64, task))) each.get();
    }
    threads.shutdown();
    System.out.println(
        "ok: 64 x " + count + " operations of each of " + services.size() + " services");
  }

  static boolean run(int count, Service service, KeyPair pair) throws Exception {
    for (int i = 0; i < count; i++) {
      if (!isRight(service, pair, (byte) i)) throw new AssertionError(service + " is wrong");
    }
    return true;
  }

  static boolean isRight(Service service, KeyPair pair, byte text) throws Exception {
    if (!service.getType().equals("Signature")) {
      KeyPair other = KeyPairGenerator.getInstance("EC", MPOTR).generateKeyPair();
      return MessageDigest.isEqual(agree(pair, other), agree(other, pair));
    }
    Signature signature = Signature.getInstance(service.getAlgorithm(), MPOTR);
    signature.initSign(pair.getPrivate());
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(pair.getPublic());
    signature.update(text);
    return signature.verify(signed) && !signature.verify(signed); // the second time of no text
  }

  static byte[] agree(KeyPair own, KeyPair other) throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", MPOTR);
    agreement.init(own.getPrivate());
    agreement.doPhase(other.getPublic(), true);
    return agreement.generateSecret();
  }
}
