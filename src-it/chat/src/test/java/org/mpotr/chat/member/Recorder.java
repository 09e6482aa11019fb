package org.mpotr.chat.member;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;

/** Notes what a member goes through. */
final class Recorder implements ChatListener {

  private final List<String> heard = new ArrayList<>();
  private final List<ErrorCode> refused = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private int waiting;
  private GroupKey key;

  @Override
  public synchronized void attested(GroupKey newKey) {
    key = newKey;
  }

  @Override
  public synchronized void heard(Member sender, String text, FrameParameterSpec frame) {
    heard.add(sender.nickname() + ": " + text);
  }

  @Override
  public synchronized void left(Member member) {
    left.add(member.nickname().text());
  }

  @Override
  public synchronized void refused(ErrorCode code, String reason) {
    refused.add(code);
  }

  @Override
  public synchronized void waiting(Member sender, FrameParameterSpec frame) {
    waiting++;
  }

  @Override
  public synchronized void missing(String what) {
    missing.add(what);
  }

  synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  synchronized List<ErrorCode> refused() {
    return List.copyOf(refused);
  }

  synchronized List<String> missing() {
    return List.copyOf(missing);
  }

  synchronized List<String> left() {
    return List.copyOf(left);
  }

  synchronized int waiting() {
    return waiting;
  }

  synchronized GroupKey key() {
    return key;
  }
}
