package org.mpotr.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mpotr.benchmarks.workload.UnavailableException;
import org.mpotr.benchmarks.workload.Workload;

/** Every peer sets up, talks and lets go; one that cannot be loaded is skipped with a reason. */
class PeersTest {

  private static final int BYTES = 100;

  static Stream<String> peers() {
    return Peers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("peers")
  void setsUpTalksAndLetsGo(String peer) throws Exception {
    try (Workload setUp = new GroupSetUp(peer, 3);
        Workload leave = new GroupLeave(peer, 4)) {
      setUp.check();
      setUp.prepare(1);
      setUp.run();
      leave.check();
      leave.prepare(1);
      leave.run();
    } catch (UnavailableException e) {
      abort(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("peers")
  void receivesInTheOrderOfSending(String peer) throws Exception {
    try (Workload receive = new GroupMessages(peer, 3, BYTES, true);
        Workload send = new GroupMessages(peer, 3, BYTES, false)) {
      receive.check();
      receive.prepare(5);
      for (int i = 0; i < 5; i++) {
        assertEquals(BYTES, ((byte[]) receive.run()).length);
      }
      send.check();
      send.run();
    } catch (UnavailableException e) {
      abort(e.getMessage());
    }
  }

  @Test
  void aPeerThatNobodyKnowsIsAReason() {
    assertThrows(UnavailableException.class, () -> Peers.load("nobody"));
  }
}
