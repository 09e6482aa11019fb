package org.mpotr.session.closing;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * Makes recordings of what never happened, which a {@link TranscriptVerifier} accepts as it accepts
 * real ones (PROTOCOL.md, section 8.4). That anybody can do this is what makes conversations
 * deniable. It never takes anybody's long-term private key.
 */
public final class Forger {

  private final SecureRandom random;

  /** A forger with a source of its own. */
  public Forger(SecureRandom random) {
    this.random = random;
  }

  /**
   * A whole epoch that never took place, from the public keys of people who know nothing of it.
   *
   * @throws GeneralSecurityException when the script breaks a rule of the protocol: two identities
   *     or nicknames alike, a line that is too long, parameters that fit nobody; and in mode
   *     signature, which cannot be simulated
   */
  public Recording simulate(Script script) throws GeneralSecurityException {
    try (Simulation simulation = new Simulation(script, random)) {
      return simulation.run();
    }
  }
}
