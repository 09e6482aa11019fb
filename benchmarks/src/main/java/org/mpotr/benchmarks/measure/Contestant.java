package org.mpotr.benchmarks.measure;

import org.mpotr.benchmarks.workload.Workload;

/**
 * One of those that do the same work.
 *
 * @param name as the report shows it
 * @param role what it stands for
 * @param factory makes its workload, or throws the reason why there is none
 */
public record Contestant(String name, Role role, Workload.Factory factory) {}
