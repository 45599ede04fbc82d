/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How long deliveries wait for a checkpoint, as measured: the time from the barrier of one
 * completed checkpoint to that of the next, and from a barrier to the notice of its completion. What was
 * aborted, skipped, or a savepoint without a notice counts as what it is for a delivery, a longer
 * wait. The slowest of the last {@value #REMEMBERED} checkpoints is what to reckon with.
 *
 * <p>The task's thread tells it; any thread asks. Times are nanoseconds.
 */
final class CheckpointPace {

    static final int REMEMBERED = 16;

    /** More than these are not under way at once; a bound, should their ends never be told. */
    private static final int MOST_CUTS = 64;

    private final LongSupplier nanoClock;

    /** Of checkpoints that may still complete, when they were cut. Task thread. */
    private final TreeMap<Long, Long> cuts = new TreeMap<>();

    private final Slowest periods = new Slowest();
    private final Slowest durations = new Slowest();

    private volatile Measured measured;
    private volatile long newestCut;

    /** Until the first checkpoint completes, time counts from now. */
    CheckpointPace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.newestCut = nanoClock.getAsLong();
        this.measured = new Measured(newestCut, 0, 0);
    }

    /** The barrier of a checkpoint has come. Task thread. */
    void cut(long checkpointId) {
        long now = nanoClock.getAsLong();
        newestCut = now;
        cuts.put(checkpointId, now);
        if (cuts.size() > MOST_CUTS) {
            cuts.pollFirstEntry();
        }
    }

    /** A checkpoint, and with it all before it, is known to be complete. Task thread. */
    void completed(long checkpointId) {
        Map.Entry<Long, Long> newest = cuts.floorEntry(checkpointId);
        if (newest == null) {
            return;
        }
        long cut = newest.getValue();
        cuts.headMap(checkpointId, true).clear();
        periods.add(cut - measured.completedCut());
        durations.add(nanoClock.getAsLong() - cut);
        measured = new Measured(cut, periods.get(), durations.get());
    }

    /**
     * How long a delivery waits that comes at the worst instant: by the slowest checkpoints of
     * late, or by the present one, if that takes longer already.
     */
    long nanosToDurable() {
        Measured now = measured;
        long sinceCompletedCut = nanoClock.getAsLong() - now.completedCut();
        return Math.max(now.period() + now.duration(), sinceCompletedCut);
    }

    /**
     * How long until a checkpoint is to be expected to complete, the one that is under way or the
     * next; when it is overdue, as long again as it is overdue.
     */
    long nanosToCompletion() {
        Measured now = measured;
        long cut = newestCut;
        long barrier = cut == now.completedCut() ? cut + now.period() : cut;
        return Math.abs(barrier + now.duration() - nanoClock.getAsLong());
    }

    private record Measured(long completedCut, long period, long duration) {}

    /** The largest of the last values. Task thread. */
    private static final class Slowest {
        private final long[] values = new long[REMEMBERED];
        private int next;

        void add(long value) {
            values[next] = value;
            next = (next + 1) % REMEMBERED;
        }

        long get() {
            long most = 0;
            for (long value : values) {
                most = Math.max(most, value);
            }
            return most;
        }
    }
}
