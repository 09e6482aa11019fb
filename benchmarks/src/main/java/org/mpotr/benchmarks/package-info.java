/** Benchmarks for JMH, and the commands that make reports of the same workloads. */
package org.mpotr.benchmarks;
