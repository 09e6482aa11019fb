package org.mpotr.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;

/** Three members agree on a key over a transport of bytes, and one says something to the others. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    MpotrProvider.install();
    KeyFactory messages = KeyFactory.getInstance("mpOTR");
    List<KeyAgreement> members = new ArrayList<>();
    List<byte[]> transport = new ArrayList<>();
    for (String nickname : List.of("alice", "bob", "carol")) {
      KeyPair identity = KeyPairGenerator.getInstance("mpOTR").generateKeyPair();
      KeyAgreement member = KeyAgreement.getInstance("mpOTR");
      member.init(identity.getPrivate(), SessionParameterSpec.of("#tea", nickname));
      transport.add(member.doPhase(identity.getPublic(), false).getEncoded());
      members.add(member);
    }
    for (int round = 1; round <= 4; round++) {
      List<Key> heard = new ArrayList<>();
      for (byte[] message : transport) {
        heard.add(messages.generatePublic(new MessageKeySpec(message)));
      }
      transport.clear();
      for (KeyAgreement member : members) {
        Key said = member.doPhase(RoundKey.of(heard), round == 4); // null when it was the last
        transport.add(said == null ? new byte[0] : said.getEncoded());
      }
    }
    Cipher cipher = Cipher.getInstance("mpOTR");
    GroupKey alice = (GroupKey) members.remove(0).generateSecret("mpOTR");
    cipher.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(0));
    byte[] frame = cipher.doFinal("tea at five?".getBytes(UTF_8));
    for (KeyAgreement member : members) {
      cipher.init(Cipher.DECRYPT_MODE, (GroupKey) member.generateSecret("mpOTR"));
      if (!new String(cipher.doFinal(frame), UTF_8).equals("tea at five?")) {
        throw new AssertionError("not what alice said");
      }
    }
    System.out.println("ok: 3 members, 4 rounds, a frame of " + frame.length + " bytes");
  }
}
