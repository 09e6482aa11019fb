package org.mpotr.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.signal.libsignal.protocol.IdentityKeyPair;
import org.signal.libsignal.protocol.SessionBuilder;
import org.signal.libsignal.protocol.SessionCipher;
import org.signal.libsignal.protocol.SignalProtocolAddress;
import org.signal.libsignal.protocol.ecc.ECKeyPair;
import org.signal.libsignal.protocol.groups.GroupCipher;
import org.signal.libsignal.protocol.groups.GroupSessionBuilder;
import org.signal.libsignal.protocol.kem.KEMKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyType;
import org.signal.libsignal.protocol.message.PreKeySignalMessage;
import org.signal.libsignal.protocol.message.SenderKeyDistributionMessage;
import org.signal.libsignal.protocol.message.SignalMessage;
import org.signal.libsignal.protocol.state.KyberPreKeyRecord;
import org.signal.libsignal.protocol.state.PreKeyBundle;
import org.signal.libsignal.protocol.state.PreKeyRecord;
import org.signal.libsignal.protocol.state.SignedPreKeyRecord;
import org.signal.libsignal.protocol.state.impl.InMemorySignalProtocolStore;

/**
 * Sender keys: each member hands its chain to all others through sessions, one a pair, which PQXDH
 * starts. A member has one signed and one Kyber pre-key, and a one-time pre-key for each session.
 */
public final class LibsignalMessaging implements GroupMessaging {

  private static final int DEVICE = 1;
  private static final int SIGNED_ID = 1;
  private static final int KYBER_ID = 1;

  private final List<IdentityKeyPair> identities = new ArrayList<>();

  /** Loads the native library. */
  public LibsignalMessaging() {
    identities.add(IdentityKeyPair.generate());
  }

  @Override
  public void makeIdentities(int members) {
    while (identities.size() < members) {
      identities.add(IdentityKeyPair.generate());
    }
  }

  @Override
  public Group setUp(int members) throws Exception {
    makeIdentities(members);
    return new Chat(identities.subList(0, members));
  }

  /** A member with its store and the public halves of its pre-keys. */
  private static final class Device {

    final SignalProtocolAddress address;
    final InMemorySignalProtocolStore store;
    final GroupCipher groupCipher;
    private final int registrationId;
    private final IdentityKeyPair identity;
    private final SignedPreKeyRecord signed;
    private final KyberPreKeyRecord kyber;

    Device(int index, IdentityKeyPair identity) throws Exception {
      this.identity = identity;
      registrationId = index + 1;
      address = new SignalProtocolAddress(new UUID(0, index + 1L).toString(), DEVICE);
      store = new InMemorySignalProtocolStore(identity, registrationId);
      groupCipher = new GroupCipher(store, address);
      long now = System.currentTimeMillis();
      ECKeyPair signedPair = ECKeyPair.generate();
      signed =
          new SignedPreKeyRecord(
              SIGNED_ID,
              now,
              signedPair,
              identity.getPrivateKey().calculateSignature(signedPair.getPublicKey().serialize()));
      store.storeSignedPreKey(SIGNED_ID, signed);
      KEMKeyPair kyberPair = KEMKeyPair.generate(KEMKeyType.KYBER_1024);
      kyber =
          new KyberPreKeyRecord(
              KYBER_ID,
              now,
              kyberPair,
              identity.getPrivateKey().calculateSignature(kyberPair.getPublicKey().serialize()));
      store.storeKyberPreKey(KYBER_ID, kyber);
    }

    /** What somebody else needs to start a session. */
    PreKeyBundle bundle(int preKeyId) throws Exception {
      ECKeyPair oneTime = ECKeyPair.generate();
      store.storePreKey(preKeyId, new PreKeyRecord(preKeyId, oneTime));
      return new PreKeyBundle(
          registrationId,
          DEVICE,
          preKeyId,
          oneTime.getPublicKey(),
          SIGNED_ID,
          signed.getKeyPair().getPublicKey(),
          signed.getSignature(),
          identity.getPublicKey(),
          KYBER_ID,
          kyber.getKeyPair().getPublicKey(),
          kyber.getSignature());
    }
  }

  private static final class Chat implements Group {

    private final List<Device> devices = new ArrayList<>();
    private UUID distribution = new UUID(1, 1);
    private int members;

    Chat(List<IdentityKeyPair> identities) throws Exception {
      members = identities.size();
      for (int i = 0; i < members; i++) {
        devices.add(new Device(i, identities.get(i)));
      }
      List<byte[]> senderKeys = newSenderKeys();
      for (int i = 0; i < members; i++) {
        for (int j = i + 1; j < members; j++) {
          Device from = devices.get(i);
          Device to = devices.get(j);
          new SessionBuilder(from.store, to.address).process(to.bundle(i + 1));
          byte[] first =
              new SessionCipher(from.store, to.address).encrypt(senderKeys.get(i)).serialize();
          learn(
              to,
              from,
              new SessionCipher(to.store, from.address).decrypt(new PreKeySignalMessage(first)));
          share(to, from, senderKeys.get(j));
        }
      }
    }

    private List<byte[]> newSenderKeys() {
      List<byte[]> keys = new ArrayList<>();
      for (Device device : devices.subList(0, members)) {
        keys.add(
            new GroupSessionBuilder(device.store).create(device.address, distribution).serialize());
      }
      return keys;
    }

    private static void share(Device from, Device to, byte[] senderKey) throws Exception {
      byte[] message = new SessionCipher(from.store, to.address).encrypt(senderKey).serialize();
      learn(
          to, from, new SessionCipher(to.store, from.address).decrypt(new SignalMessage(message)));
    }

    private static void learn(Device member, Device sender, byte[] senderKey) throws Exception {
      new GroupSessionBuilder(member.store)
          .process(sender.address, new SenderKeyDistributionMessage(senderKey));
    }

    @Override
    public byte[] send(int sender, byte[] content) throws Exception {
      return devices.get(sender).groupCipher.encrypt(distribution, content).serialize();
    }

    @Override
    public byte[] receive(int receiver, int sender, byte[] message) throws Exception {
      Device to = devices.get(receiver);
      return new GroupCipher(to.store, devices.get(sender).address).decrypt(message);
    }

    @Override
    public void leave() throws Exception {
      members--;
      distribution = new UUID(1, distribution.getLeastSignificantBits() + 1);
      List<byte[]> senderKeys = newSenderKeys();
      for (int i = 0; i < members; i++) {
        for (int j = 0; j < members; j++) {
          if (i != j) {
            share(devices.get(i), devices.get(j), senderKeys.get(i));
          }
        }
      }
    }
  }
}
