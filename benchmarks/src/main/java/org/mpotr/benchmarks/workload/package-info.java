/** What is measured: small pieces of work, each of which checks its own result. */
package org.mpotr.benchmarks.workload;
