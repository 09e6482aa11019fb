package org.mpotr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.P256;
import org.mpotr.epoch.GroupKey;

/** Signature "mpOTR": the signature of a frame, apart from it. */
class FrameSignatureTest {

  private static GroupKey alice;
  private static GroupKey bob;

  @BeforeAll
  static void agree() throws Exception {
    TestGroup.Outcome outcome = TestGroup.of("signature", 2).run();
    alice = outcome.key(0);
    bob = outcome.key(1);
  }

  private static Signature signature() throws GeneralSecurityException {
    return Signature.getInstance("mpOTR", MpotrProvider.instance());
  }

  @Test
  void whatTheCipherSignedVerifiesDetached() throws Exception {
    byte[] frame = TestFrames.seal(alice, 0, "tea at five?");
    int end = TestFrames.signatureOffset(frame);
    Signature verifier = signature();
    verifier.initVerify(bob.verificationKey(alice.ownIndex()));
    verifier.update(frame, 0, end);
    assertTrue(verifier.verify(TestFrames.signature(frame)));
    // Byte by byte, out of a buffer, and on the same object.
    for (int i = 0; i < end; i++) {
      verifier.update(frame[i]);
    }
    assertTrue(verifier.verify(TestFrames.signature(frame)));
    verifier.update(ByteBuffer.wrap(frame, 0, end));
    assertTrue(verifier.verify(TestFrames.signature(frame)));
    // Of nobody else, and of nothing else.
    verifier.update(frame, 0, end - 1);
    assertFalse(verifier.verify(TestFrames.signature(frame)));
    verifier.initVerify(bob.verificationKey(bob.ownIndex()));
    verifier.update(frame, 0, end);
    assertFalse(verifier.verify(TestFrames.signature(frame)));
  }

  @Test
  void whatWasSignedDetachedOpensInTheFramesPlace() throws Exception {
    byte[] frame = TestFrames.seal(alice, 0, "tea at five?");
    Signature signer = signature();
    signer.initSign(alice.signingKey());
    signer.update(frame, 0, TestFrames.signatureOffset(frame));
    byte[] detached = signer.sign();
    assertEquals(P256.SIGNATURE_BYTES, detached.length);
    assertTrue(P256.isLowS(detached));
    byte[] exchanged = TestFrames.withSignature(alice, frame, detached);
    assertEquals("tea at five?", TestFrames.open(bob, exchanged));
    assertEquals(
        TestFrames.parameters(bob, frame).id(), TestFrames.parameters(bob, exchanged).id());
    signer.update("something else".getBytes(UTF_8));
    byte[] wrong = TestFrames.withSignature(alice, frame, signer.sign());
    assertThrows(AEADBadTagException.class, () -> TestFrames.open(bob, wrong));
  }

  @Test
  void signaturesOfOtherLengthsAreWrong() throws Exception {
    Signature verifier = signature();
    verifier.initVerify(bob.verificationKey(0));
    for (int length : new int[] {0, 1, 63, 65, 72}) {
      assertFalse(verifier.verify(new byte[length]));
    }
    assertFalse(verifier.verify(new byte[64]));
  }

  @Test
  void whatItDoesNotTake() throws Exception {
    Signature signature = signature();
    var identity = TestGroup.identity("signature", 0);
    assertThrows(InvalidKeyException.class, () -> signature.initSign(identity.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> signature.initVerify(identity.getPublic()));
    assertThrows(SignatureException.class, () -> signature.update((byte) 1));
    assertNull(signature.getParameters());
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> signature.setParameter(new ECGenParameterSpec("secp256r1")));
    assertThrows(InvalidParameterException.class, () -> oldParameter(signature));
  }

  @SuppressWarnings("deprecation")
  private static Object oldParameter(Signature signature) {
    return signature.getParameter("any");
  }

  @Test
  void aDestroyedKeySignsNoMore() throws Exception {
    TestGroup.Outcome outcome = TestGroup.of("destroyed", 2).run();
    GroupKey key = outcome.key(0);
    Signature signer = signature();
    signer.initSign(key.signingKey());
    signer.update((byte) 1);
    key.destroy();
    assertThrows(SignatureException.class, signer::sign);
    assertThrows(InvalidKeyException.class, () -> signature().initSign(key.signingKey()));
    // Public keys are not secret and stay.
    signature().initVerify(key.verificationKey(0));
  }
}
