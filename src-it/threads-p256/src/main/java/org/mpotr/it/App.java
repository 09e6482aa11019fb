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

/** 64 threads, each with 10,000 operations of each service or what there is time for. */
public final class App {
  static final P256Provider MPOTR = P256Provider.instance();

  public static void main(String[] arguments) throws Exception {
    var threads = Executors.newFixedThreadPool(64);
    KeyPair pair = KeyPairGenerator.getInstance("EC", MPOTR).generateKeyPair();
    int all = 0;
    for (Service service : MPOTR.getServices()) {
      long end = System.nanoTime() + Long.getLong("seconds") * 1_000_000_000;
      int before = all;
      Callable<Integer> task = () -> run(service, pair, end);
      for (var count : threads.invokeAll(Collections.nCopies(64, task))) all += count.get();
      System.out.println(service.getAlgorithm() + ": " + (all - before) + " operations");
    }
    threads.shutdown();
    System.out.println("ok: " + all + " operations of all services, each result right");
  }

  static int run(Service service, KeyPair pair, long end) throws Exception {
    for (int i = 0; ; i++) {
      if (i == 10_000 || i > 0 && System.nanoTime() > end) return i;
      if (!isRight(service, pair, (byte) i)) throw new AssertionError(service + " is wrong");
    }
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
