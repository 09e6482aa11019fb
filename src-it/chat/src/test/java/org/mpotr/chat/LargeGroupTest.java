package org.mpotr.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mpotr.chat.relay.Relay;
import org.mpotr.chat.relay.RelayOptions;
import org.mpotr.chat.transport.HttpTransport;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;

/** Many members on one relay, over real sockets: everything is heard once, and confirmed by all. */
class LargeGroupTest {

  private static final boolean LONG = Boolean.getBoolean("mpotr.long");
  private static final int MEMBERS = Integer.getInteger("mpotr.members", LONG ? 50 : 10);
  private static final int EACH = Integer.getInteger("mpotr.messages", LONG ? 100 : 10);
  private static final long SECONDS = LONG ? 900 : 120;

  /** The first group waits a quarter of the set-up timeout for members to come. */
  private static final EpochParameters PARAMETERS =
      EpochParameters.of("#tea")
          .withLimits(new Limits(40, 3_600, 600, 1_000, 5, 256, 1 << 16, 1L << 30));

  private final List<Listening> members = new ArrayList<>();

  @Test
  @Timeout(1200)
  void everybodyHearsEverything() throws Exception {
    try (Relay relay = Relay.start(RelayOptions.DEFAULT)) {
      long start = System.nanoTime();
      for (int i = 0; i < MEMBERS; i++) {
        members.add(
            new Listening("member " + i, PARAMETERS, new HttpTransport(relay.uri(), "tea")));
      }
      for (Listening member : members) {
        member.awaitHere(MEMBERS, SECONDS);
      }
      long met = System.nanoTime();
      Map<String, Integer> expected = new HashMap<>();
      List<CompletableFuture<Long>> said = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        for (int m = 0; m < MEMBERS; m++) {
          said.add(members.get(m).room.say("word " + i));
          expected.put("member " + m + ": word " + i, 1);
        }
      }
      CompletableFuture.allOf(said.toArray(CompletableFuture[]::new)).join();
      for (Listening member : members) {
        member.awaitHeard(expected.size(), SECONDS);
      }
      long heard = System.nanoTime();
      for (Listening member : members) {
        member.awaitConfirmed(expected.size(), SECONDS);
        assertEquals(expected, member.heard());
      }
      report(start, met, heard, System.nanoTime());
      members.forEach(Listening::close);
    }
  }

  private void report(long start, long met, long heard, long end) {
    System.out.printf(
        Locale.ROOT,
        "%d members, %d messages each: met after %.1f s, all heard after %.1f s more (%.0f/s),"
            + " all confirmed by all %.1f s later; %d epochs%n",
        MEMBERS,
        EACH,
        (met - start) / 1e9,
        (heard - met) / 1e9,
        MEMBERS * EACH / ((heard - met) / 1e9),
        (end - heard) / 1e9,
        members.get(0).epochs());
  }
}
