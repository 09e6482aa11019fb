package org.mpotr;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.KeyAgreement;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.GroupKey;

/** A member that keeps to the protocol, driven through JCA alone. */
public final class TestMember implements Participant {

  private final KeyPair identity;
  private final SessionParameterSpec spec;
  private final SecureRandom random;
  private final KeyAgreement agreement;
  private Supplier<Map<Integer, Key>> continuing = Map::of;

  /** A member with an identity, a specification and a source of its own. */
  public TestMember(KeyPair identity, SessionParameterSpec spec, SecureRandom random)
      throws GeneralSecurityException {
    this.identity = identity;
    this.spec = spec;
    this.random = random;
    agreement = KeyAgreement.getInstance("mpOTR", MpotrProvider.instance());
    restart();
  }

  /** Initializes the same object again, with the source where it stands. */
  public void restart() throws GeneralSecurityException {
    agreement.init(identity.getPrivate(), spec, random);
  }

  public KeyPair identity() {
    return identity;
  }

  public SessionParameterSpec spec() {
    return spec;
  }

  /** The object that does the work, for what the fixture has no method for. */
  public KeyAgreement agreement() {
    return agreement;
  }

  /** Tells, once all HELLOs are said, who comes from which place of the epoch before. */
  public TestMember continuing(Supplier<Map<Integer, Key>> places) {
    continuing = places;
    return this;
  }

  @Override
  public Key hello() throws InvalidKeyException {
    return agreement.doPhase(identity.getPublic(), false);
  }

  @Override
  public Key answer(Round heard, List<Key> messages) throws InvalidKeyException {
    RoundKey round = RoundKey.of(messages);
    if (heard == Round.HELLO) {
      round = round.continuing(continuing.get());
    }
    return agreement.doPhase(round, heard.isLast());
  }

  @Override
  public Optional<GroupKey> takeKey() {
    try {
      return Optional.of((GroupKey) agreement.generateSecret("mpOTR"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
