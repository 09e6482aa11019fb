package org.mpotr.keytool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.identity.Nickname;

/**
 * A process of its own: three members set up a group, one of them with the identity of a token, and
 * a frame goes from it to another and one back. Ends with 0 when both were read.
 */
final class TokenGroup {

  private static final Provider MPOTR = new MpotrProvider();

  private TokenGroup() {}

  /** Configuration of the token, its PIN, the alias, and the authentication mode. */
  public static void main(String[] arguments) throws Exception {
    Provider token = Security.getProvider("SunPKCS11").configure(arguments[0]);
    Security.addProvider(token);
    char[] pin = arguments[1].toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS11", token);
    store.load(null, pin);
    PrivateKey key = (PrivateKey) store.getKey(arguments[2], null);
    PublicKey publicKey = store.getCertificate(arguments[2]).getPublicKey();
    if (key.getEncoded() != null) {
      throw new IllegalStateException("this key left its token");
    }
    List<GroupKey> keys =
        setUp(
            EpochParameters.of("#tea").withAuthentication(AuthenticationMode.valueOf(arguments[3])),
            new KeyPair(publicKey, key));
    say(keys.get(0), keys.get(1), "tea at five?");
    say(keys.get(2), keys.get(0), "yes");
    System.out.println(arguments[3] + ": a group of " + keys.size() + ", both frames read");
  }

  private static List<GroupKey> setUp(EpochParameters parameters, KeyPair alice)
      throws GeneralSecurityException {
    KeyPairGenerator identities = KeyPairGenerator.getInstance("mpOTR", MPOTR);
    List<KeyPair> pairs =
        List.of(alice, identities.generateKeyPair(), identities.generateKeyPair());
    List<KeyAgreement> members = new ArrayList<>();
    List<Key> round = new ArrayList<>();
    for (KeyPair pair : pairs) {
      KeyAgreement member = KeyAgreement.getInstance("mpOTR", MPOTR);
      Nickname nickname = new Nickname("member " + members.size());
      member.init(pair.getPrivate(), SessionParameterSpec.of(parameters, nickname));
      round.add(member.doPhase(pair.getPublic(), false));
      members.add(member);
    }
    for (boolean last : List.of(false, false, false, true)) {
      RoundKey heard = RoundKey.of(round);
      round.clear();
      for (KeyAgreement member : members) {
        round.add(member.doPhase(heard, last));
      }
    }
    List<GroupKey> keys = new ArrayList<>();
    for (KeyAgreement member : members) {
      keys.add((GroupKey) member.generateSecret("mpOTR"));
    }
    return keys;
  }

  private static void say(GroupKey from, GroupKey to, String text) throws GeneralSecurityException {
    Cipher sealing = Cipher.getInstance("mpOTR", MPOTR);
    sealing.init(Cipher.ENCRYPT_MODE, from, FrameParameterSpec.text(0));
    Cipher opening = Cipher.getInstance("mpOTR", MPOTR);
    opening.init(Cipher.DECRYPT_MODE, to);
    String read = new String(opening.doFinal(sealing.doFinal(text.getBytes(UTF_8))), UTF_8);
    if (!read.equals(text)) {
      throw new IllegalStateException("read: " + read);
    }
  }
}
