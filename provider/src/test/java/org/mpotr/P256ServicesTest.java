package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every provider of ECDH and ECDSA does on P-256, asked of "mpOTR-P256", of the JDK's and of
 * BouncyCastle's side by side, each with the keys of each other.
 */
class P256ServicesTest {

  private static final Provider OWN = new P256Provider();
  private static final List<Provider> PROVIDERS =
      List.of(OWN, Security.getProvider("SunEC"), new BouncyCastleProvider());
  private static final List<String> SIGNATURES =
      Stream.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA")
          .flatMap(name -> Stream.of(name, name + "inP1363Format"))
          .toList();
  private static final byte[] MESSAGE = "tea at five?".getBytes(StandardCharsets.UTF_8);
  private static final KeyPair RSA = rsaPair();
  private static final KeyPair ALICE = pair(OWN, "secp256r1");
  private static final KeyPair BOB = pair(OWN, "secp256r1");

  static List<Provider> providers() {
    return PROVIDERS;
  }

  /** Each with each, itself included. */
  static Stream<Arguments> pairs() {
    return PROVIDERS.stream()
        .flatMap(one -> PROVIDERS.stream().map(other -> Arguments.of(one, other)));
  }

  static Stream<Arguments> pairsAndSignatures() {
    return pairs()
        .flatMap(
            two -> SIGNATURES.stream().map(name -> Arguments.of(two.get()[0], two.get()[1], name)));
  }

  /** The JDK's and ours: what the JDK does at the edges is what applications expect. */
  static Stream<Arguments> jdkAndOwn() {
    return PROVIDERS.subList(0, 2).stream()
        .flatMap(provider -> SIGNATURES.stream().map(name -> Arguments.of(provider, name)));
  }

  static Stream<Arguments> providersAndSignatures() {
    return PROVIDERS.stream()
        .flatMap(provider -> SIGNATURES.stream().map(name -> Arguments.of(provider, name)));
  }

  private static KeyPair rsaPair() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair(Provider provider, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sign(Provider provider, String name, KeyPair signer) throws Exception {
    Signature signature = Signature.getInstance(name, provider);
    signature.initSign(signer.getPrivate());
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static boolean verify(Provider provider, String name, KeyPair signer, byte[] signed)
      throws Exception {
    Signature signature = Signature.getInstance(name, provider);
    signature.initVerify(signer.getPublic());
    signature.update(MESSAGE);
    return signature.verify(signed);
  }

  @ParameterizedTest
  @MethodSource("pairsAndSignatures")
  void oneVerifiesWhatAnotherSigns(Provider one, Provider other, String name) throws Exception {
    KeyPair signer = pair(one, "secp256r1");
    byte[] signed = sign(other, name, signer);
    assertTrue(verify(one, name, signer, signed));
    assertTrue(verify(other, name, signer, signed));
    assertFalse(verify(one, name, ALICE, signed));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void oneAgreesWithAnother(Provider one, Provider other) throws Exception {
    KeyPair here = pair(one, "secp256r1");
    KeyPair there = pair(other, "secp256r1");
    KeyAgreement mine = agreement(one, here, there);
    KeyAgreement theirs = agreement(other, there, here);
    byte[] secret = mine.generateSecret();
    assertEquals(32, secret.length);
    assertArrayEquals(secret, theirs.generateSecret());
  }

  private static KeyAgreement agreement(Provider provider, KeyPair own, KeyPair peer)
      throws Exception {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
    agreement.init(own.getPrivate());
    assertNull(agreement.doPhase(peer.getPublic(), true));
    return agreement;
  }

  @ParameterizedTest
  @MethodSource("providersAndSignatures")
  void anObjectServesAgainAfterEachUse(Provider provider, String name) throws Exception {
    Signature signature = Signature.getInstance(name, provider);
    signature.initSign(ALICE.getPrivate());
    signature.update(MESSAGE);
    byte[] first = signature.sign();
    signature.update(MESSAGE);
    byte[] second = signature.sign();
    signature.initVerify(ALICE.getPublic());
    for (byte[] signed : List.of(first, second)) {
      signature.update(MESSAGE);
      assertTrue(signature.verify(signed));
      // Nothing of the message is left over.
      assertFalse(signature.verify(signed));
    }
    signature.update(MESSAGE);
    signature.initVerify(ALICE.getPublic());
    signature.update(MESSAGE);
    assertTrue(signature.verify(first));
    signature.initVerify(BOB.getPublic());
    signature.update(MESSAGE);
    assertFalse(signature.verify(first));
  }

  @ParameterizedTest
  @MethodSource("providersAndSignatures")
  void aMessageMayComeInPieces(Provider provider, String name) throws Exception {
    byte[] signed = sign(provider, name, ALICE);
    Signature signature = Signature.getInstance(name, provider);
    signature.initVerify(ALICE.getPublic());
    signature.update(MESSAGE[0]);
    signature.update(MESSAGE, 1, 2);
    signature.update(ByteBuffer.wrap(MESSAGE, 3, 4));
    ByteBuffer direct = ByteBuffer.allocateDirect(MESSAGE.length - 7);
    direct.put(MESSAGE, 7, MESSAGE.length - 7).flip();
    signature.update(direct);
    byte[] around = new byte[signed.length + 2];
    System.arraycopy(signed, 0, around, 1, signed.length);
    assertTrue(signature.verify(around, 1, signed.length));

    signature.initSign(ALICE.getPrivate());
    signature.update(MESSAGE);
    byte[] target = new byte[80];
    int length = signature.sign(target, 4, 76);
    assertTrue(verify(provider, name, ALICE, Arrays.copyOfRange(target, 4, 4 + length)));
  }

  @ParameterizedTest
  @MethodSource("jdkAndOwn")
  void garbageIsWhatTheJdkCallsIt(Provider provider, String name) throws Exception {
    byte[] garbage = {1, 2, 3};
    if (name.endsWith("inP1363Format")) {
      assertFalse(verify(provider, name, ALICE, garbage));
      assertFalse(verify(provider, name, ALICE, new byte[0]));
      assertFalse(verify(provider, name, ALICE, new byte[64]));
    } else {
      assertThrows(SignatureException.class, () -> verify(provider, name, ALICE, garbage));
      assertThrows(SignatureException.class, () -> verify(provider, name, ALICE, new byte[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("jdkAndOwn")
  void garbageLeavesNothingBehind(Provider provider, String name) throws Exception {
    byte[] signed = sign(provider, name, ALICE);
    Signature signature = Signature.getInstance(name, provider);
    signature.initVerify(ALICE.getPublic());
    signature.update(MESSAGE);
    boolean holds = false;
    try {
      holds = signature.verify(new byte[] {4, 5, 6});
    } catch (SignatureException e) {
      assertNotNull(e.getMessage());
    }
    assertFalse(holds);
    signature.initVerify(ALICE.getPublic());
    signature.update(MESSAGE);
    assertTrue(signature.verify(signed));
  }

  @ParameterizedTest
  @MethodSource("providersAndSignatures")
  void keysOfOtherKindsAreInvalid(Provider provider, String name) throws Exception {
    Signature signature = Signature.getInstance(name, provider);
    assertThrows(InvalidKeyException.class, () -> signature.initSign(RSA.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> signature.initVerify(RSA.getPublic()));
    assertThrows(SignatureException.class, signature::sign);
    assertThrows(SignatureException.class, () -> signature.update(MESSAGE));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aSecretComesInThreeForms(Provider provider) throws Exception {
    byte[] expected = agreement(OWN, ALICE, BOB).generateSecret();
    KeyAgreement agreement = agreement(provider, ALICE, BOB);
    byte[] target = new byte[40];
    assertEquals(32, agreement.generateSecret(target, 8));
    assertArrayEquals(expected, Arrays.copyOfRange(target, 8, 40));
    SecretKey key = agreement(provider, ALICE, BOB).generateSecret("TlsPremasterSecret");
    assertArrayEquals(expected, key.getEncoded());
    assertEquals("TlsPremasterSecret", key.getAlgorithm());
    KeyAgreement tight = agreement(provider, ALICE, BOB);
    assertThrows(ShortBufferException.class, () -> tight.generateSecret(new byte[39], 8));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void afterASecretTheNextPeerMayCome(Provider provider) throws Exception {
    KeyAgreement agreement = agreement(provider, ALICE, BOB);
    byte[] withBob = agreement.generateSecret();
    agreement.doPhase(ALICE.getPublic(), true);
    byte[] withSelf = agreement.generateSecret();
    assertFalse(Arrays.equals(withBob, withSelf), "another peer, another secret");
    agreement.init(BOB.getPrivate());
    agreement.doPhase(ALICE.getPublic(), true);
    assertArrayEquals(withBob, agreement.generateSecret());
  }

  /** Not BouncyCastle, which gives the old secret again. */
  @Test
  void stepsOutOfOrderAreRefusedAsByTheJdk() throws Exception {
    for (Provider provider : PROVIDERS.subList(0, 2)) {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
      assertThrows(IllegalStateException.class, () -> agreement.doPhase(BOB.getPublic(), true));
      agreement.init(ALICE.getPrivate());
      assertThrows(IllegalStateException.class, agreement::generateSecret);
      assertThrows(IllegalStateException.class, () -> agreement.doPhase(BOB.getPublic(), false));
      agreement.doPhase(BOB.getPublic(), true);
      assertThrows(IllegalStateException.class, () -> agreement.doPhase(BOB.getPublic(), true));
      assertThrows(NoSuchAlgorithmException.class, () -> agreement.generateSecret("AES"));
      assertThrows(ShortBufferException.class, () -> agreement.generateSecret(new byte[31], 0));
      assertEquals(32, agreement.generateSecret().length);
      assertThrows(IllegalStateException.class, agreement::generateSecret);
      assertThrows(
          InvalidAlgorithmParameterException.class,
          () -> agreement.init(ALICE.getPrivate(), new ECGenParameterSpec("secp256r1")));
      assertThrows(InvalidKeyException.class, () -> agreement.init(ALICE.getPublic()));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void keyPairsOfBothSpellings(Provider provider) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(256);
    KeyPair bySize = generator.generateKeyPair();
    generator.initialize(((ECPublicKey) bySize.getPublic()).getParams());
    KeyPair byParameters = generator.generateKeyPair();
    for (KeyPair each : List.of(bySize, byParameters)) {
      assertEquals("EC", each.getPublic().getAlgorithm());
      assertTrue(verify(OWN, SIGNATURES.get(0), each, sign(OWN, SIGNATURES.get(0), each)));
    }
    assertFalse(bySize.getPublic().equals(byParameters.getPublic()));
  }
}
