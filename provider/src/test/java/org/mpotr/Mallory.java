package org.mpotr;

import java.security.KeyPair;
import org.mpotr.agreement.Insider;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.wire.Bytes;

/** The insider of the attacks: third in a group of its own seed, and whatever a test makes it. */
class Mallory extends Insider {

  /** Its number in the group. */
  static final int NUMBER = 2;

  Mallory(String seed, EpochParameters parameters) {
    super(
        parameters,
        "mallory",
        TestGroup.identity(seed, NUMBER),
        new SeededRandom(seed + " mallory"));
  }

  EpochParameters parameters() {
    return parameters;
  }

  /** A SubjectPublicKeyInfo to claim. */
  static Bytes spki(KeyPair of) {
    return Bytes.of(of.getPublic().getEncoded());
  }
}
