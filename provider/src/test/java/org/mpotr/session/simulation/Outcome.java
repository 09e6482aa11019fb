package org.mpotr.session.simulation;

import java.util.List;

/**
 * What became of a schedule.
 *
 * @param members how many took part
 * @param virtualSeconds how long it took in its own time
 * @param messages how many messages members have sent
 * @param isApart whether groups that had never met remained apart in the end
 * @param violations of the rules
 * @param trace the last of what happened, where a rule was broken
 */
public record Outcome(
    long seed,
    int members,
    long virtualSeconds,
    long messages,
    boolean isApart,
    List<String> violations,
    List<String> trace) {}
