package org.mpotr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;

/** The conversation of the README's first screen, word for word, and what it must show. */
class ThreeMembersTest {

  @Test
  void threeMembersAgreeAndTalk() throws Exception {
    // tag::conversation[]
    Provider mpotr = new MpotrProvider();
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", mpotr);
    List<KeyAgreement> members = new ArrayList<>();
    List<Key> round = new ArrayList<>(); // what everybody says in a round; a transport carries it
    for (String nickname : List.of("alice", "bob", "carol")) {
      KeyPair identity = identities.generateKeyPair();
      KeyAgreement member = KeyAgreement.getInstance("mpOTR", mpotr);
      member.init(identity.getPrivate(), SessionParameterSpec.of("#tea", nickname));
      round.add(member.doPhase(identity.getPublic(), false)); // HELLO
      members.add(member);
    }
    for (boolean last : List.of(false, false, false, true)) { // INTRODUCTION, SHARE, ATTEST, done
      RoundKey heard = RoundKey.of(round);
      round.clear();
      for (KeyAgreement member : members) {
        round.add(member.doPhase(heard, last));
      }
    }
    GroupKey alice = (GroupKey) members.get(0).generateSecret("mpOTR");
    GroupKey bob = (GroupKey) members.get(1).generateSecret("mpOTR");

    Cipher sealing = Cipher.getInstance("mpOTR", mpotr);
    sealing.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(0));
    byte[] frame = sealing.doFinal("tea at five?".getBytes(UTF_8));

    Cipher opening = Cipher.getInstance("mpOTR", mpotr);
    opening.init(Cipher.DECRYPT_MODE, bob);
    byte[] text = opening.doFinal(frame); // or an AEADBadTagException, and no byte of plaintext
    // end::conversation[]

    assertEquals("tea at five?", new String(text, UTF_8));
    GroupKey carol = (GroupKey) members.get(2).generateSecret("mpOTR");
    assertEquals(alice.sid(), carol.sid());
    assertEquals(alice.groupCode(), carol.groupCode());
    assertArrayEquals(alice.export("test", new byte[0], 32), bob.export("test", new byte[0], 32));
    FrameParameterSpec inside = opening.getParameters().getParameterSpec(FrameParameterSpec.class);
    assertEquals(alice.ownIndex(), inside.sender().orElseThrow());

    Signature verifying = Signature.getInstance("mpOTR", mpotr);
    verifying.initVerify(carol.verificationKey(alice.ownIndex()));
    verifying.update(frame, 0, frame.length - 80);
    assertTrue(verifying.verify(Arrays.copyOfRange(frame, frame.length - 80, frame.length - 16)));
  }
}
