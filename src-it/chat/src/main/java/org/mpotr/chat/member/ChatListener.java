package org.mpotr.chat.member;

import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.MessageType;

/**
 * Is told what a member goes through, in the member's own thread. Texts and nicknames come as they
 * were sent: before they are shown they go through {@link VisibleText}.
 */
public interface ChatListener {

  /** The member's own message of a round is on its way. */
  default void sent(MessageType round) {}

  /** The messages of all members of a round are there. */
  default void complete(MessageType round) {}

  /** All members attested the same key. */
  default void attested(GroupKey key) {}

  /** The member itself said something. */
  default void said(String text, FrameParameterSpec frame) {}

  /** Another member said something; tag and signature held. */
  default void heard(Member sender, String text, FrameParameterSpec frame) {}

  /** A member left; the member itself among them. */
  default void left(Member member) {}

  /** Something that arrived was refused and skipped. */
  default void refused(ErrorCode code, String reason) {}

  /** A message arrived before one that it answers, and waits for it. */
  default void waiting(Member sender, FrameParameterSpec frame) {}

  /** Messages that others refer to did not arrive in time; the conversation goes on without. */
  default void missing(String what) {}

  /** The keys are erased. */
  default void erased() {}
}
