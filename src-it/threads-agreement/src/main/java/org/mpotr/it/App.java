package org.mpotr.it;

import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.GroupKey;

/** 64 threads, in each of them one group of two new identities after the other. */
public final class App {
  static final MpotrProvider MPOTR = MpotrProvider.instance();

  public static void main(String[] arguments) throws Exception {
    int count = Integer.getInteger("operations");
    var threads = Executors.newFixedThreadPool(64);
    Callable<Boolean> task = () -> agree(count);
    for (var each : threads.invokeAll(Collections.nCopies(64, task))) each.get();
    threads.shutdown();
    System.out.println("ok: 64 x " + count + " operations of each of four services");
  }

  static boolean agree(int count) throws Exception {
    for (int i = 0; i < count; i += 2) { // each group asks each service for two things
      List<KeyAgreement> members = new ArrayList<>();
      List<Key> round = new ArrayList<>();
      for (String nickname : List.of("alice", "bob")) {
        var identity = KeyPairGenerator.getInstance("mpOTR", MPOTR).generateKeyPair();
        KeyAgreement member = KeyAgreement.getInstance("mpOTR", MPOTR);
        member.init(identity.getPrivate(), SessionParameterSpec.of("#tea", nickname));
        byte[] hello = member.doPhase(identity.getPublic(), false).getEncoded();
        KeyFactory messages = KeyFactory.getInstance("mpOTR", MPOTR);
        round.add(messages.generatePublic(new MessageKeySpec(hello)));
        members.add(member);
      }
      for (boolean last : List.of(false, false, false, true)) {
        RoundKey heard = RoundKey.of(round);
        round.clear();
        for (KeyAgreement member : members) round.add(member.doPhase(heard, last));
      }
      GroupKey alice = (GroupKey) members.get(0).generateSecret("mpOTR");
      GroupKey bob = (GroupKey) members.get(1).generateSecret("mpOTR");
      Signature signature = Signature.getInstance("mpOTR", MPOTR);
      signature.initSign(alice.signingKey());
      byte[] signed = signature.sign();
      signature.initVerify(bob.verificationKey(alice.ownIndex()));
      if (!signature.verify(signed)) throw new AssertionError("they do not agree");
    }
    return true;
  }
}
