package org.mpotr.it;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.framing.FrameParameterSpec;

/** 64 threads that share the key of one group. */
public final class App {
  static final AtomicLong SEQ = new AtomicLong(); // no two frames of a member have the same

  public static void main(String[] arguments) throws Exception {
    MpotrProvider.install();
    List<KeyAgreement> members = new ArrayList<>();
    List<Key> round = new ArrayList<>();
    for (String nickname : List.of("alice", "bob")) {
      var identity = KeyPairGenerator.getInstance("mpOTR").generateKeyPair();
      members.add(0, KeyAgreement.getInstance("mpOTR"));
      members.get(0).init(identity.getPrivate(), SessionParameterSpec.of("#tea", nickname));
      round.add(members.get(0).doPhase(identity.getPublic(), false));
    }
    for (boolean last : List.of(false, false, false, true)) {
      RoundKey heard = RoundKey.of(round);
      round.clear();
      for (KeyAgreement member : members) round.add(member.doPhase(heard, last));
    }
    Key bob = members.get(0).generateSecret("mpOTR");
    Key alice = members.get(1).generateSecret("mpOTR");
    Callable<Boolean> task = () -> talk(alice, bob);
    var threads = Executors.newFixedThreadPool(64);
    for (var each : threads.invokeAll(Collections.nCopies(64, task))) each.get();
    threads.shutdown();
    System.out.println("ok: 64 threads, " + SEQ + " frames sealed and opened");
  }

  static boolean talk(Key alice, Key bob) throws Exception {
    for (int i = 0; i < Integer.getInteger("operations"); i++) {
      long seq = SEQ.getAndIncrement();
      Cipher cipher = Cipher.getInstance("mpOTR");
      cipher.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(seq));
      byte[] frame = cipher.doFinal(("tea " + seq).getBytes(StandardCharsets.UTF_8));
      cipher.init(Cipher.DECRYPT_MODE, bob);
      String text = new String(cipher.doFinal(frame), StandardCharsets.UTF_8);
      var parameters = cipher.getParameters().getParameterSpec(FrameParameterSpec.class);
      if (!text.equals("tea " + parameters.seq())) throw new AssertionError(text);
    }
    return true;
  }
}
