package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mpotr.benchmarks.measure.RowResult;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.Statistics;
import org.mpotr.benchmarks.measure.Statistics.Spread;
import org.mpotr.benchmarks.peer.Peers;
import org.mpotr.benchmarks.workload.Providers;

/**
 * A ratio that the library is meant to reach.
 *
 * @param what is done
 * @param row the comparison that shows it
 * @param own the contestant of the library
 * @param other what it is compared with
 * @param atLeast how many times as much the other is to need
 */
record Target(String what, String row, String own, String other, double atLeast) {

  /** A frame may take a tenth more than its bare primitives. */
  private static final double NEARLY = 1 / 1.1;

  private static final List<Target> ALL = new ArrayList<>();

  static {
    own("verify, busy sender", "ecdsa-verify-busy", Providers.ACCP, 2.5);
    own("verify, busy sender", "ecdsa-verify-busy", Providers.CONSCRYPT, 2.5);
    own("verify, known sender", "ecdsa-verify-known", Providers.ACCP, 2);
    own("verify, known sender", "ecdsa-verify-known", Providers.CONSCRYPT, 2);
    add("verify, batches of 32", "ecdsa-verify-batch", PrimitiveRows.BATCH, Providers.ACCP, 3.5);
    own("verify, new key", "ecdsa-verify-new", Providers.ACCP, 0.7);
    own("verify, new key", "ecdsa-verify-new", Providers.BC, 2);
    own("sign", "ecdsa-sign", Providers.ACCP, 0.8);
    own("sign", "ecdsa-sign", Providers.BC, 3.3);
    own("ECDH", "ecdh", Providers.ACCP, 0.45);
    own("ECDH", "ecdh", Providers.BC, 1.8);
    add("ECDH, batches of 32", "ecdh-batch", PrimitiveRows.BATCH, Providers.ACCP, 0.52);
    for (int size : new int[] {1_024, 16_384, 262_144}) {
      String text = Bytes.text(size);
      own("make a frame of " + text, "frame-seal-" + size, MessagingRows.CEILING, NEARLY);
      own("open a frame of " + text, "frame-open-" + size, MessagingRows.CEILING, NEARLY);
    }
    own("receive 1 KiB", "group-receive", Peers.VODOZEMAC, 1.7);
    own("receive 1 KiB", "group-receive", Peers.LIBSIGNAL, 2.4);
    own("receive 1 KiB", "group-receive", Peers.MLS_P256, 8);
    add("receive 1 KiB, batches", "group-receive", PrimitiveRows.BATCH, Peers.VODOZEMAC, 2.2);
    own("send 1 KiB", "group-send", Peers.VODOZEMAC, 0.9);
    own("send 1 KiB", "group-send", Peers.LIBSIGNAL, 1.8);
    for (int members : new int[] {30, 100}) {
      own("set-up, N = " + members, "set-up-" + members, Peers.VODOZEMAC, 0.8);
      own("set-up, N = " + members, "set-up-" + members, Peers.LIBSIGNAL, 1.7);
    }
    own("cold start", "cold-start", Providers.CONSCRYPT, 1);
    own("cold start", "cold-start", Providers.ACCP, 2);
    own("heap for a known sender", "memory-known-sender", ProcessRows.LIMIT, 1);
  }

  private static void own(String what, String row, String other, double atLeast) {
    add(what, row, Providers.MPOTR, other, atLeast);
  }

  private static void add(String what, String row, String own, String other, double atLeast) {
    ALL.add(new Target(what, row, own, other, atLeast));
  }

  static List<Target> all() {
    return List.copyOf(ALL);
  }

  /** What the data say of this target: the ratio of the rounds, or nothing. */
  Optional<Spread> ratio(ReportData data) {
    Optional<RowResult> measured = data.row(row);
    Optional<Series> mine = measured.flatMap(result -> result.measured(own));
    Optional<Series> theirs = measured.flatMap(result -> result.measured(other));
    return mine.isPresent() && theirs.isPresent()
        ? Optional.of(Statistics.ratio(theirs.get().samples(), mine.get().samples()))
        : Optional.empty();
  }

  /** Why there is no ratio. */
  String reason(ReportData data) {
    return data.row(row)
        .map(
            result ->
                result.series().stream()
                    .filter(one -> !one.isMeasured())
                    .filter(one -> List.of(own, other, "all").contains(one.name()))
                    .map(one -> one.name() + " " + one.missing())
                    .findFirst()
                    .orElse("not measured"))
        .orElse("not measured");
  }

  /** Reached, not reached, or not decided: the spread of the rounds is on both sides. */
  String verdict(Spread ratio) {
    if (ratio.median() >= atLeast) {
      return ratio.low() >= atLeast ? "reached" : "reached, within the noise";
    }
    return ratio.high() < atLeast ? "not reached" : "not reached, within the noise";
  }
}
