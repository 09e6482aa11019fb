package org.mpotr.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time and heap allocation of the current thread. */
public final class ThreadMeter {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadMeter() {}

  /** Processor time of this thread so far. */
  public static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /** Bytes allocated by this thread so far, or −1 where the platform does not tell. */
  public static long allocatedBytes() {
    return THREADS instanceof com.sun.management.ThreadMXBean counting
            && counting.isThreadAllocatedMemorySupported()
            && counting.isThreadAllocatedMemoryEnabled()
        ? counting.getCurrentThreadAllocatedBytes()
        : -1;
  }
}
