/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;

/**
 * Holds an action to a share of its input's size: what is not there must not be allocated for. Of
 * the calling thread alone.
 */
public final class Allocation {

    /** Classes, stack traces and messages of a first call, which have nothing to do with sizes. */
    private static final long BASE = 2L << 20;

    private static final long PER_BYTE = 64;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** What is measured. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Runs the action, which reads so many bytes; fails if it allocates out of all proportion. */
    public static void bounded(long bytes, Action action) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long most = BASE + PER_BYTE * bytes;
        if (allocated > most) {
            throw new AssertionError(
                    "allocated for %d bytes: %d (expected: at most %d)"
                            .formatted(bytes, allocated, most));
        }
    }
}
