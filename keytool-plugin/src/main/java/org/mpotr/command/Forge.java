package org.mpotr.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.closing.Forger;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.closing.Script;
import org.mpotr.session.closing.TranscriptVerifier;
import org.mpotr.session.closing.Verdict;
import org.mpotr.wire.WireException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forge}. */
@Command(
    name = "forge",
    description = {
      "Show what a recording says, or let it say something else.",
      "The judge accepts both: that is why a recording proves nothing."
    })
final class Forge extends Task {

  @Parameters(index = "0", paramLabel = "RECORDING", description = "As a chat exports it.")
  Path source;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "CERTIFICATE",
      description = "Those of all who took part.")
  List<String> people;

  @Option(
      names = "--line",
      paramLabel = "N=TEXT",
      description = "Let line N say this instead; may be repeated.")
  Map<Integer, String> changes = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "FILE", description = "A new file for the forged one.")
  Path target;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  Forge(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws Exception {
    Recording recording = read();
    List<PublicKey> identities = new ArrayList<>();
    for (String file : people) {
      identities.add(Certificates.read(file, here).getPublicKey());
    }
    TranscriptVerifier judge = new TranscriptVerifier(identities);
    List<Script.Line> lines = texts(accepted(judge, recording));
    if (changes.isEmpty()) {
      show("The judge accepts it:", lines);
      return ExitCode.OK;
    }
    changes.forEach(
        (number, text) -> {
          if (number < 1 || number > lines.size()) {
            throw Failure.usage(
                "There is no line " + number + ".", "It has lines 1 to " + lines.size() + ".");
          }
          lines.set(number - 1, Script.Line.text(lines.get(number - 1).speaker(), text));
        });
    Recording forged = new Forger(new SecureRandom()).retell(recording, lines);
    List<Script.Line> told = texts(accepted(judge, forged));
    if (target != null) {
      NewFile.write(target, forged.encoded());
    }
    show("Forged, and the judge accepts every word:", told);
    return ExitCode.OK;
  }

  private Recording read() throws IOException {
    try (InputStream in = Files.newInputStream(source)) {
      return Recording.read(in);
    } catch (WireException e) {
      throw Failure.io(source + " is no recording.", "Give the file that /export has written.");
    }
  }

  private static Verdict.Accepted accepted(TranscriptVerifier judge, Recording recording) {
    Verdict verdict = judge.judge(recording);
    if (verdict instanceof Verdict.Accepted accepted) {
      return accepted;
    }
    throw new Failure(
        ExitCode.FINDING,
        "The judge refuses the recording: " + ((Verdict.Refused) verdict).name() + ".",
        "Give the certificates of all who took part, and a recording of a closed epoch.");
  }

  private static List<Script.Line> texts(Verdict.Accepted verdict) {
    return new ArrayList<>(
        verdict.lines().stream().filter(line -> line.kind().equals(FrameKind.TEXT)).toList());
  }

  private void show(String title, List<Script.Line> lines) {
    List<Map<String, Object>> data = new ArrayList<>();
    List<String> shown = new ArrayList<>(List.of(title));
    for (Script.Line line : lines) {
      String text = new String(line.content().toArray(), StandardCharsets.UTF_8);
      data.add(Map.of("speaker", line.speaker().toString(), "text", text));
      shown.add(
          "  " + data.size() + " " + Visible.line(line.speaker() + ": ") + Visible.text(text));
    }
    if (json) {
      printJson(Map.of("accepted", true, "lines", data));
    } else {
      shown.forEach(this::print);
    }
  }
}
