package org.mpotr.session.closing;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.mpotr.wire.Bytes;

/**
 * Makes recordings of what never happened, which a {@link TranscriptVerifier} accepts as it accepts
 * real ones (PROTOCOL.md, section 8.4). That anybody can do this is what makes conversations
 * deniable. It never takes anybody's long-term private key.
 *
 * <table>
 *   <caption>Three ways to lie</caption>
 *   <tr><th>method<th>from<th>what is made up
 *   <tr><td>{@link #simulate}<td>public identity keys<td>everything
 *   <tr><td>{@link #replace}<td>a recording with its KEYS, and what it says<td>what frames say
 *   <tr><td>{@link #retell}<td>a recording with its KEYS, and gk<td>who says what: lines are changed,
 *       added, dropped and put into another order
 * </table>
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

  /**
   * A recorded epoch in which frames say something else. It takes neither gk nor any other key that
   * encrypts: where it is known what a frame says, its key stream is too. Frames that name a
   * changed one, and farewells that sum it up, are changed with it.
   *
   * @param recorded with the KEYS of whoever made those frames; of its evidence nothing is used
   * @param known what the recording says, as a {@link TranscriptVerifier} reads it with the keys of
   *     the epoch and without those of pairs ({@code evidence().onlyKeys()})
   * @param contents what frames are to say, by their ids; padded, it is no longer than it was
   * @throws java.security.InvalidKeyException when a frame that has to be changed is of a member
   *     whose keys are not published
   * @throws IllegalArgumentException when a frame is not in the recording, says something else than
   *     is known, or is too short
   */
  public Recording replace(Recording recorded, Verdict.Accepted known, Map<Bytes, Bytes> contents)
      throws GeneralSecurityException {
    try (Replacement replacement = new Replacement(recorded, known, random)) {
      return replacement.with(contents);
    }
  }

  /**
   * A recorded epoch in which something else was said, by the same people in the same set-up.
   * Frames stay as they are up to the first line that differs; the others are made anew, farewells
   * and ends as they were.
   *
   * @param recorded with gk and the keys of the introductions as evidence, and with the KEYS of
   *     whoever speaks after the first difference
   * @param lines all that is to have been said: {@link Verdict.Accepted#lines()}, changed; private
   *     frames only before the first difference
   * @throws java.security.InvalidKeyException when somebody has to speak whose keys are not
   *     published
   * @throws GeneralSecurityException when the recording is none that a verifier accepts, or a line
   *     is too long
   * @throws IllegalArgumentException when a line is of nobody in the epoch, or not of a kind that
   *     can be said anew
   */
  public Recording retell(Recording recorded, List<Script.Line> lines)
      throws GeneralSecurityException {
    try (Retelling retelling = new Retelling(recorded, random)) {
      return retelling.with(lines);
    }
  }
}
