package org.mpotr.agreement;

import java.util.Arrays;
import java.util.Optional;
import org.mpotr.epoch.Member;

/** Everything that a member knows of one other while an epoch is being set up. */
final class Peer implements AutoCloseable {

  private final Candidate candidate;
  private final PairSecret secret;
  private final Member before;
  private final byte[] resumption;
  private OpenedIntroduction introduction;
  private byte[] contribution = new byte[0];

  /**
   * The peer after its HELLO.
   *
   * @param before who it was in the epoch before, or null
   * @param resumption the pair's resumption secret, empty when there is none, which becomes this
   *     object's to clear
   */
  Peer(Candidate candidate, PairSecret secret, Member before, byte[] resumption) {
    this.candidate = candidate;
    this.secret = secret;
    this.before = before;
    this.resumption = resumption;
  }

  Candidate candidate() {
    return candidate;
  }

  PairSecret secret() {
    return secret;
  }

  Optional<Member> before() {
    return Optional.ofNullable(before);
  }

  /** Whether one's own flag for this peer is {@code resumed}. */
  boolean isOfferedResumption() {
    return resumption.length > 0;
  }

  /** Whether the pair resumes: both flags say so. */
  boolean resumes() {
    return isOfferedResumption() && introduction.resumed();
  }

  byte[] resumption() {
    return resumption;
  }

  OpenedIntroduction introduction() {
    return introduction;
  }

  void introduced(OpenedIntroduction opened) {
    introduction = opened;
  }

  /** r of the peer itself, not a copy. */
  byte[] contribution() {
    return contribution;
  }

  /** Takes r of the peer as its own. */
  void contributed(byte[] opened) {
    contribution = opened;
  }

  Member member() {
    return introduction.member();
  }

  @Override
  public void close() {
    secret.close();
    Arrays.fill(resumption, (byte) 0);
    Arrays.fill(contribution, (byte) 0);
    if (introduction != null) {
      introduction.close();
    }
  }
}
