package org.mpotr.vectors;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.identity.Nickname;

/**
 * One member of a recorded epoch, played by the library through JCA alone, its randomness replayed.
 */
final class LibraryMember {

  static final MpotrProvider MPOTR = new MpotrProvider();
  private static final HexFormat HEX = HexFormat.of();

  private final JsonObject epoch;
  private final JsonObject member;
  private final KeyAgreement agreement;
  private final ReplayedRandom random;
  private final PublicKey identity;
  private int round;

  /**
   * @param before the member's key of the epoch before, or null
   */
  LibraryMember(JsonObject epoch, int index, GroupKey before) throws GeneralSecurityException {
    this.epoch = epoch;
    this.member = epoch.getAsJsonArray("members").get(index).getAsJsonObject();
    this.random = new ReplayedRandom(bytes(member, "random"));
    this.agreement = KeyAgreement.getInstance("mpOTR", MPOTR);
    this.identity =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(bytes(member, "identity")));
    SessionParameterSpec spec =
        SessionParameterSpec.of(parameters(), new Nickname(member.get("nickname").getAsString()));
    byte[] psk = bytes(epoch, "psk");
    if (psk.length > 0) {
      spec = spec.withPreSharedKey(PreSharedKey.ofRandomKey(psk));
    }
    if (before != null) {
      spec = spec.withPrevious(before);
    }
    agreement.init(privateKey(bytes(member, "a")), spec, random);
  }

  static byte[] bytes(JsonObject json, String name) {
    return HEX.parseHex(json.get(name).getAsString());
  }

  static Key message(byte[] encoded) throws GeneralSecurityException {
    return KeyFactory.getInstance("mpOTR", MPOTR).generatePublic(new MessageKeySpec(encoded));
  }

  private EpochParameters parameters() throws GeneralSecurityException {
    byte[] encoded = bytes(epoch.getAsJsonObject("parameters"), "encoded");
    byte[] whole = new byte[1 + encoded.length];
    whole[0] = 1;
    System.arraycopy(encoded, 0, whole, 1, encoded.length);
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("mpOTR", MPOTR);
    try {
      parameters.init(whole);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return parameters.getParameterSpec(EpochParameters.class);
  }

  private static PrivateKey privateKey(byte[] scalar) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(
                new BigInteger(1, scalar), curve.getParameterSpec(ECParameterSpec.class)));
  }

  /** HELLO. */
  byte[] hello() throws GeneralSecurityException {
    return agreement.doPhase(identity, false).getEncoded();
  }

  /** The answer to all messages of the next round; nothing to ATTESTs. */
  byte[] answer(List<byte[]> messages) throws GeneralSecurityException {
    List<Key> keys = new ArrayList<>();
    for (byte[] message : messages) {
      keys.add(message(message));
    }
    RoundKey heard = RoundKey.of(keys);
    if (round == 0) {
      heard = heard.continuing(continuing(messages));
    }
    Key answer = agreement.doPhase(heard, round == 3);
    round++;
    return answer == null ? new byte[0] : answer.getEncoded();
  }

  private Map<Integer, Key> continuing(List<byte[]> hellos) throws GeneralSecurityException {
    Map<Integer, Key> continuing = new HashMap<>();
    for (var index : member.getAsJsonArray("continuing")) {
      JsonObject other = epoch.getAsJsonArray("members").get(index.getAsInt()).getAsJsonObject();
      Key hello = message(hellos.get(index.getAsInt()));
      continuing.put(other.get("previous_index").getAsInt(), hello);
    }
    return continuing;
  }

  GroupKey groupKey() throws GeneralSecurityException {
    return (GroupKey) agreement.generateSecret("mpOTR");
  }

  /** Bytes that the member should have drawn and has not. */
  int undrawn() {
    return random.left();
  }
}
