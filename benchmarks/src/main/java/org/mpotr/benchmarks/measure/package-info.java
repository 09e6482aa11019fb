/**
 * Measuring by turns: what is compared runs in alternation inside one process, so that whatever
 * else the machine does meets all of it alike.
 */
package org.mpotr.benchmarks.measure;
