package org.mpotr.benchmarks.peer;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import org.mpotr.benchmarks.workload.MpotrGroup;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;

/** mpOTR through {@code KeyAgreement} and {@code Cipher}; who leaves is followed by a new epoch. */
public final class MpotrMessaging implements GroupMessaging {

  @Override
  public void makeIdentities(int members) throws Exception {
    MpotrGroup.identities(members);
  }

  @Override
  public Group setUp(int members) throws Exception {
    List<KeyPair> identities = MpotrGroup.identities(members);
    return new Epoch(identities, MpotrGroup.setUp(identities));
  }

  private static final class Epoch implements Group {

    private final List<KeyPair> identities;
    private final List<Cipher> sealing = new ArrayList<>();
    private final List<Cipher> opening = new ArrayList<>();
    private List<GroupKey> keys;
    private long seq;

    Epoch(List<KeyPair> identities, List<GroupKey> keys) throws GeneralSecurityException {
      this.identities = identities;
      this.keys = keys;
      for (int i = 0; i < keys.size(); i++) {
        sealing.add(Cipher.getInstance("mpOTR", MpotrGroup.provider()));
        opening.add(Cipher.getInstance("mpOTR", MpotrGroup.provider()));
      }
    }

    @Override
    public byte[] send(int sender, byte[] content) throws GeneralSecurityException {
      Cipher cipher = sealing.get(sender);
      cipher.init(Cipher.ENCRYPT_MODE, keys.get(sender), FrameParameterSpec.text(seq++));
      return cipher.doFinal(content);
    }

    @Override
    public byte[] receive(int receiver, int sender, byte[] message)
        throws GeneralSecurityException {
      Cipher cipher = opening.get(receiver);
      cipher.init(Cipher.DECRYPT_MODE, keys.get(receiver));
      return cipher.doFinal(message);
    }

    @Override
    public void leave() throws Exception {
      int remaining = keys.size() - 1;
      keys = MpotrGroup.refresh(identities.subList(0, remaining), keys.subList(0, remaining));
    }
  }
}
