package org.mpotr;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.epoch.GroupKey;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.wire.Message;

/**
 * {@code KeyAgreement} "mpOTR" (PROTOCOL.md, section 4.9): each phase takes all messages of a round
 * and gives the member's own message of the next.
 */
final class MpotrKeyAgreement extends KeyAgreementSpi {

  private PrivateKey privateKey;
  private SessionParameterSpec spec;
  private SecureRandom random;
  private IdentityKey identityKey;
  private Setup setup;
  // The key was taken: the next attempt begins with its first phase, not before, so that nothing
  // which the caller has erased meanwhile can keep the key from it.
  private boolean isTaken;

  @Override
  protected void engineInit(Key key, SecureRandom source) throws InvalidKeyException {
    throw new InvalidKeyException("KeyAgreement mpOTR is initialized with a SessionParameterSpec");
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom source)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (!(params instanceof SessionParameterSpec session)) {
      throw new InvalidAlgorithmParameterException(
          "KeyAgreement mpOTR is initialized with a SessionParameterSpec");
    }
    if (!(key instanceof PrivateKey identity)) {
      throw new InvalidKeyException("KeyAgreement mpOTR takes the private key of an identity");
    }
    erase();
    isTaken = false;
    privateKey = identity;
    spec = session;
    random = source == null ? new SecureRandom() : source;
    begin();
  }

  @Override
  protected Key engineDoPhase(Key key, boolean lastPhase) throws InvalidKeyException {
    if (isTaken) {
      beginAgain();
    }
    if (setup == null) {
      throw new IllegalStateException("the key agreement has not been initialized");
    }
    Setup.State state = setup.state();
    if (lastPhase != (state == Setup.State.ATTEST)) {
      throw new IllegalStateException(
          "the phase of the ATTESTs is the last one; the agreement waits for " + state);
    }
    try {
      return state == Setup.State.START ? hello(key) : round(state, key);
    } finally {
      if (setup.state() == Setup.State.OVER) {
        identityKey.destroy();
      }
    }
  }

  private Key hello(Key key) throws InvalidKeyException {
    if (key instanceof RoundKey || key instanceof MessageKey || !(key instanceof PublicKey own)) {
      throw new IllegalStateException("the first phase takes one's own identity public key");
    }
    return new MessageKey(setup.hello(IdentityKeys.publicPoint(own)));
  }

  private Key round(Setup.State state, Key key) throws InvalidKeyException {
    if (!(key instanceof RoundKey round)) {
      throw new IllegalStateException("this phase takes a RoundKey of all messages: " + state);
    }
    Message answer =
        switch (state) {
          case HELLO -> setup.introduce(round.messages(), round.continuing());
          case INTRODUCTION -> setup.share(round.messages());
          case SHARE -> setup.attest(round.messages());
          case ATTEST -> {
            setup.conclude(round.messages());
            yield null;
          }
          case START, COMPLETE, OVER ->
              throw new IllegalStateException("the agreement waits for no message: " + state);
        };
    return answer == null ? null : new MessageKey(answer);
  }

  @Override
  protected SecretKey engineGenerateSecret(String algorithm)
      throws NoSuchAlgorithmException, InvalidKeyException {
    if (!GroupKey.ALGORITHM.equals(algorithm)) {
      throw new NoSuchAlgorithmException(
          "an agreement gives only \"mpOTR\"; for other secrets see GroupKey.export");
    }
    if (setup == null) {
      throw new IllegalStateException("the key agreement has not been initialized");
    }
    GroupKey key = setup.takeGroupKey();
    identityKey.destroy();
    setup = null;
    isTaken = true;
    return key;
  }

  @Override
  protected byte[] engineGenerateSecret() {
    throw new IllegalStateException("a group key has no encoding; see GroupKey.export");
  }

  @Override
  protected int engineGenerateSecret(byte[] sharedSecret, int offset) {
    throw new IllegalStateException("a group key has no encoding; see GroupKey.export");
  }

  private void begin() throws InvalidKeyException, InvalidAlgorithmParameterException {
    identityKey = IdentityKey.of(privateKey);
    try {
      setup = new Setup(identityKey, spec, random);
    } finally {
      if (setup == null) {
        identityKey.destroy();
      }
    }
  }

  private void beginAgain() throws InvalidKeyException {
    isTaken = false;
    try {
      begin();
    } catch (InvalidAlgorithmParameterException e) {
      throw new InvalidKeyException("what the parameters continue is no longer there", e);
    }
  }

  private void erase() {
    if (setup != null) {
      setup.destroy();
      identityKey.destroy();
      setup = null;
    }
  }
}
