/** The commands {@code report}, {@code table} and {@code compare}, and what they write. */
package org.mpotr.benchmarks.report;
