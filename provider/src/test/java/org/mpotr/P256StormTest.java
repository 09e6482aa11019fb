package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** Many threads with one provider and the same keys, each with objects of its own. */
class P256StormTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 500;
  private static final int KEYS = 16;

  private final Provider provider = new P256Provider();
  private final List<KeyPair> pairs = new ArrayList<>();
  private final List<byte[]> secrets = new ArrayList<>();

  @Test
  void everyAnswerIsRight() throws Exception {
    for (int i = 0; i < KEYS; i++) {
      pairs.add(KeyPairGenerator.getInstance("EC", provider).generateKeyPair());
    }
    for (KeyPair pair : pairs) {
      secrets.add(agree(KeyAgreement.getInstance("ECDH", "SunEC"), pair, pairs.get(0)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int first = i;
        results.add(threads.submit(() -> work(first)));
      }
      for (Future<Integer> result : results) {
        assertEquals(ROUNDS, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int work(int first) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    int right = 0;
    for (int i = 0; i < ROUNDS; i++) {
      int chosen = (first + i) % KEYS;
      KeyPair pair = pairs.get(chosen);
      byte[] message = ByteBuffer.allocate(8).putInt(first).putInt(i).array();
      signature.initSign(pair.getPrivate());
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(pair.getPublic());
      signature.update(message);
      assertTrue(signature.verify(signed));
      signature.initVerify(pairs.get((chosen + 1) % KEYS).getPublic());
      signature.update(message);
      assertFalse(signature.verify(signed));
      assertArrayEquals(secrets.get(chosen), agree(agreement, pair, pairs.get(0)));
      right++;
    }
    return right;
  }

  private static byte[] agree(KeyAgreement agreement, KeyPair own, KeyPair peer) throws Exception {
    agreement.init(own.getPrivate());
    agreement.doPhase(peer.getPublic(), true);
    return agreement.generateSecret();
  }
}
