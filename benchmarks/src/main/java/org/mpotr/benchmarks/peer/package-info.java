/**
 * Other group messaging, measured on the same work: each peer in one class, loaded if it can be.
 */
package org.mpotr.benchmarks.peer;
