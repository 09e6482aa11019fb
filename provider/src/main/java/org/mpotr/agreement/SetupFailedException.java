package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.Optional;
import java.util.OptionalInt;
import org.mpotr.wire.Bytes;

/**
 * A check of a set-up failed (PROTOCOL.md, section 4.8). It names the check and, where there is
 * one, the member concerned, by place and id, never by nickname.
 */
public final class SetupFailedException extends InvalidKeyException {

  private static final long serialVersionUID = 1;

  private final SetupCheck check;
  private final int memberIndex;
  private final transient Bytes memberId;

  private SetupFailedException(SetupCheck check, int memberIndex, Bytes memberId, String text) {
    super(text);
    this.check = check;
    this.memberIndex = memberIndex;
    this.memberId = memberId;
  }

  /** A failure that concerns one member. */
  static SetupFailedException of(SetupCheck check, Candidate member) {
    return of(check, member.index(), member.id());
  }

  /** A failure that concerns the member at a place, about whom no more is known yet. */
  static SetupFailedException of(SetupCheck check, int index, Bytes id) {
    return new SetupFailedException(check, index, id, check + ": member " + index + ", id " + id);
  }

  /** A failure that concerns no place in the roster. */
  static SetupFailedException of(SetupCheck check, String what) {
    return new SetupFailedException(check, -1, null, check + ": " + what);
  }

  /** The check that failed. */
  public SetupCheck check() {
    return check;
  }

  /** The place in the roster of the member concerned. */
  public OptionalInt memberIndex() {
    return memberIndex < 0 ? OptionalInt.empty() : OptionalInt.of(memberIndex);
  }

  /** The id of the member concerned, 16 bytes. */
  public Optional<Bytes> memberId() {
    return Optional.ofNullable(memberId);
  }
}
