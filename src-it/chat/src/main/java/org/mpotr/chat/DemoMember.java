package org.mpotr.chat;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.chat.member.ChatListener;
import org.mpotr.chat.member.HttpTransport;
import org.mpotr.chat.member.IdentityFile;
import org.mpotr.chat.member.MemberProfile;
import org.mpotr.chat.member.MemberSession;
import org.mpotr.chat.member.Patience;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.MessageType;

/**
 * A member of the demonstration: an identity and a provider object of its own, and nothing in
 * common with the others but the address of the relay and the name of the channel.
 */
final class DemoMember implements ChatListener, Callable<Boolean> {

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10));
  private static final int ID_DIGITS = 8;

  private final String nickname;
  private final int members;
  private final Narrator narrator;
  private final Prompter prompter;
  private final Provider provider = new MpotrProvider();
  private final KeyPair identity;
  private final CompletableFuture<View> view = new CompletableFuture<>();
  private final List<Script.Line> seen = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private HttpTransport transport;
  private String channel;
  private boolean hasErased;

  DemoMember(String nickname, Script script, Narrator narrator) throws GeneralSecurityException {
    this.nickname = nickname;
    this.members = script.speakers().size();
    this.narrator = narrator;
    this.prompter = new Prompter(script, nickname);
    this.identity = IdentityFile.throwaway(provider);
  }

  void connect(URI relay, String newChannel) {
    transport = new HttpTransport(relay, newChannel);
    channel = newChannel;
  }

  /** The member's whole conversation; whether everything arrived. */
  @Override
  public Boolean call() throws Exception {
    try {
      MemberProfile profile =
          new MemberProfile(
              identity, SessionParameterSpec.of(channel, nickname), members, PATIENCE);
      return new MemberSession(profile, provider, transport, this).run(prompter);
    } finally {
      // No effect where the view is there.
      view.cancel(false);
    }
  }

  @Override
  public void complete(MessageType round) {
    narrator.complete(round);
  }

  @Override
  public void attested(GroupKey key) {
    view.complete(View.of(key));
  }

  @Override
  public void said(String text, FrameParameterSpec frame) {
    String id = frame.id().orElseThrow().toHex().substring(0, ID_DIGITS);
    String event = nickname + " says: " + text + "   (frame " + frame.seq() + ", id " + id + "…)";
    see(new Script.Line(nickname, text), true, event);
  }

  @Override
  public void heard(Member sender, String text, FrameParameterSpec frame) {
    String from = sender.nickname().text();
    String event =
        String.format(
            Locale.ROOT,
            "%-6s received from %s: %s   (tag and signature held)",
            nickname,
            from,
            text);
    see(new Script.Line(from, text), false, event);
  }

  private void see(Script.Line line, boolean isOwn, String event) {
    int number;
    synchronized (seen) {
      number = seen.size();
      seen.add(line);
    }
    narrator.line(number, isOwn, event);
    prompter.saw();
  }

  @Override
  public void refused(ErrorCode code, String reason) {
    complain("refused: " + reason);
  }

  @Override
  public void missing(String what) {
    complain("missing: " + what);
  }

  @Override
  public void erased() {
    synchronized (seen) {
      hasErased = true;
    }
  }

  private void complain(String what) {
    narrator.tell(nickname + ": " + what);
    synchronized (seen) {
      complaints.add(what);
    }
  }

  /** Lets the member speak. */
  void open() {
    prompter.open();
  }

  String nickname() {
    return nickname;
  }

  KeyPair identity() {
    return identity;
  }

  CompletableFuture<View> view() {
    return view;
  }

  /** Whether this member saw the whole script, word for word, and nothing else. */
  boolean saw(Script script) {
    synchronized (seen) {
      boolean isWhole = seen.size() == script.length() && complaints.isEmpty();
      for (int i = 0; isWhole && i < seen.size(); i++) {
        isWhole = seen.get(i).equals(script.line(i));
      }
      return isWhole;
    }
  }

  boolean hasErased() {
    synchronized (seen) {
      return hasErased;
    }
  }
}
