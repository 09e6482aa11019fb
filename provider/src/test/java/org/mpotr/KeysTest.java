package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EncodedKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.MessageKeySpec;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.identity.IdentityCertificates;
import org.mpotr.wire.Bytes;

/** Keys and parameters as the Java platform passes them around. */
class KeysTest {

  private static TestGroup group;
  private static Outcome outcome;
  private static GroupKey key;

  @BeforeAll
  static void agree() throws Exception {
    group = TestGroup.of("keys", 2);
    outcome = group.run();
    key = outcome.key(0);
  }

  private static List<Key> keys() throws InvalidKeyException {
    return List.of(
        key,
        key.signingKey(),
        key.verificationKey(1),
        outcome.sent(Round.HELLO, 0),
        RoundKey.of(outcome.sent(Round.SHARE)));
  }

  @Test
  void noKeyCanBeSerialized() throws Exception {
    for (Key each : keys()) {
      assertEquals("mpOTR", each.getAlgorithm());
      assertThrows(NotSerializableException.class, () -> serialize(each), each::toString);
    }
  }

  private static void serialize(Object object) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(object);
    }
  }

  @Test
  void secretKeysHaveNoEncoding() throws Exception {
    for (Key each : List.of(key, key.signingKey(), key.verificationKey(0))) {
      assertNull(each.getFormat());
      assertNull(each.getEncoded());
    }
  }

  @Test
  void noTextShowsASecret() throws Exception {
    SecretScalar scalar = key.secrets(SecretAccess.GRANTED).signatureScalar();
    String e = Bytes.of(scalar.copyBytes()).toHex();
    byte[] exported = key.export("x", new byte[0], 16);
    PreSharedKey secret = PreSharedKey.ofPassphrase("correct horse".toCharArray());
    SessionParameterSpec spec = SessionParameterSpec.of("#tea", "alice").withPreSharedKey(secret);
    for (Object object :
        List.of(
            key,
            key.signingKey(),
            key.verificationKey(0),
            key.secrets(SecretAccess.GRANTED),
            scalar,
            secret,
            spec,
            RoundKey.of(outcome.sent(Round.SHARE)),
            outcome.sent(Round.HELLO, 0))) {
      String text = object.toString();
      assertFalse(text.contains(e));
      assertFalse(text.contains(Bytes.of(exported).toHex()));
      assertFalse(text.contains("correct horse"));
      assertTrue(text.length() < 200, text);
    }
    assertTrue(key.toString().contains(key.sid().toHex()));
  }

  @Test
  void aDestroyedKeyIsOfNoUse() throws Exception {
    Outcome own = TestGroup.of("destroyed", 2).run();
    GroupKey destroyed = own.key(0);
    byte[] frame = TestFrames.seal(own.key(1), 0, "late");
    Cipher opening = TestFrames.opening(destroyed);
    Cipher sealing = Cipher.getInstance("mpOTR", MpotrProvider.instance());
    sealing.init(Cipher.ENCRYPT_MODE, destroyed, FrameParameterSpec.text(0));
    PrivateKey signing = destroyed.signingKey();
    destroyed.destroy();
    destroyed.destroy();
    assertTrue(destroyed.isDestroyed());
    assertTrue(signing.isDestroyed());
    assertThrows(IllegalStateException.class, () -> opening.doFinal(frame));
    assertThrows(IllegalStateException.class, () -> sealing.doFinal(new byte[1]));
    assertThrows(InvalidKeyException.class, () -> TestFrames.opening(destroyed));
    assertThrows(IllegalStateException.class, destroyed::groupCode);
    assertThrows(IllegalStateException.class, () -> destroyed.export("x", new byte[0], 1));
    // What is public stays.
    assertEquals(2, destroyed.roster().size());
    assertEquals(own.key(1).sid(), destroyed.sid());
    // The signing key destroys all, being a part of it.
    own.key(1).signingKey().destroy();
    assertTrue(own.key(1).isDestroyed());
  }

  @Test
  void parametersGoAroundEncoded() throws Exception {
    FrameParameterSpec frame = FrameParameterSpec.text(7);
    for (AlgorithmParameterSpec spec : List.of(key.parameters(), frame)) {
      AlgorithmParameters out = parameters();
      out.init(spec);
      AlgorithmParameters in = parameters();
      in.init(out.getEncoded(), "mpOTR1");
      assertArrayEquals(out.getEncoded(), in.getEncoded("mpOTR1"));
      assertEquals(out.toString(), in.toString());
      assertThrows(IOException.class, () -> in.getEncoded("ASN.1"));
      assertThrows(IOException.class, () -> parameters().init(out.getEncoded(), "ASN.1"));
    }
    AlgorithmParameters epoch = parameters();
    epoch.init(key.parameters());
    assertEquals(key.parameters(), epoch.getParameterSpec(EpochParameters.class));
    assertThrows(
        InvalidParameterSpecException.class,
        () -> epoch.getParameterSpec(FrameParameterSpec.class));
    assertThrows(
        InvalidParameterSpecException.class,
        () -> parameters().init(new ECGenParameterSpec("secp256r1")));
  }

  private static AlgorithmParameters parameters() throws Exception {
    return AlgorithmParameters.getInstance("mpOTR", MpotrProvider.instance());
  }

  @Test
  void messagesGoAroundAsKeys() throws Exception {
    KeyFactory factory = KeyFactory.getInstance("mpOTR", MpotrProvider.instance());
    for (Round round : Round.values()) {
      Key message = outcome.sent(round, 0);
      assertEquals("mpOTR1", message.getFormat());
      EncodedKeySpec spec = factory.getKeySpec(message, MessageKeySpec.class);
      Key again = factory.generatePublic(spec);
      assertEquals(message, again);
      assertEquals(message.hashCode(), again.hashCode());
      assertNotEquals(message, outcome.sent(round, 1));
      assertArrayEquals(message.getEncoded(), again.getEncoded());
      assertSame(message, factory.translateKey(message));
      assertTrue(message.toString().contains(round.name()));
      assertEquals(((MessageKey) message).message(), ((MessageKey) again).message());
    }
    Key identity = group.member(0).identity().getPublic();
    MessageKeySpec spec = new MessageKeySpec(outcome.sent(Round.HELLO, 0).getEncoded());
    assertThrows(InvalidKeySpecException.class, () -> factory.generatePrivate(spec));
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.generatePublic(new X509EncodedKeySpec(identity.getEncoded())));
    assertThrows(
        InvalidKeySpecException.class, () -> factory.getKeySpec(identity, MessageKeySpec.class));
    assertThrows(
        InvalidKeySpecException.class,
        () -> factory.getKeySpec(outcome.sent(Round.HELLO, 0), X509EncodedKeySpec.class));
    assertThrows(InvalidKeyException.class, () -> factory.translateKey(identity));
  }

  @Test
  void identitiesAreKeysThatThePlatformTakes() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("mpOTR", MpotrProvider.instance());
    generator.initialize(256);
    KeyPair one = generator.generateKeyPair();
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair two = generator.generateKeyPair();
    assertNotEquals(one.getPublic(), two.getPublic());
    assertTrue(one.getPrivate() instanceof ECPrivateKey);
    assertTrue(one.getPublic() instanceof ECPublicKey);
    assertEquals("EC", one.getPrivate().getAlgorithm());
    assertArrayEquals(
        Token.ecdh(one.getPrivate(), two.getPublic()),
        Token.ecdh(two.getPrivate(), one.getPublic()));
    Signature signature = Signature.getInstance("SHA512withECDSA", "SunEC");
    signature.initSign(one.getPrivate());
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(one.getPublic());
    signature.update((byte) 1);
    assertTrue(signature.verify(signed));
  }

  @Test
  void identitiesAreKeptInAKeyStore() throws Exception {
    KeyPair pair = group.member(0).identity();
    char[] password = "changeit".toCharArray();
    Instant now = Instant.now();
    X509Certificate certificate =
        IdentityCertificates.selfSigned(
            pair, "me", now, now.plus(Duration.ofDays(1)), new SecureRandom());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("me", pair.getPrivate(), password, new Certificate[] {certificate});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    store.store(file, password);
    KeyStore again = KeyStore.getInstance("PKCS12");
    again.load(new ByteArrayInputStream(file.toByteArray()), password);
    PrivateKey kept = (PrivateKey) again.getKey("me", password);
    KeyPair loaded = new KeyPair(again.getCertificate("me").getPublicKey(), kept);
    Outcome together =
        TestGroup.empty("store", EpochParameters.of("#tea"))
            .add("alice", loaded, spec -> spec)
            .add("bob")
            .run();
    assertEquals(together.key(0).groupCode(), together.key(1).groupCode());
    Arrays.fill(password, '0');
  }
}
