package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.benchmarks.measure.Contestant;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.peer.GroupLeave;
import org.mpotr.benchmarks.peer.GroupMessages;
import org.mpotr.benchmarks.peer.GroupSetUp;
import org.mpotr.benchmarks.peer.Peers;
import org.mpotr.benchmarks.workload.FrameCeiling;
import org.mpotr.benchmarks.workload.FrameOpening;
import org.mpotr.benchmarks.workload.FrameSealing;
import org.mpotr.benchmarks.workload.MpotrSetUp;
import org.mpotr.benchmarks.workload.SessionChange;
import org.mpotr.benchmarks.workload.Workload;

/** The rows of frames against their bare primitives, and of groups against other protocols. */
final class MessagingRows {

  static final String CEILING = "bare primitives";
  static final String REFRESH = "mpOTR, refresh";

  private static final String FRAMES = "Frames, and what their primitives alone would take";
  private static final String MESSAGES = "Messages of 1 KiB in a group of ten";
  static final String SET_UPS = "Set-up and change of a group";
  private static final int MESSAGE_BYTES = 1_024;
  private static final int MESSAGE_MEMBERS = 10;
  private static final int CHANGING_MEMBERS = 30;
  private static final int BATCH = 32;

  /**
   * Members, how long to warm up, rounds in quick mode, and seconds that all this takes on an idle
   * machine. The largest sizes come after others that have warmed up the same code.
   */
  private record Size(int members, int warmUpMillis, int rounds, double seconds) {}

  private static final List<Size> SIZES =
      List.of(
          new Size(2, 400, 12, 5),
          new Size(10, 800, 7, 12),
          new Size(30, 1_500, 5, 25),
          new Size(100, 0, 3, 60));

  private static final Size LARGEST = new Size(256, 0, 1, 600);

  /** Makes a peer's workload. */
  @FunctionalInterface
  private interface ByPeer {
    Workload create(String peer) throws Exception;
  }

  private final Mode mode;
  private final List<PlannedRow> rows = new ArrayList<>();

  private MessagingRows(Mode mode) {
    this.mode = mode;
  }

  static List<PlannedRow> of(Mode mode) {
    MessagingRows planned = new MessagingRows(mode);
    planned.frames();
    planned.messages();
    planned.setUps();
    return planned.rows;
  }

  private void frames() {
    for (int size : new int[] {16, 1_024, 16_384, 262_144}) {
      add(
          "frame-seal-" + size,
          FRAMES,
          "make a frame of " + Bytes.text(size),
          List.of(
              new Contestant(Peers.MPOTR, Role.OWN, () -> new FrameSealing(size)),
              new Contestant(CEILING, Role.BOUND, () -> new FrameCeiling(size, true))));
    }
    for (int size : new int[] {16, 1_024, 16_384, 262_144}) {
      add(
          "frame-open-" + size,
          FRAMES,
          "open a frame of " + Bytes.text(size),
          List.of(
              new Contestant(Peers.MPOTR, Role.OWN, () -> new FrameOpening(size, 1)),
              new Contestant(PrimitiveRows.BATCH, Role.OWN, () -> new FrameOpening(size, BATCH)),
              new Contestant(CEILING, Role.BOUND, () -> new FrameCeiling(size, false))));
    }
  }

  private void messages() {
    add(
        "group-send",
        MESSAGES,
        "send",
        peers(peer -> new GroupMessages(peer, MESSAGE_MEMBERS, MESSAGE_BYTES, false)));
    List<Contestant> receivers = new ArrayList<>();
    receivers.add(
        new Contestant(
            PrimitiveRows.BATCH, Role.OWN, () -> new FrameOpening(MESSAGE_BYTES, BATCH)));
    receivers.addAll(peers(peer -> new GroupMessages(peer, MESSAGE_MEMBERS, MESSAGE_BYTES, true)));
    add("group-receive", MESSAGES, "receive from a busy sender", receivers);
  }

  private void setUps() {
    List<Size> sizes = new ArrayList<>(SIZES);
    if (mode == Mode.FULL) {
      sizes.add(LARGEST);
    }
    for (Size size : sizes) {
      int members = size.members();
      addLong(
          "set-up-" + members,
          "set-up, per member, N = " + members,
          size,
          peers(peer -> new GroupSetUp(peer, members)));
    }
    addLong(
        "leave-" + CHANGING_MEMBERS,
        "one member leaves, whole group, N = " + CHANGING_MEMBERS,
        new Size(CHANGING_MEMBERS, 0, 3, 20),
        peers(peer -> new GroupLeave(peer, CHANGING_MEMBERS)));
    for (Size size : sizes.subList(0, mode == Mode.FULL ? sizes.size() : 3)) {
      int members = size.members();
      addLong(
          "refresh-" + members,
          "mpOTR's first set-up and its refresh by resumption, per member, N = " + members,
          size,
          List.of(
              new Contestant(
                  Peers.MPOTR + ", first", Role.OWN, () -> new MpotrSetUp(members, false)),
              new Contestant(REFRESH, Role.OWN, () -> new MpotrSetUp(members, true))));
    }
    addLong(
        "session-" + CHANGING_MEMBERS,
        "changes of a group in a session, per member, N = "
            + CHANGING_MEMBERS
            + ": the first epoch, a refresh, one member more",
        new Size(CHANGING_MEMBERS, 0, 3, 20),
        List.of(
            session(Peers.MPOTR + ", first", SessionChange.Kind.FIRST),
            session(REFRESH, SessionChange.Kind.REFRESH),
            session(Peers.MPOTR + ", join", SessionChange.Kind.JOIN)));
  }

  private static Contestant session(String name, SessionChange.Kind kind) {
    return new Contestant(name, Role.OWN, () -> new SessionChange(CHANGING_MEMBERS, kind));
  }

  private static List<Contestant> peers(ByPeer byPeer) {
    List<Contestant> contestants = new ArrayList<>();
    for (String peer : Peers.names()) {
      Role role = peer.equals(Peers.MPOTR) ? Role.OWN : Role.PEER;
      contestants.add(new Contestant(peer, role, () -> byPeer.create(peer)));
    }
    return contestants;
  }

  private void add(String id, String group, String title, List<Contestant> contestants) {
    int count = contestants.size();
    rows.add(
        PlannedRow.alternating(
            id, group, title, mode.seconds(count), mode.pace(count), contestants));
  }

  private void addLong(String id, String title, Size size, List<Contestant> contestants) {
    double seconds = mode == Mode.QUICK ? size.seconds() : 3 * size.seconds();
    rows.add(
        PlannedRow.alternating(
            id,
            SET_UPS,
            title,
            seconds,
            mode.longPace(size.warmUpMillis(), size.rounds()),
            contestants));
  }
}
