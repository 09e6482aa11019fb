package org.mpotr.chat.member;

import java.security.KeyPair;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.epoch.Member;
import org.mpotr.identity.Nickname;

/**
 * Who a member is and whom it expects.
 *
 * @param identity its long-term key pair
 * @param session the parameters, its nickname and the pre-shared key
 * @param members how many make the group
 * @param patience how long it waits
 */
public record MemberProfile(
    KeyPair identity, SessionParameterSpec session, int members, Patience patience) {

  /** Adds the policy that {@link #isPlain} describes. */
  public MemberProfile {
    session = session.withPolicy(member -> isPlain(member.nickname()));
  }

  /**
   * Whether a nickname can stand before a colon at the start of a line and be taken for nothing
   * else: one with a colon in it could bring a line of its own.
   */
  public static boolean isPlain(Nickname nickname) {
    return nickname.text().indexOf(':') < 0;
  }

  /** A member in a few words: nickname, place and the start of its id. */
  static String describe(Member member) {
    return VisibleText.of(member.toString());
  }
}
