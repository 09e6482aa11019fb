package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.MessageType;

/**
 * The attack of PROTOCOL.md, section 14, that makes members themselves speak too much: storms of
 * acknowledgements, requests and answers.
 */
class StormAttacksTest {

  private static final int MEMBERS = 20;

  private final Simulation simulation =
      new Simulation(31, EpochParameters.of("room"), Network.Quality.GOOD);
  private List<SimulatedMember> all;
  private int frames;

  @BeforeEach
  void aLargeGroupThatSaysNothing() {
    all = Groups.form(simulation, MEMBERS);
    simulation.run(30_000);
    simulation.network().filter((from, to, message) -> count(to, message));
  }

  /** Counts frames where all of them come by. */
  private boolean count(int to, byte[] message) {
    frames += to == 0 && Groups.is(MessageType.FRAME, message) ? 1 : 0;
    return true;
  }

  /** Ack storms: one acknowledgement of each member is enough, for whatever was said meanwhile. */
  @ParameterizedTest
  @ValueSource(ints = {1, MEMBERS})
  void acknowledgementsDoNotGrowIntoAStorm(int speakers) throws Exception {
    for (SimulatedMember speaker : all.subList(0, speakers)) {
      speaker.channel().send("one".getBytes(UTF_8));
    }
    simulation.run(50_000);
    for (SimulatedMember speaker : all.subList(0, speakers)) {
      assertTrue(
          speaker.events(Event.StatusChanged.class).stream()
              .anyMatch(event -> event.status().isConfirmedByAll()));
    }
    // Their frames, an acknowledgement of each member, and few repeats.
    assertTrue(frames <= speakers + 2 * MEMBERS, frames + " frames for " + speakers);
  }

  /** A relay that keeps a frame from one or from most sets off a request and an answer, or few. */
  @ParameterizedTest
  @ValueSource(ints = {1, MEMBERS - 4})
  void whatSomeMissIsAskedForAndAnsweredByFew(int missing) throws Exception {
    int[] first = new int[1];
    simulation
        .network()
        .filter(
            (from, to, message) ->
                count(to, message)
                    && (from != 1
                        || to < MEMBERS - missing
                        || !Groups.is(MessageType.FRAME, message)
                        || first[0]++ >= missing));
    all.get(1).channel().send("for few".getBytes(UTF_8));
    simulation.run(1_000);
    all.get(2).channel().send("for all".getBytes(UTF_8));
    simulation.run(50_000);
    for (SimulatedMember member : all) {
      assertEquals(2, Groups.heard(member).size());
    }
    assertTrue(first[0] >= missing);
    assertTrue(frames <= 2 + 2 * MEMBERS, frames + " frames for two messages");
  }
}
