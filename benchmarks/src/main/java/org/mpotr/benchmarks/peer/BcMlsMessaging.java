package org.mpotr.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LifeTime;
import org.bouncycastle.mls.codec.Capabilities;
import org.bouncycastle.mls.codec.Credential;
import org.bouncycastle.mls.codec.KeyPackage;
import org.bouncycastle.mls.codec.MLSInputStream;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.WireFormat;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group.CommitOptions;
import org.bouncycastle.mls.protocol.Group.CommitParameters;
import org.bouncycastle.mls.protocol.Group.GroupWithMessage;
import org.bouncycastle.mls.protocol.Group.MessageOptions;

/**
 * MLS: the first member adds all others in one commit and welcomes them; to leave is one commit of
 * the first member, which all others process. Signature keys are the long-term keys.
 */
public abstract class BcMlsMessaging implements GroupMessaging {

  /** With P-256, ECDSA and AES-128-GCM. */
  public static final class OnP256 extends BcMlsMessaging {
    public OnP256() {
      super(MlsCipherSuite.BCMLS_128_DHKEMP256_AES128GCM_SHA256_P256);
    }
  }

  /** With X25519, Ed25519 and AES-128-GCM. */
  public static final class OnX25519 extends BcMlsMessaging {
    public OnX25519() {
      super(MlsCipherSuite.BCMLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);
    }
  }

  private static final byte[] NO_DATA = new byte[0];

  private final SecureRandom random = new SecureRandom();
  private final MlsCipherSuite suite;
  private final List<AsymmetricCipherKeyPair> identities = new ArrayList<>();

  BcMlsMessaging(MlsCipherSuite suite) {
    this.suite = suite;
  }

  @Override
  public void makeIdentities(int members) {
    while (identities.size() < members) {
      identities.add(suite.generateSignatureKeyPair());
    }
  }

  @Override
  public Group setUp(int members) throws Exception {
    makeIdentities(members);
    return new Tree(members);
  }

  private Secret freshSecret() {
    byte[] bytes = new byte[suite.getKDF().getHashLength()];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  /** A member's fresh keys and its key package. */
  private final class Device {

    final AsymmetricCipherKeyPair init = suite.getHPKE().generatePrivateKey();
    final AsymmetricCipherKeyPair leaf = suite.getHPKE().generatePrivateKey();
    final byte[] signingKey;
    final LeafNode node;
    final KeyPackage keyPackage;

    Device(int index) throws Exception {
      AsymmetricCipherKeyPair identity = identities.get(index);
      signingKey = suite.serializeSignaturePrivateKey(identity.getPrivate());
      node =
          new LeafNode(
              suite,
              suite.getHPKE().serializePublicKey(leaf.getPublic()),
              suite.serializeSignaturePublicKey(identity.getPublic()),
              Credential.forBasic(("member" + index).getBytes(StandardCharsets.UTF_8)),
              new Capabilities(),
              new LifeTime(),
              new ArrayList<>(),
              signingKey);
      keyPackage =
          new KeyPackage(
              suite,
              suite.getHPKE().serializePublicKey(init.getPublic()),
              node,
              new ArrayList<>(),
              signingKey);
    }
  }

  private final class Tree implements Group {

    private final List<org.bouncycastle.mls.protocol.Group> members = new ArrayList<>();

    Tree(int count) throws Exception {
      List<Device> devices = new ArrayList<>();
      List<Proposal> additions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Device device = new Device(i);
        devices.add(device);
        if (i > 0) {
          additions.add(Proposal.add(device.keyPackage));
        }
      }
      Device first = devices.get(0);
      GroupWithMessage created =
          commit(
              new org.bouncycastle.mls.protocol.Group(
                  "benchmark".getBytes(StandardCharsets.UTF_8),
                  suite,
                  first.leaf,
                  first.signingKey,
                  first.node,
                  new ArrayList<>()),
              additions);
      members.add(created.group);
      MLSMessage toJoiners = new MLSMessage(WireFormat.mls_welcome);
      toJoiners.welcome = created.message.welcome;
      byte[] welcome = MLSOutputStream.encode(toJoiners);
      for (Device device : devices.subList(1, count)) {
        members.add(
            new org.bouncycastle.mls.protocol.Group(
                suite.getHPKE().serializePrivateKey(device.init.getPrivate()),
                device.leaf,
                device.signingKey,
                device.keyPackage,
                decode(welcome).welcome,
                null,
                new HashMap<>(),
                new HashMap<>()));
      }
    }

    private GroupWithMessage commit(
        org.bouncycastle.mls.protocol.Group group, List<Proposal> proposals) throws Exception {
      return group.commit(
          freshSecret(),
          new CommitOptions(proposals, true, false, null),
          new MessageOptions(),
          new CommitParameters(org.bouncycastle.mls.protocol.Group.NORMAL_COMMIT_PARAMS));
    }

    @Override
    public byte[] send(int sender, byte[] content) throws Exception {
      return MLSOutputStream.encode(members.get(sender).protect(NO_DATA, content, 0));
    }

    @Override
    public byte[] receive(int receiver, int sender, byte[] message) throws Exception {
      return members.get(receiver).unprotect(decode(message))[1];
    }

    @Override
    public void leave() throws Exception {
      int leaver = members.size() - 1;
      LeafIndex leaf = members.get(leaver).getIndex();
      GroupWithMessage removed = commit(members.get(0), List.of(Proposal.remove(leaf)));
      byte[] message = MLSOutputStream.encode(removed.message);
      members.remove(leaver);
      members.set(0, removed.group);
      for (int i = 1; i < members.size(); i++) {
        members.set(i, members.get(i).handle(message, null));
      }
    }
  }

  private static MLSMessage decode(byte[] message) throws Exception {
    return (MLSMessage) MLSInputStream.decode(message, MLSMessage.class);
  }
}
