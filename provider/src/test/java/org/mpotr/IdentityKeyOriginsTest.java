package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;

/** Identity keys from wherever they come: other providers, bare encodings, tokens. */
@Isolated("a token is plugged in for all")
class IdentityKeyOriginsTest {

  @ParameterizedTest
  @EnumSource
  void keysOfEveryOriginMeetInOneGroup(AuthenticationMode mode) throws Exception {
    try (Token token = new Token()) {
      TestGroup group =
          TestGroup.empty("origins", EpochParameters.of("#tea").withAuthentication(mode));
      for (KeyPair pair :
          List.of(
              TestGroup.identity("origins", 0),
              fromSunEc(),
              fromBouncyCastle(),
              encodedOnly(TestGroup.identity("origins", 3)),
              token.hold(fromSunEc()))) {
        group.add(TestGroup.nickname(group.size()), pair, spec -> spec);
      }
      Outcome outcome = group.run();
      for (int i = 0; i < group.size(); i++) {
        assertEquals(outcome.key(0).groupCode(), outcome.key(i).groupCode());
      }
      boolean isSigned = mode == AuthenticationMode.SIGNATURE;
      assertEquals(isSigned ? 1 : 0, token.signatures().size());
      // The base point, and the X of each of the others.
      assertEquals(isSigned ? 0 : 1 + 4, token.agreedWith().size());
    }
  }

  private static KeyPair fromSunEc() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static KeyPair fromBouncyCastle() throws GeneralSecurityException {
    KeyPair pair = fromSunEc();
    KeyFactory factory = KeyFactory.getInstance("EC", new BouncyCastleProvider());
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())),
        factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())));
  }

  /** A private key that shows nothing but its encoding. */
  private record EncodedKey(byte[] encoded) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "PKCS#8";
    }

    @Override
    public byte[] getEncoded() {
      return encoded.clone();
    }
  }

  private static KeyPair encodedOnly(KeyPair pair) {
    return new KeyPair(pair.getPublic(), new EncodedKey(pair.getPrivate().getEncoded()));
  }

  @Test
  void aKeyThatOnlySignsServesInModeSignature() throws Exception {
    try (Token token = new Token()) {
      KeyPair signs = token.holdToSign(fromSunEc());
      InvalidKeyException refused =
          assertThrows(InvalidKeyException.class, () -> hello(AuthenticationMode.TRIPLE_DH, signs));
      assertTrue(refused.getMessage().contains("mode signature may serve"), refused.getMessage());
      assertTrue(together(AuthenticationMode.SIGNATURE, signs).hasAnyKey());
    }
  }

  @Test
  void aKeyThatOnlyAgreesServesInModeTripleDh() throws Exception {
    try (Token token = new Token()) {
      KeyPair agrees = token.holdToAgree(fromSunEc());
      Outcome outcome = together(AuthenticationMode.SIGNATURE, agrees);
      assertFalse(outcome.hasAnyKey());
      assertNull(outcome.sent(Round.INTRODUCTION, 0));
      assertTrue(together(AuthenticationMode.TRIPLE_DH, agrees).hasAnyKey());
    }
  }

  @Test
  void aTokenThatFailsIsARefusalWhateverItThrows() throws Exception {
    try (Token token = new Token()) {
      for (RuntimeException failure :
          List.of(
              new IllegalStateException("pulled out"),
              new UnsupportedOperationException("no"),
              new ProviderException("broken"))) {
        KeyPair failing =
            token.hold(
                fromSunEc(),
                other -> {
                  throw failure;
                });
        InvalidKeyException refused =
            assertThrows(
                InvalidKeyException.class, () -> hello(AuthenticationMode.TRIPLE_DH, failing));
        assertTrue(refused.getMessage().contains(failure.getMessage()));
      }
      KeyPair shortSecrets = token.hold(fromSunEc(), other -> new byte[31]);
      assertThrows(
          InvalidKeyException.class, () -> hello(AuthenticationMode.TRIPLE_DH, shortSecrets));
    }
  }

  @Test
  void keysOfOtherKindsAreNoIdentities() throws Exception {
    KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC", "SunEC");
    p384.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1_024);
    for (KeyPair wrong : List.of(p384.generateKeyPair(), rsa.generateKeyPair())) {
      for (KeyPair shown : List.of(wrong, encodedOnly(wrong))) {
        assertThrows(InvalidKeyException.class, () -> hello(AuthenticationMode.TRIPLE_DH, shown));
      }
      KeyPair halves = new KeyPair(wrong.getPublic(), fromSunEc().getPrivate());
      for (AuthenticationMode mode : AuthenticationMode.values()) {
        assertThrows(InvalidKeyException.class, () -> hello(mode, halves));
      }
    }
    for (byte[] nonsense : List.of(new byte[0], new byte[] {0x30, 0}, new byte[138])) {
      KeyPair broken = new KeyPair(fromSunEc().getPublic(), new EncodedKey(nonsense));
      assertThrows(InvalidKeyException.class, () -> hello(AuthenticationMode.TRIPLE_DH, broken));
    }
  }

  private static Outcome together(AuthenticationMode mode, KeyPair pair)
      throws GeneralSecurityException {
    return TestGroup.empty("together", EpochParameters.of("#tea").withAuthentication(mode))
        .add("alice", pair, spec -> spec)
        .add("bob")
        .run();
  }

  private static void hello(AuthenticationMode mode, KeyPair pair) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("mpOTR", MpotrProvider.instance());
    SessionParameterSpec spec = SessionParameterSpec.of("#tea", "alice");
    agreement.init(
        pair.getPrivate(),
        SessionParameterSpec.of(spec.parameters().withAuthentication(mode), spec.nickname()));
    agreement.doPhase(pair.getPublic(), false);
  }
}
