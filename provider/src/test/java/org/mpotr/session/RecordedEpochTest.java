package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.LONG;
import static org.mpotr.session.Groups.form;
import static org.mpotr.session.Groups.isGroup;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.closing.Forger;
import org.mpotr.session.closing.Recording;
import org.mpotr.session.closing.Script;
import org.mpotr.session.closing.TranscriptVerifier;
import org.mpotr.session.closing.Verdict;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;

/** What a channel records of its epochs convinces the strictest judge, and so does what is not. */
class RecordedEpochTest {

  private final Simulation simulation =
      new Simulation(8, EpochParameters.of("room"), new Network.Quality(0.05, 0.1, 0, 5, 400));

  private static List<PublicKey> identities(List<SimulatedMember> members) {
    return members.stream().map(member -> member.identity().getPublic()).toList();
  }

  private void closeAndPublish(List<SimulatedMember> members) {
    simulation.wake(members.get(0)).close();
    assertTrue(
        simulation.runUntil(
            () ->
                members.stream()
                    .allMatch(m -> m.events(Event.KeysPublished.class).size() >= members.size()),
            LONG),
        "keys are not published");
  }

  private static List<String> texts(Verdict.Accepted verdict) {
    return verdict.lines().stream()
        .map(line -> line.speaker() + ": " + new String(line.content().toArray(), UTF_8))
        .toList();
  }

  @Test
  void anEpochCanBeJudgedAndRetold() throws Exception {
    simulation.settings(ChannelSpec::withRecordings);
    List<SimulatedMember> members = form(simulation, 3);
    Bytes sid = members.get(0).channel().sid();
    for (int i = 0; i < 6; i++) {
      simulation.wake(members.get(i % 3)).send(("line " + i).getBytes(UTF_8));
      simulation.run(3_000);
    }
    closeAndPublish(members);
    TranscriptVerifier judge = new TranscriptVerifier(identities(members));
    for (SimulatedMember member : members) {
      Recording recording = member.channel().recording(sid).orElseThrow();
      Recording read = Recording.decode(recording.encoded());
      Verdict.Accepted verdict = assertInstanceOf(Verdict.Accepted.class, judge.judge(read));
      assertEquals(Set.of(0, 1, 2), verdict.published());
      assertEquals(6, verdict.lines().size());

      List<Script.Line> lines = new ArrayList<>(verdict.lines());
      lines.set(2, Script.Line.text(lines.get(2).speaker(), "I was never here."));
      Recording retold = new Forger(new SeededRandom("forger")).retell(read, lines);
      Verdict.Accepted forged = assertInstanceOf(Verdict.Accepted.class, judge.judge(retold));
      assertEquals(lines, forged.lines());
      assertTrue(texts(forged).get(2).endsWith(": I was never here."));
    }
  }

  @Test
  void laterEpochsTooAndEachByItself() throws Exception {
    simulation.settings(ChannelSpec::withRecordings);
    List<SimulatedMember> members = new ArrayList<>(form(simulation, 2));
    List<Bytes> sids = new ArrayList<>();
    sids.add(members.get(0).channel().sid());
    simulation.wake(members.get(0)).send("first".getBytes(UTF_8));
    members.addAll(simulation.join(1));
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG));
    sids.add(members.get(0).channel().sid());
    simulation.wake(members.get(2)).send("second".getBytes(UTF_8));
    simulation.run(10_000);
    simulation.wake(members.get(1)).refresh(false);
    assertTrue(
        simulation.runUntil(
            () -> isGroup(members) && !members.get(0).channel().sid().equals(sids.get(1)), LONG));
    sids.add(members.get(0).channel().sid());
    simulation.wake(members.get(1)).send("third".getBytes(UTF_8));
    simulation.run(10_000);
    closeAndPublish(members);
    simulation.run(60_000);
    TranscriptVerifier judge = new TranscriptVerifier(identities(members));
    List<String> said = new ArrayList<>();
    for (Bytes sid : sids) {
      Recording recording = members.get(0).channel().recording(sid).orElseThrow();
      Verdict.Accepted verdict =
          assertInstanceOf(Verdict.Accepted.class, judge.judge(recording), () -> "of " + recording);
      verdict.lines().stream()
          .filter(line -> line.kind().equals(FrameKind.TEXT))
          .forEach(line -> said.add(new String(line.content().toArray(), UTF_8)));
    }
    assertEquals(List.of("first", "second", "third"), said);
  }

  @Test
  void nothingIsRecordedUnlessAskedFor() {
    List<SimulatedMember> members = form(simulation, 2);
    Bytes sid = members.get(0).channel().sid();
    assertTrue(members.get(0).channel().recording(sid).isEmpty());
  }

  @Test
  void whatIsRecordedGoesWithTheChannel() {
    simulation.settings(ChannelSpec::withRecordings);
    List<SimulatedMember> members = form(simulation, 2);
    Channel channel = members.get(0).channel();
    Bytes sid = channel.sid();
    assertTrue(channel.recording(sid).isPresent());
    channel.destroy();
    assertTrue(channel.recording(sid).isEmpty());
  }
}
