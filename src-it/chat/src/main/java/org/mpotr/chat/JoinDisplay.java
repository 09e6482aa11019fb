package org.mpotr.chat;

import java.io.PrintWriter;
import org.mpotr.chat.member.ChatListener;
import org.mpotr.chat.member.VisibleText;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.MessageType;

/**
 * Shows a member's conversation: what others say on standard output, everything else on standard
 * error behind an asterisk.
 */
final class JoinDisplay implements ChatListener {

  private final PrintWriter out;
  private final PrintWriter err;
  private final int members;

  JoinDisplay(PrintWriter out, PrintWriter err, int members) {
    this.out = out;
    this.err = err;
    this.members = members;
  }

  void note(String text) {
    err.println("* " + VisibleText.of(text));
  }

  @Override
  public void sent(MessageType round) {
    if (round == MessageType.HELLO) {
      note("waiting for " + members + " members");
    }
  }

  @Override
  public void complete(MessageType round) {
    note(round + " of all " + members + " members");
  }

  @Override
  public void attested(GroupKey key) {
    note("session id: " + key.sid());
    for (Member member : key.roster()) {
      note(
          (member.index() == key.ownIndex() ? "you are " : "here is ")
              + member.nickname()
              + ", fingerprint "
              + member.fingerprint());
    }
    note("group code: " + key.groupCode() + " (the same for all, or somebody is in between)");
    note("all attested the same key; what you type is for all of them, end of input leaves");
  }

  @Override
  public void heard(Member sender, String text, FrameParameterSpec frame) {
    out.println(VisibleText.of(sender.nickname() + ": " + text));
  }

  @Override
  public void left(Member member) {
    note(member.nickname() + " left");
  }

  @Override
  public void refused(ErrorCode code, String reason) {
    note("refused: " + (reason.startsWith(code.code()) ? reason : code + ": " + reason));
  }

  @Override
  public void waiting(Member sender, FrameParameterSpec frame) {
    note("message " + frame.seq() + " of " + sender.nickname() + " waits for one before it");
  }

  @Override
  public void missing(String what) {
    note(ErrorCode.GAP + ": missing: " + what);
  }

  @Override
  public void erased() {
    note("keys erased");
  }
}
