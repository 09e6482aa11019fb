package org.mpotr.session.closing;

import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Keys;

/** Whose keys a KEYS message publishes (PROTOCOL.md, section 8). */
public final class Publication {

  private Publication() {}

  /** The member of the roster whose signing key is the published one: e·G = E. */
  public static Optional<Member> author(Roster roster, Bytes sid, Keys keys) {
    if (!keys.sid().equals(sid)) {
      return Optional.empty();
    }
    for (Member member : roster) {
      if (member.id().equals(keys.member())) {
        return isKeyOf(keys, member) ? Optional.of(member) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isKeyOf(Keys keys, Member member) {
    try (SecretScalar scalar = SecretScalar.of(keys.signatureScalar().toArray())) {
      return P256.engine().publicPoint(scalar).equals(member.signatureKey());
    } catch (IllegalArgumentException e) {
      // Zero, or not below the order: no key at all.
      return false;
    }
  }
}
