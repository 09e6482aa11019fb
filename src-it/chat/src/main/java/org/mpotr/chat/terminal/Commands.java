package org.mpotr.chat.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.mpotr.chat.room.Room;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelDriver;
import org.mpotr.session.IllegalChannelStateException;
import org.mpotr.session.Verification;
import org.mpotr.session.closing.Forger;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.closing.Script;
import org.mpotr.session.closing.TranscriptVerifier;
import org.mpotr.session.closing.Verdict;

/**
 * What a person can do: a line is said to all, one that begins with a slash is a command. Called by
 * the thread that reads.
 */
final class Commands {

  /** A command with its arguments. */
  @FunctionalInterface
  private interface Command {
    void run(String arguments) throws Exception;
  }

  private record Entry(String usage, String help, Command command) {}

  /** A comparison that waits for its secret. */
  private record Pending(Member member, Optional<String> question) {}

  private final Room room;
  private final RoomView view;
  private final Front front;
  private final Path downloads;
  private final Map<String, Entry> commands = new LinkedHashMap<>();
  private Pending pending;
  private boolean isLeaving;

  Commands(Room room, RoomView view, Front front, Path downloads) {
    this.room = room;
    this.view = view;
    this.front = front;
    this.downloads = downloads;
    add("/who", "", "who is here, with fingerprints", this::who);
    add("/code", "", "the group code, to be compared with the others aloud", this::code);
    add("/verify", "NAME FINGERPRINT", "you have compared the fingerprint", this::verify);
    add("/smp", "NAME QUESTION", "compare a secret that you both know", this::smp);
    add("/answer", "", "answer a question of /smp", this::answer);
    add("/abort", "NAME", "break a comparison off", this::abort);
    add("/whisper", "NAME TEXT", "say something to one member", this::whisper);
    add("/send", "FILE", "offer a file to all", this::send);
    add("/get", "NUMBER", "receive an offered file", this::get);
    add("/cancel", "NUMBER", "decline a file, or take it back", this::cancel);
    add("/refresh", "", "new keys for the group", this::refresh);
    add("/remove", "NAME", "propose to go on without somebody", this::remove);
    add("/vouch", "NAME", "let in somebody who wants to come in", this::vouch);
    add("/refused", "", "how many messages were refused, and why", this::refused);
    add("/export", "FILE", "write what was said, as a recording that can be judged", this::export);
    add("/forge", "LINE TEXT", "make the recording say something else", this::forge);
    add("/leave", "", "leave the group and end", this::leave);
    add("/close", "", "close the channel for everybody and end", this::close);
    add("/help", "", "this list", this::help);
  }

  private void add(String name, String arguments, String help, Command command) {
    commands.put(name, new Entry((name + " " + arguments).strip(), help, command));
  }

  /** Whether the person has said that it is going. */
  boolean isLeaving() {
    return isLeaving;
  }

  /** A line was typed; it is cleared here. */
  void typed(char[] line) {
    try {
      if (pending != null) {
        secret(line);
        return;
      }
      String text = new String(line).strip();
      if (text.startsWith("/")) {
        command(text);
      } else if (!text.isEmpty()) {
        room.say(text).get();
      }
    } catch (ExecutionException | CompletionException e) {
      front.note(reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      front.note(reason(e));
    } finally {
      Arrays.fill(line, ' ');
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof IllegalChannelStateException e) {
      return e.state() == Channel.State.JOINING
          ? "NOT done: you are in no group yet, or not any more; one is about to form"
          : "NOT done: the channel is over";
    }
    String message = cause.getMessage();
    return VisibleText.of(message == null ? cause.toString() : message);
  }

  private void command(String text) throws Exception {
    int space = text.indexOf(' ');
    String name = space < 0 ? text : text.substring(0, space);
    String arguments = space < 0 ? "" : text.substring(space + 1).strip();
    Entry entry = commands.get(name);
    if (entry == null) {
      front.note("no command " + VisibleText.of(name) + "; /help shows all");
    } else if (entry.usage().contains(" ") && arguments.isEmpty()) {
      front.note("usage: " + entry.usage());
    } else {
      entry.command().run(arguments);
    }
  }

  private static String first(String arguments) {
    int space = arguments.indexOf(' ');
    return space < 0 ? arguments : arguments.substring(0, space);
  }

  private static String rest(String arguments) {
    int space = arguments.indexOf(' ');
    return space < 0 ? "" : arguments.substring(space + 1).strip();
  }

  private void help(String arguments) {
    front.note("what you type is said to all; your own commands:");
    commands.values().forEach(e -> front.note(String.format("%-26s %s", e.usage(), e.help())));
  }

  private void who(String arguments) {
    for (Member member : view.members()) {
      front.note(
          Wording.name(member)
              + (view.isVerified(member) ? " (verified) " : " ")
              + member.fingerprint());
    }
  }

  private void code(String arguments) throws Exception {
    front.note("group code " + room.call(Channel::groupCode).get());
  }

  private void verify(String arguments) throws Exception {
    Member member = view.member(first(arguments));
    String typed = rest(arguments).replace(" ", "");
    if (!typed.equals(member.fingerprint().toString().replace(" ", ""))) {
      front.note("NOT the fingerprint of " + Wording.name(member) + ": do not trust it");
      return;
    }
    room.run(channel -> channel.verify(member, Verification.FINGERPRINT)).get();
  }

  private void smp(String arguments) {
    ask(new Pending(view.member(first(arguments)), Optional.of(rest(arguments))));
  }

  private void answer(String arguments) {
    Optional<Member> asker = view.asker();
    if (asker.isEmpty()) {
      front.note("nobody has asked");
    } else {
      ask(new Pending(asker.get(), Optional.empty()));
    }
  }

  private void ask(Pending comparison) {
    pending = comparison;
    front.secret(true);
    front.note("type the secret, exactly as the other does, and Enter:");
  }

  private void secret(char[] line) throws Exception {
    Pending comparison = pending;
    pending = null;
    front.secret(false);
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(line));
    byte[] secret = new byte[encoded.remaining()];
    encoded.get(secret);
    Arrays.fill(encoded.array(), (byte) 0);
    try {
      Member member = comparison.member();
      room.run(
              channel -> {
                if (comparison.question().isPresent()) {
                  channel.askSmp(member, comparison.question().get(), secret);
                } else {
                  channel.answerSmp(member, secret);
                }
              })
          .get();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private void abort(String arguments) throws Exception {
    Member member = view.member(arguments);
    room.run(channel -> channel.abortSmp(member)).get();
  }

  private void whisper(String arguments) throws Exception {
    Member member = view.member(first(arguments));
    byte[] text = rest(arguments).getBytes(StandardCharsets.UTF_8);
    room.call(channel -> channel.sendPrivate(member, text)).get();
    front.note("to " + Wording.name(member) + " alone: " + VisibleText.of(rest(arguments)));
  }

  private void send(String arguments) throws Exception {
    room.offer(Path.of(arguments)).get();
  }

  private void get(String arguments) throws Exception {
    room.accept(number(arguments), downloads).get();
  }

  private void cancel(String arguments) throws Exception {
    room.cancel(number(arguments)).get();
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a number is wanted", e);
    }
  }

  private void refresh(String arguments) throws Exception {
    room.run(channel -> channel.refresh(false)).get();
  }

  private void remove(String arguments) throws Exception {
    Member member = view.member(arguments);
    room.run(channel -> channel.remove(member)).get();
  }

  private void vouch(String arguments) throws Exception {
    Member candidate = view.candidate(arguments);
    room.run(channel -> channel.vouch(candidate)).get();
  }

  private void refused(String arguments) throws Exception {
    Map<ErrorCode, Long> counts = room.call(Channel::refused).get();
    counts.forEach((code, count) -> front.note(Wording.ofRefused(code, count)));
    if (counts.isEmpty()) {
      front.note("nothing was refused");
    }
  }

  private Recording recording() throws Exception {
    return room.call(channel -> channel.recording(view.sid()))
        .get()
        .orElseThrow(() -> new IllegalStateException("nothing was recorded"));
  }

  private void export(String arguments) throws Exception {
    write(recording(), Path.of(arguments));
    front.note("the last epoch is in " + VisibleText.of(arguments) + "; anybody can change it");
  }

  private static void write(Recording recording, Path path) throws IOException {
    Files.write(path, recording.encoded(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Shows that it takes nothing to make a recording say something else. */
  private void forge(String arguments) throws Exception {
    Recording recording = recording();
    List<PublicKey> people = view.everybody().stream().map(Member::identityKey).toList();
    TranscriptVerifier judge = new TranscriptVerifier(people);
    if (!(judge.judge(recording) instanceof Verdict.Accepted verdict)) {
      front.note("the judge does not accept the recording yet");
      return;
    }
    // Of what is not text a forger has no need, and of private frames it lacks the keys.
    List<Script.Line> lines =
        new ArrayList<>(
            verdict.lines().stream().filter(l -> l.kind().equals(FrameKind.TEXT)).toList());
    int index = number(first(arguments)) - 1;
    if (index < 0 || index >= lines.size()) {
      throw new IllegalArgumentException("the recording has lines 1 to " + lines.size());
    }
    lines.set(index, Script.Line.text(lines.get(index).speaker(), rest(arguments)));
    Recording forged = new Forger(new SecureRandom()).retell(recording, lines);
    if (judge.judge(forged) instanceof Verdict.Accepted accepted) {
      front.note("forged, and the judge accepts every word:");
      for (Script.Line line : accepted.lines()) {
        String text = new String(line.content().toArray(), StandardCharsets.UTF_8);
        front.note("  " + VisibleText.of(line.speaker() + ": " + text));
      }
    }
  }

  private void leave(String arguments) throws Exception {
    goodbye(Channel::leave);
  }

  private void close(String arguments) throws Exception {
    goodbye(Channel::close);
  }

  private void goodbye(ChannelDriver.Action action) throws Exception {
    room.run(action).get();
    isLeaving = true;
  }
}
