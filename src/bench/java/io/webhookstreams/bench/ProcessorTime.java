/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Time of the processors, of the whole machine and of single processes. */
final class ProcessorTime {

    private static final long TICKS_PER_SECOND = 100;

    /** Columns of the first line of /proc/stat: user, nice, system, steal (proc(5)). */
    private static final int[] BUSY = {1, 2, 3, 8};

    /**
     * What processes had and what other guests of the machine took since it started, in
     * milliseconds. Interrupts are left out: with a load over loopback they are the load's own.
     */
    static long ofMachine() throws IOException {
        return ofMachine(Files.readString(Path.of("/proc/stat")));
    }

    static long ofMachine(String stat) {
        String[] fields = stat.lines().findFirst().orElseThrow().split("\\s+", -1);
        long ticks = 0;
        for (int column : BUSY) {
            ticks += Long.parseLong(fields[column]);
        }
        return ticks * 1000 / TICKS_PER_SECOND;
    }

    /** In milliseconds; 0 for a process that has ended. */
    static long of(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    private ProcessorTime() {}
}
