/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How long deliveries wait for a checkpoint, as measured: the time from the barrier of one
 * completed checkpoint to that of the next, and from a barrier to the notice of its completion.
 * What was aborted, skipped, or a savepoint without a notice counts as what it is for a delivery, a
 * longer wait. The slowest of the last {@value #REMEMBERED} checkpoints is what to reckon with.
 *
 * <p>The task's thread tells it; any thread asks. Times are nanoseconds.
 */
final class CheckpointPace {

    static final int REMEMBERED = 16;

    /** More than these are not under way at once; a bound, should their ends never be told. */
    private static final int MOST_CUTS = 64;

    private final LongSupplier nanoClock;
    private final LongSupplier waitingSince;

    /** Of checkpoints that may still complete, when they were cut. Task thread. */
    private final TreeMap<Long, Cut> cuts = new TreeMap<>();

    private final Slowest periods = new Slowest();
    private final Slowest durations = new Slowest();

    private volatile Measured measured;
    private volatile long newestCut;

    /**
     * Until the first checkpoint completes, time counts from now.
     *
     * @param waitingSince since when deliveries have been waiting for checkpoints; now, while none
     *     does, for then it does not matter when the next one comes
     */
    CheckpointPace(LongSupplier nanoClock, LongSupplier waitingSince) {
        this.nanoClock = nanoClock;
        this.waitingSince = waitingSince;
        this.newestCut = nanoClock.getAsLong();
        this.measured = new Measured(newestCut, 0, 0);
    }

    /** The barrier of a checkpoint has come. Task thread. */
    void cut(long checkpointId) {
        long now = nanoClock.getAsLong();
        long waitedSince = later(measured.completedCut(), waitingSince.getAsLong());
        newestCut = now;
        cuts.put(checkpointId, new Cut(now, waitedSince));
        if (cuts.size() > MOST_CUTS) {
            cuts.pollFirstEntry();
        }
    }

    /** A checkpoint, and with it all before it, is known to be complete. Task thread. */
    void completed(long checkpointId) {
        Map.Entry<Long, Cut> newest = cuts.floorEntry(checkpointId);
        if (newest == null) {
            return;
        }
        Cut cut = newest.getValue();
        cuts.headMap(checkpointId, true).clear();
        long period = cut.nanos() - later(measured.completedCut(), cut.waitedSince());
        if (period > 0) {
            periods.add(period);
        }
        durations.add(nanoClock.getAsLong() - cut.nanos());
        measured = new Measured(cut.nanos(), periods.get(), durations.get());
    }

    /** When the barrier came of the newest checkpoint that has completed; before, the start. */
    long completedCut() {
        return measured.completedCut();
    }

    /**
     * How long a delivery waits that comes at the worst instant: by the slowest checkpoints of
     * late, or by the present one, if that takes longer already.
     */
    long nanosToDurable() {
        Measured now = measured;
        long since = later(now.completedCut(), waitingSince.getAsLong());
        return Math.max(now.period() + now.duration(), nanoClock.getAsLong() - since);
    }

    /**
     * How long until a checkpoint is to be expected to complete, the one that is under way or the
     * next; when it is overdue, as long again as it is overdue.
     */
    long nanosToCompletion() {
        Measured now = measured;
        long cut = newestCut;
        boolean underWay = cut != now.completedCut();
        long barrier = underWay ? cut : later(cut, waitingSince.getAsLong()) + now.period();
        return Math.abs(barrier + now.duration() - nanoClock.getAsLong());
    }

    private static long later(long left, long right) {
        return left - right > 0 ? left : right;
    }

    private record Cut(long nanos, long waitedSince) {}

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
